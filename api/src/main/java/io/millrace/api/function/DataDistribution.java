package io.millrace.api.function;

import io.millrace.api.serialization.IOReadableWritable;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;

/** How values are spread, for a program's own {@link Partitioner} by ranges. */
public interface DataDistribution extends IOReadableWritable, Serializable {
    /**
     * The last value of a bucket, a part for each field.
     *
     * @param bucketNum from 0; the last bucket has no boundary
     */
    Object[] getBucketBoundary(int bucketNum, int totalNumBuckets);

    int getNumberOfFields();

    @SuppressWarnings("rawtypes") // the signature that programs use
    TypeInformation[] getKeyTypes();
}
