package io.millrace.connector.file;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.Serializable;

/** Picks the directory below the output that a record goes to. Confined to the task. */
public interface BucketAssigner<IN, BucketID> extends Serializable {
    /** The bucket, whose {@code toString()} is the directory's path below the output. */
    BucketID getBucketId(IN element, Context context);

    SimpleVersionedSerializer<BucketID> getSerializer();

    /** What is known while a record is written. */
    interface Context {
        /** Milliseconds since the epoch. */
        long currentProcessingTime();

        /** Milliseconds since the epoch, {@code Long.MIN_VALUE} before the first watermark. */
        long currentWatermark();

        /** Of the record, in milliseconds since the epoch; null if it has none. */
        Long timestamp();
    }
}
