package io.millrace.runtime.metrics;

import io.millrace.api.metric.CharacterFilter;
import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.Histogram;
import io.millrace.api.metric.LogicalScopeProvider;
import io.millrace.api.metric.Meter;
import io.millrace.api.metric.Metric;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.SimpleCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A group at its place in the tree of its owner. Thread-safe. */
class ScopedGroup implements MetricGroup, LogicalScopeProvider {
    private static final Logger LOG = LoggerFactory.getLogger(ScopedGroup.class);

    private static final String SPLIT = "split";

    private final MetricOwner owner;
    private final List<String> scope;
    private final List<String> logicalScope;
    private final Map<String, String> variables;
    // Guarded by this.
    private final Map<String, Metric> metrics = new LinkedHashMap<>();
    private final Map<String, ScopedGroup> groups = new LinkedHashMap<>();

    ScopedGroup(
            MetricOwner owner,
            List<String> scope,
            List<String> logicalScope,
            Map<String, String> variables) {
        this.owner = owner;
        this.scope = List.copyOf(scope);
        this.logicalScope = List.copyOf(logicalScope);
        this.variables = Map.copyOf(variables);
    }

    @Override
    public Counter counter(String name) {
        synchronized (this) {
            if (metrics.get(name) instanceof Counter there) {
                return there;
            }
        }
        return add(name, new SimpleCounter());
    }

    @Override
    public <C extends Counter> C counter(String name, C counter) {
        return add(name, counter);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        return add(name, gauge);
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
        return add(name, histogram);
    }

    @Override
    public <M extends Meter> M meter(String name, M meter) {
        return add(name, meter);
    }

    final <M extends Metric> M add(String name, M metric) {
        Metric there;
        synchronized (this) {
            there = metrics.putIfAbsent(name, metric);
        }
        if (there == null) {
            owner.register(metric, name, this);
        } else if (there != metric) {
            LOG.warn(
                    "A metric was not registered, since its name is taken. metric={} taken_by={}",
                    getMetricIdentifier(name),
                    there.getClass().getName());
        }
        return metric;
    }

    @Override
    public MetricGroup addGroup(String name) {
        return child(name, true, Map.of());
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return child(key, true, Map.of()).child(value, false, Map.of("<" + key + ">", value));
    }

    /**
     * Takes a group back that {@link #addGroup(String, String)} has made, with all that is in it:
     * what it was about is gone, and the task goes on.
     */
    public void dropGroup(String key, String value) {
        ScopedGroup dropped;
        synchronized (this) {
            ScopedGroup outer = groups.get(key);
            dropped = outer == null ? null : outer.remove(value);
        }
        if (dropped != null) {
            List<Metric> all = new ArrayList<>();
            dropped.addAllTo(all);
            owner.unregister(all);
        }
    }

    private synchronized ScopedGroup remove(String name) {
        return groups.remove(name);
    }

    private synchronized void addAllTo(List<Metric> all) {
        all.addAll(metrics.values());
        groups.values().forEach(group -> group.addAllTo(all));
    }

    private ScopedGroup child(String name, boolean logical, Map<String, String> moreVariables) {
        return child(name, logical, moreVariables, ScopedGroup::new);
    }

    private synchronized ScopedGroup child(
            String name, boolean logical, Map<String, String> moreVariables, Kind kind) {
        return groups.computeIfAbsent(
                name,
                n -> {
                    Map<String, String> all = new HashMap<>(variables);
                    all.putAll(moreVariables);
                    return kind.make(
                            owner,
                            with(scope, n),
                            logical ? with(logicalScope, n) : logicalScope,
                            all);
                });
    }

    /** Makes a group of a kind. */
    private interface Kind {
        ScopedGroup make(
                MetricOwner owner,
                List<String> scope,
                List<String> logicalScope,
                Map<String, String> variables);
    }

    /** The group of a split, where {@link #addGroup(String, String)} would make it. */
    final ScopedGroup split(String splitId) {
        return child(SPLIT, true, Map.of())
                .child(splitId, false, Map.of("<" + SPLIT + ">", splitId), SplitGroup::new);
    }

    /** Null if there is none of the name. */
    final synchronized Metric metric(String name) {
        return metrics.get(name);
    }

    private static List<String> with(List<String> parts, String last) {
        return Stream.concat(parts.stream(), Stream.of(last)).toList();
    }

    @Override
    public String[] getScopeComponents() {
        return scope.toArray(new String[0]);
    }

    @Override
    public Map<String, String> getAllVariables() {
        return new HashMap<>(variables);
    }

    @Override
    public String getMetricIdentifier(String metricName) {
        return getMetricIdentifier(metricName, CharacterFilter.NO_OP_FILTER);
    }

    @Override
    public String getMetricIdentifier(String metricName, CharacterFilter filter) {
        return joined(with(scope, metricName), filter, '.');
    }

    @Override
    public String getLogicalScope(CharacterFilter filter) {
        return getLogicalScope(filter, '.');
    }

    @Override
    public String getLogicalScope(CharacterFilter filter, char delimiter) {
        return joined(logicalScope, filter, delimiter);
    }

    @Override
    public MetricGroup getWrappedMetricGroup() {
        return this;
    }

    private static String joined(List<String> parts, CharacterFilter filter, char delimiter) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            if (text.length() > 0) {
                text.append(delimiter);
            }
            text.append(filter.filterCharacters(part));
        }
        return text.toString();
    }
}
