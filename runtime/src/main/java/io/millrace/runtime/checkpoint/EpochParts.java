package io.millrace.runtime.checkpoint;

/**
 * The directories that the checkpoints of one epoch lie in: eight that follow each other share one,
 * so that small ones that are over go together, with one call of the NameNode. Pure.
 *
 * <p>A part has a number, which stands in paths and manifests where older releases have the epoch:
 *
 * <pre>
 * epoch × 1,000,000,000 + checkpoint id / 8
 * </pre>
 *
 * <p>So what later leaders write, and later checkpoints, has a higher number; and a number below a
 * thousand million is an epoch of an older release, each of whose checkpoints goes by itself.
 */
public final class EpochParts {
    /** Checkpoints that share a directory. */
    public static final int SIZE = 8;

    private static final long EPOCH = 1_000_000_000L;

    private EpochParts() {}

    /** The part that a checkpoint of the job's own lies in. */
    public static long of(long epoch, long checkpointId) {
        if (epoch < 1 || epoch >= EPOCH) {
            throw new IllegalArgumentException("epoch " + epoch + " is not in 1 to 999,999,999");
        }
        return epoch * EPOCH + checkpointId / SIZE;
    }

    /** The epoch that a number in a path stands for; the number itself is one in older trees. */
    public static long epochOf(long number) {
        return isPart(number) ? number / EPOCH : number;
    }

    /** Whether several checkpoints lie in the directory of this number. */
    static boolean isPart(long number) {
        return number >= EPOCH;
    }
}
