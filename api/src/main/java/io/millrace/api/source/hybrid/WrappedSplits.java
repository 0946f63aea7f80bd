package io.millrace.api.source.hybrid;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.SourceSplit;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes splits of a hybrid source from those of one of its sources. Stateless. */
final class WrappedSplits {
    private WrappedSplits() {}

    static HybridSourceSplit wrap(
            int sourceIndex, SourceSplit split, SimpleVersionedSerializer<SourceSplit> serializer) {
        try {
            return new HybridSourceSplit(
                    sourceIndex,
                    split.splitId(),
                    serializer.getVersion(),
                    serializer.serialize(split));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Split "
                            + split.splitId()
                            + " of source "
                            + (sourceIndex + 1)
                            + " of a hybrid source cannot be written: "
                            + e.getMessage(),
                    e);
        }
    }
}
