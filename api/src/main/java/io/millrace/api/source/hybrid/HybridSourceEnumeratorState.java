package io.millrace.api.source.hybrid;

/** Which source was being read, and the state of its enumerator. Immutable. */
public final class HybridSourceEnumeratorState {
    private final int currentSourceIndex;
    private final byte[] source; // null if the job has it
    private final int wrappedVersion;
    private final byte[] wrapped;

    HybridSourceEnumeratorState(
            int currentSourceIndex, byte[] source, int wrappedVersion, byte[] wrapped) {
        this.currentSourceIndex = currentSourceIndex;
        this.source = source;
        this.wrappedVersion = wrappedVersion;
        this.wrapped = wrapped;
    }

    /** From 0. */
    public int getCurrentSourceIndex() {
        return currentSourceIndex;
    }

    /** The source that a factory has made, by Java serialization; null if none had to make it. */
    byte[] source() {
        return source;
    }

    int wrappedVersion() {
        return wrappedVersion;
    }

    byte[] wrapped() {
        return wrapped;
    }
}
