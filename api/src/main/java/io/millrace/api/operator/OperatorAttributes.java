package io.millrace.api.operator;

import java.io.Serializable;

/**
 * What an operator says of itself. Nothing is done with it: how a job runs depends on its mode and
 * its sources only. Immutable.
 */
public class OperatorAttributes implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean outputOnlyAfterEndOfStream;
    private final boolean internalSorterSupported;

    OperatorAttributes(boolean outputOnlyAfterEndOfStream, boolean internalSorterSupported) {
        this.outputOnlyAfterEndOfStream = outputOnlyAfterEndOfStream;
        this.internalSorterSupported = internalSorterSupported;
    }

    /** Whether it emits nothing before its inputs have ended. */
    public boolean isOutputOnlyAfterEndOfStream() {
        return outputOnlyAfterEndOfStream;
    }

    /** Whether it sorts its input itself. */
    public boolean isInternalSorterSupported() {
        return internalSorterSupported;
    }
}
