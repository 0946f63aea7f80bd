package io.millrace.hdfs;

/**
 * How long the block reports of a cluster take, learned from the NameNode's answers. Thread-safe.
 *
 * <p>A file can be closed when a DataNode has reported its last block. Who asks earlier asks again,
 * which is a call more for the NameNode; who asks later waits for nothing. A call is the dearer of
 * the two: an answer that came too early doubles the delay, each one that did not takes a
 * thirty-second off it. So about one close in twenty is asked again, whatever the cluster's pace.
 */
final class BlockReportDelay {
    static final long FIRST_NANOS = 2_000_000;
    static final long LEAST_NANOS = 500_000;
    static final long MOST_NANOS = 100_000_000;

    private long nanos = FIRST_NANOS;

    /** Between the acknowledgement of the last byte and the question whether the file is whole. */
    synchronized long nanos() {
        return nanos;
    }

    /**
     * A question is answered that was asked after this delay.
     *
     * @param reported whether the block had been reported
     */
    synchronized void answered(boolean reported) {
        nanos =
                reported
                        ? Math.max(LEAST_NANOS, nanos - nanos / 32)
                        : Math.min(MOST_NANOS, nanos * 2);
    }
}
