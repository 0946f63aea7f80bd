package io.millrace.api.source.hybrid;

import io.millrace.api.source.SourceSplit;
import java.util.Arrays;

/** A split of one of the sources, as that source's serializer has written it. Immutable. */
public final class HybridSourceSplit implements SourceSplit {
    private final int sourceIndex;
    private final String splitId;
    private final int wrappedVersion;
    private final byte[] wrapped;

    HybridSourceSplit(int sourceIndex, String splitId, int wrappedVersion, byte[] wrapped) {
        this.sourceIndex = sourceIndex;
        this.splitId = splitId;
        this.wrappedVersion = wrappedVersion;
        this.wrapped = wrapped;
    }

    /** The source that the split is of, from 0. */
    public int sourceIndex() {
        return sourceIndex;
    }

    /** As the split itself has it; unique within its source. */
    @Override
    public String splitId() {
        return splitId;
    }

    int wrappedVersion() {
        return wrappedVersion;
    }

    byte[] wrapped() {
        return wrapped;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HybridSourceSplit that
                && sourceIndex == that.sourceIndex
                && wrappedVersion == that.wrappedVersion
                && splitId.equals(that.splitId)
                && Arrays.equals(wrapped, that.wrapped);
    }

    @Override
    public int hashCode() {
        return 31 * splitId.hashCode() + sourceIndex;
    }

    @Override
    public String toString() {
        return "split " + splitId + " of source " + sourceIndex;
    }
}
