package io.millrace.api.input;

import io.millrace.api.source.SourceSplit;
import java.io.Serializable;

/**
 * A split of an input format on its way to a reader. Immutable.
 *
 * @param id unique in its job
 * @param state of a {@link CheckpointableInputFormat} where it goes on; null for the beginning
 * @param skipped records that were read before, where a format cannot say where it is
 */
public record FormatSplit(long id, InputSplit split, Serializable state, long skipped)
        implements SourceSplit, Serializable {
    FormatSplit(long id, InputSplit split) {
        this(id, split, null, 0);
    }

    @Override
    public String splitId() {
        return Long.toString(id);
    }
}
