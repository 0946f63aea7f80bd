package io.millrace.connector.file;

import java.io.IOException;
import java.io.Serializable;

/** Decides when a file is closed and the next one begun. Confined to the task. */
public interface RollingPolicy<IN, BucketID> extends Serializable {
    /** Asked at each checkpoint. This sink closes its files then in any case. */
    boolean shouldRollOnCheckpoint(PartFileInfo<BucketID> partFileState) throws IOException;

    /** Asked after each record. */
    boolean shouldRollOnEvent(PartFileInfo<BucketID> partFileState, IN element) throws IOException;

    /** Asked from time to time. */
    boolean shouldRollOnProcessingTime(PartFileInfo<BucketID> partFileState, long currentTime)
            throws IOException;
}
