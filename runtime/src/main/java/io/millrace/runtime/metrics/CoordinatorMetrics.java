package io.millrace.runtime.metrics;

import io.millrace.api.metric.Metric;
import io.millrace.runtime.plan.JobId;
import java.util.List;
import java.util.Map;

/**
 * The metrics of what runs beside the coordinator. Thread-safe.
 *
 * <p>The registry, and with it the reporters, start with the first metric that an enumerator or
 * committer registers: most jobs have none, and an embedded cluster would have each reporter once
 * more.
 */
public final class CoordinatorMetrics implements AutoCloseable {
    private final MetricsSettings settings;
    private final ClassLoader loader;
    private final String host;
    private MetricRegistry registry; // guarded by this; null until it is needed
    private boolean closed; // guarded by this

    /**
     * @param loader of the reporters' classes
     * @param host of the coordinator, as metrics name it
     */
    public CoordinatorMetrics(MetricsSettings settings, ClassLoader loader, String host) {
        this.settings = settings;
        this.loader = loader;
        this.host = host;
    }

    /** Without reporters. */
    public static CoordinatorMetrics withoutReporters() {
        return new CoordinatorMetrics(
                MetricsSettings.NONE, CoordinatorMetrics.class.getClassLoader(), "localhost");
    }

    /** A new group for the enumerator of a source; closed by the caller. */
    public EnumeratorGroup enumerator(JobId jobId, String jobName, String operator, int nodeId) {
        return new EnumeratorGroup(
                new OwnedMetrics(this::registry),
                List.of(host, "coordinator", jobName, operator, "enumerator"),
                List.of("coordinator", "job", "operator", "enumerator"),
                variables(jobId, jobName, operator, nodeId));
    }

    /** A new group for the committer of a sink; closed by the caller. */
    public CommitterGroup committer(JobId jobId, String jobName, String operator, int nodeId) {
        return new CommitterGroup(
                new OwnedMetrics(this::registry),
                List.of(host, "coordinator", jobName, operator, "committer"),
                List.of("coordinator", "job", "operator", "committer"),
                variables(jobId, jobName, operator, nodeId));
    }

    private Map<String, String> variables(
            JobId jobId, String jobName, String operator, int nodeId) {
        return Map.of(
                "<host>", host,
                "<job_id>", jobId.hex(),
                "<job_name>", jobName,
                "<operator_id>", String.valueOf(nodeId),
                "<operator_name>", operator);
    }

    /** What there is, by full name; for tests and people. */
    public synchronized Map<String, Metric> snapshot() {
        return registry == null ? Map.of() : registry.snapshot();
    }

    private synchronized MetricRegistry registry() {
        if (registry == null) {
            registry =
                    closed
                            ? MetricRegistry.withoutReporters()
                            : MetricRegistry.start(settings, "coordinator", loader);
        }
        return registry;
    }

    /** Lets reporters report and close, for two seconds at most. Idempotent. */
    @Override
    public void close() {
        MetricRegistry running;
        synchronized (this) {
            closed = true;
            running = registry;
        }
        if (running != null) {
            running.close();
        }
    }
}
