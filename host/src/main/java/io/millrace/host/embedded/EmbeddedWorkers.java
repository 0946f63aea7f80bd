package io.millrace.host.embedded;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.resource.ResourceDriver;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.runtime.message.FailureReport;
import io.millrace.worker.Worker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts workers in this process. Thread-safe: all but {@link #close} only posts to the thread
 * {@code embedded-workers}.
 */
final class EmbeddedWorkers implements ResourceDriver {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedWorkers.class);

    /** Starts the worker of a given name, which need not serve others yet. */
    @FunctionalInterface
    interface WorkerFactory {
        Worker start(String workerId, WorkerSpec spec);
    }

    private final WorkerFactory factory;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    runnable -> {
                        Thread made = new Thread(runnable, "embedded-workers");
                        made.setDaemon(true);
                        return made;
                    });

    // Confined to the thread.
    private final Map<String, Worker> workers = new LinkedHashMap<>();
    private Listener listener;
    private WorkerSpec spec;
    private int started;

    EmbeddedWorkers(WorkerFactory factory) {
        this.factory = factory;
    }

    @Override
    public void start(Listener listener, WorkerSpec spec) {
        post(
                () -> {
                    this.listener = listener;
                    this.spec = spec;
                });
    }

    @Override
    public void want(int count) {
        post(() -> startMissing(count));
    }

    private void startMissing(int count) {
        while (workers.size() < count) {
            String workerId = "worker-" + ++started;
            try {
                Worker worker = factory.start(workerId, spec);
                workers.put(workerId, worker);
                watch(workerId, worker);
                if (workers.size() > 1) {
                    // The first one had nobody to talk to, and so no network.
                    workers.values().forEach(Worker::serveOthers);
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.error("An embedded worker did not start. worker={}", workerId, e);
                listener.onRefused(
                        new FailureReport(
                                ErrorCode.RESOURCES_NOT_GRANTED,
                                "an embedded worker did not start: " + e,
                                "",
                                null));
                return;
            }
        }
    }

    /** Tells of the worker's end, whatever the reason. */
    private void watch(String workerId, Worker worker) {
        Thread watcher =
                new Thread(
                        () -> {
                            try {
                                String exit = "it ended with " + worker.awaitExit();
                                post(
                                        () -> {
                                            if (workers.remove(workerId) != null) {
                                                listener.onWorkerEnded(workerId, exit);
                                            }
                                        });
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "watch-" + workerId);
        watcher.setDaemon(true);
        watcher.start();
    }

    @Override
    public void release(String workerId, String reason) {
        post(
                () -> {
                    Worker worker = workers.remove(workerId);
                    if (worker != null) {
                        worker.stop(reason);
                    }
                });
    }

    private void post(Runnable action) {
        try {
            thread.execute(action);
        } catch (RejectedExecutionException e) {
            LOG.debug("Dropped a request: the cluster is closed.");
        }
    }

    /** Ends the workers and waits for them: user code gets its {@code close()}. Idempotent. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        post(
                () -> {
                    workers.values().forEach(worker -> worker.stop("the cluster is closed"));
                    workers.values().forEach(Worker::close);
                    workers.clear();
                    done.countDown();
                });
        thread.shutdown();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
