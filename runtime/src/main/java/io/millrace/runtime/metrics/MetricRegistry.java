package io.millrace.runtime.metrics;

import io.millrace.api.metric.Metric;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics that there are in a worker, and its reporters. Thread-safe: tasks register and take
 * back, which only posts; the registry's own thread tells the reporters, in that order.
 *
 * <p>The thread starts with the first reporter or the first {@link View}; a worker without either
 * has none.
 */
public final class MetricRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricRegistry.class);
    private static final long CLOSE_TIMEOUT_MS = 2_000;

    /** A registered metric. */
    private record Entry(Metric metric, String name, MetricGroup group) {}

    private final String threadName;
    private final List<RunningReporter> reporters = new ArrayList<>();
    // Guarded by this; what is registered, in that order. As many as user functions register.
    private final Map<Metric, Entry> entries = new LinkedHashMap<>();
    // Confined to the registry's thread; so are the reporters once it runs.
    private final Map<Metric, View> views = new LinkedHashMap<>();
    private ScheduledThreadPoolExecutor thread; // guarded by this; null until needed
    private boolean closed; // guarded by this

    private MetricRegistry(String threadName) {
        this.threadName = threadName;
    }

    /**
     * Starts the reporters; one that cannot be started is logged and left out.
     *
     * @param workerId names the thread
     * @param loader of the reporters' classes
     */
    public static MetricRegistry start(
            MetricsSettings settings, String workerId, ClassLoader loader) {
        MetricRegistry registry = new MetricRegistry("metrics-" + workerId);
        for (MetricsSettings.Reporter reporter : settings.reporters()) {
            registry.add(reporter, loader);
        }
        return registry;
    }

    /** Without reporters. */
    public static MetricRegistry withoutReporters() {
        return new MetricRegistry("metrics");
    }

    private synchronized void add(MetricsSettings.Reporter settings, ClassLoader loader) {
        RunningReporter reporter = new RunningReporter(settings);
        reporters.add(reporter);
        ScheduledThreadPoolExecutor runner = thread();
        runner.execute(() -> reporter.open(loader));
        long everyNanos = settings.interval().toNanos();
        runner.scheduleWithFixedDelay(
                reporter::report, everyNanos, everyNanos, TimeUnit.NANOSECONDS);
    }

    /** Caller holds the lock. */
    private ScheduledThreadPoolExecutor thread() {
        if (thread == null) {
            thread =
                    new ScheduledThreadPoolExecutor(
                            1,
                            task -> {
                                Thread made = new Thread(task, threadName);
                                made.setDaemon(true);
                                return made;
                            });
            thread.scheduleWithFixedDelay(
                    this::updateViews,
                    View.UPDATE_INTERVAL_SECONDS,
                    View.UPDATE_INTERVAL_SECONDS,
                    TimeUnit.SECONDS);
        }
        return thread;
    }

    synchronized void register(Metric metric, String name, MetricGroup group) {
        if (closed || entries.putIfAbsent(metric, new Entry(metric, name, group)) != null) {
            return;
        }
        boolean view = metric instanceof View;
        if (view || !reporters.isEmpty()) {
            thread().execute(() -> onRegistered(metric, name, group));
        }
    }

    private void onRegistered(Metric metric, String name, MetricGroup group) {
        if (metric instanceof View view) {
            views.put(metric, view);
        }
        reporters.forEach(reporter -> reporter.added(metric, name, group));
    }

    synchronized void unregister(Metric metric) {
        Entry entry = entries.remove(metric);
        if (entry != null && thread != null && !closed) {
            thread.execute(() -> onUnregistered(entry));
        }
    }

    private void onUnregistered(Entry entry) {
        views.remove(entry.metric());
        reporters.forEach(
                reporter -> reporter.removed(entry.metric(), entry.name(), entry.group()));
    }

    private void updateViews() {
        for (View view : views.values()) {
            try {
                view.update();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("A metric could not be updated. metric={}", view.getClass().getName(), e);
            }
        }
    }

    /** The full names of all metrics, with their values; for tests and people. */
    public synchronized Map<String, Metric> snapshot() {
        Map<String, Metric> all = new LinkedHashMap<>();
        entries.values()
                .forEach(
                        entry ->
                                all.put(
                                        entry.group().getMetricIdentifier(entry.name()),
                                        entry.metric()));
        return all;
    }

    /** Lets each reporter report and close, for two seconds at most. Idempotent. */
    @Override
    public void close() {
        ScheduledThreadPoolExecutor runner;
        synchronized (this) {
            runner = closed ? null : thread;
            closed = true;
        }
        if (runner == null) {
            return;
        }
        try {
            runner.execute(() -> reporters.forEach(RunningReporter::close));
            runner.shutdown();
            if (!runner.awaitTermination(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                runner.shutdownNow();
            }
        } catch (RejectedExecutionException e) {
            runner.shutdownNow();
        } catch (InterruptedException e) {
            runner.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
