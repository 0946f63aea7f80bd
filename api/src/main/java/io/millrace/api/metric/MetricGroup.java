package io.millrace.api.metric;

import java.util.Map;

/**
 * A named place for metrics, inside another. A metric or group of a name that is taken already is
 * given back as it is, or, for a metric of another object, not registered and reported in the log.
 *
 * <p>Thread-safe, as far as registering and asking for names goes.
 */
public interface MetricGroup {
    default Counter counter(int name) {
        return counter(String.valueOf(name));
    }

    /** A new counter, for the task's own thread. */
    Counter counter(String name);

    default <C extends Counter> C counter(int name, C counter) {
        return counter(String.valueOf(name), counter);
    }

    /** Returns {@code counter}. */
    <C extends Counter> C counter(String name, C counter);

    default <T, G extends Gauge<T>> G gauge(int name, G gauge) {
        return gauge(String.valueOf(name), gauge);
    }

    /** Returns {@code gauge}. */
    <T, G extends Gauge<T>> G gauge(String name, G gauge);

    /** Returns {@code histogram}. */
    <H extends Histogram> H histogram(String name, H histogram);

    default <H extends Histogram> H histogram(int name, H histogram) {
        return histogram(String.valueOf(name), histogram);
    }

    /** Returns {@code meter}. */
    <M extends Meter> M meter(String name, M meter);

    default <M extends Meter> M meter(int name, M meter) {
        return meter(String.valueOf(name), meter);
    }

    default MetricGroup addGroup(int name) {
        return addGroup(String.valueOf(name));
    }

    /** The group of this name in this one, made if there is none. */
    MetricGroup addGroup(String name);

    /**
     * A group {@code key} and in it a group {@code value}, which also becomes a variable {@code
     * <key>} of all metrics in it.
     */
    MetricGroup addGroup(String key, String value);

    /** The parts of the name of this group, from the outermost. */
    String[] getScopeComponents();

    /** What this group belongs to, by variable, as {@code <task_name>}; a copy. */
    Map<String, String> getAllVariables();

    /** The scope's parts and the name, with dots between. */
    String getMetricIdentifier(String metricName);

    /**
     * @param filter applied to each part
     */
    String getMetricIdentifier(String metricName, CharacterFilter filter);
}
