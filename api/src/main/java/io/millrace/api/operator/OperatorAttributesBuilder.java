package io.millrace.api.operator;

/** Collects what an operator says of itself: nothing at first. Not thread-safe. */
public class OperatorAttributesBuilder {
    private boolean outputOnlyAfterEndOfStream;
    private boolean internalSorterSupported;

    public OperatorAttributesBuilder setOutputOnlyAfterEndOfStream(
            boolean outputOnlyAfterEndOfStream) {
        this.outputOnlyAfterEndOfStream = outputOnlyAfterEndOfStream;
        return this;
    }

    public OperatorAttributesBuilder setInternalSorterSupported(boolean internalSorterSupported) {
        this.internalSorterSupported = internalSorterSupported;
        return this;
    }

    public OperatorAttributes build() {
        return new OperatorAttributes(outputOnlyAfterEndOfStream, internalSorterSupported);
    }
}
