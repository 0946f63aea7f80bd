package io.millrace.api.source.ratelimit;

import io.millrace.api.source.SourceSplit;
import java.io.Serializable;

/** Makes the rate limiters of a source's subtasks. Serialized with the job. */
public interface RateLimiterStrategy<SplitT extends SourceSplit> extends Serializable {
    /**
     * The limiter of one subtask.
     *
     * @param parallelism subtasks among which the source's rate is divided
     */
    RateLimiter<SplitT> createRateLimiter(int parallelism);

    /**
     * So many records a second for the whole source; after a pause, those of up to one second are
     * made up for at once.
     *
     * @param recordsPerSecond more than 0; may be a fraction
     */
    static <SplitT extends SourceSplit> RateLimiterStrategy<SplitT> perSecond(
            double recordsPerSecond) {
        PacedRateLimiter.requireRate(recordsPerSecond);
        return parallelism -> new PacedRateLimiter<>(recordsPerSecond / parallelism);
    }

    /**
     * So many records for the whole source until the first checkpoint is complete, and after each
     * that is complete as many again. A job whose checkpoints never complete stops there.
     *
     * @param recordsPerCheckpoint at least the parallelism; each subtask gets the same number,
     *     rounded down
     */
    static <SplitT extends SourceSplit> RateLimiterStrategy<SplitT> perCheckpoint(
            int recordsPerCheckpoint) {
        return parallelism -> {
            int ofSubtask = recordsPerCheckpoint / parallelism;
            if (ofSubtask < 1) {
                throw new IllegalArgumentException(
                        recordsPerCheckpoint
                                + " records a checkpoint cannot be divided among "
                                + parallelism
                                + " subtasks: raise the records or lower the parallelism.");
            }
            return new GatedRateLimiter<>(ofSubtask);
        };
    }

    /** As fast as the job goes. */
    static <SplitT extends SourceSplit> RateLimiterStrategy<SplitT> noOp() {
        return parallelism -> new NoOpRateLimiter<>();
    }
}
