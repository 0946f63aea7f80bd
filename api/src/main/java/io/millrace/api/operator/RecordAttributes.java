package io.millrace.api.operator;

/**
 * Whether the records of a stream are a backlog, so that throughput counts more than latency.
 * Streams carry no attributes, and those that an operator emits are dropped: chunks grow by
 * themselves when records come faster than they are processed. Immutable.
 */
public class RecordAttributes {
    private final boolean backlog;

    public RecordAttributes(boolean isBacklog) {
        this.backlog = isBacklog;
    }

    public boolean isBacklog() {
        return backlog;
    }

    @Override
    public boolean equals(Object other) {
        return other != null
                && getClass() == other.getClass()
                && backlog == ((RecordAttributes) other).backlog;
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(backlog);
    }

    @Override
    public String toString() {
        return "RecordAttributes{backlog=" + backlog + "}";
    }
}
