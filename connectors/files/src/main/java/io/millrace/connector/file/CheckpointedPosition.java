package io.millrace.connector.file;

import java.io.Serializable;

/**
 * Where a reader stands: a byte offset that reading may start from again, and how many records
 * behind it have been read already. Immutable.
 *
 * @param offset bytes, or {@link #NO_OFFSET}
 */
public record CheckpointedPosition(long offset, long recordsAfterOffset) implements Serializable {
    public static final long NO_OFFSET = -1L;

    public CheckpointedPosition {
        if (offset < NO_OFFSET || recordsAfterOffset < 0) {
            throw new IllegalArgumentException(
                    "A position is an offset and a number of records behind it, not "
                            + offset
                            + " and "
                            + recordsAfterOffset
                            + ".");
        }
    }

    public long getOffset() {
        return offset;
    }

    public long getRecordsAfterOffset() {
        return recordsAfterOffset;
    }
}
