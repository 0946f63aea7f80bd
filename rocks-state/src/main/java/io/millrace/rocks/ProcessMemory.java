package io.millrace.rocks;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/** How much memory this process has, and what of it is for state. Immutable. */
record ProcessMemory(long limitBytes, long heapBytes, long stateBytes) {
    /** Set by who starts the process: the memory of the container, in bytes. */
    static final String LIMIT_PROPERTY = "millrace.memory.process-bytes";

    /** Set by who starts the process: what is for state outside of the heap, in bytes. */
    static final String STATE_PROPERTY = "millrace.memory.state-bytes";

    private static final long MIN_STATE_BYTES = 64L << 20;
    private static final long MAX_STATE_BYTES = 1L << 30;

    static ProcessMemory ofThisProcess() {
        long heap = Runtime.getRuntime().maxMemory();
        long limit = property(LIMIT_PROPERTY, MemoryReader.machineBytes());
        return of(limit, heap, property(STATE_PROPERTY, 0));
    }

    /**
     * @param stateBytes 0 if nobody has divided the memory
     */
    static ProcessMemory of(long limitBytes, long heapBytes, long stateBytes) {
        long beside = Math.max(0, limitBytes - heapBytes) / 5;
        long state =
                stateBytes > 0
                        ? stateBytes
                        : Math.max(MIN_STATE_BYTES, Math.min(MAX_STATE_BYTES, beside));
        return new ProcessMemory(limitBytes, heapBytes, state);
    }

    private static long property(String name, long otherwise) {
        String text = System.getProperty(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "the system property " + name + " is no number of bytes: '" + text + "'",
                    e);
        }
    }
}
