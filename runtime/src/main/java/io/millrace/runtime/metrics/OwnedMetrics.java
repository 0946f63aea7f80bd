package io.millrace.runtime.metrics;

import io.millrace.api.metric.Metric;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What one owner has registered, to be taken back together. Thread-safe. */
final class OwnedMetrics implements MetricOwner, AutoCloseable {
    private final Supplier<MetricRegistry> registry;
    // Guarded by this.
    private final Set<Metric> registered = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    /**
     * @param registry asked when something is registered or taken back
     */
    OwnedMetrics(Supplier<MetricRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public void register(Metric metric, String name, ScopedGroup group) {
        synchronized (this) {
            if (closed) {
                return;
            }
            registered.add(metric);
        }
        registry.get().register(metric, name, group);
    }

    @Override
    public void unregister(Collection<Metric> metrics) {
        synchronized (this) {
            metrics.forEach(registered::remove);
        }
        metrics.forEach(registry.get()::unregister);
    }

    /** Idempotent. */
    @Override
    public void close() {
        List<Metric> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(registered);
            registered.clear();
        }
        if (!all.isEmpty()) {
            all.forEach(registry.get()::unregister);
        }
    }
}
