package io.millrace.runtime.metrics;

import io.millrace.api.metric.Metric;
import java.util.Collection;

/** What metrics end with: a task, or an enumerator. Thread-safe. */
interface MetricOwner {
    /** Nothing happens once the owner has ended. */
    void register(Metric metric, String name, ScopedGroup group);

    /** Takes metrics back before the owner ends. */
    void unregister(Collection<Metric> metrics);
}
