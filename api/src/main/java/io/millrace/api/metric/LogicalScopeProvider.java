package io.millrace.api.metric;

/** A group that can name itself without the values of its variables, for targets with labels. */
public interface LogicalScopeProvider {
    /** With dots between the parts. */
    String getLogicalScope(CharacterFilter filter);

    String getLogicalScope(CharacterFilter filter, char delimiter);

    /** The group that this one stands for. */
    MetricGroup getWrappedMetricGroup();

    /**
     * @throws IllegalStateException if it is not one; the groups that reporters are given are
     */
    static LogicalScopeProvider castFrom(MetricGroup metricGroup) throws IllegalStateException {
        if (metricGroup instanceof LogicalScopeProvider provider) {
            return provider;
        }
        throw new IllegalStateException(
                metricGroup.getClass().getName() + " does not provide a logical scope.");
    }
}
