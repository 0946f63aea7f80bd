package io.millrace.coordinator.checkpoint;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.plan.JobId;
import java.util.List;

/**
 * The ids of a job's checkpoints: each is used once, whatever happens to leaders. Confined to the
 * coordinator's thread.
 *
 * <p>Ids are reserved in the journal by the block, before the first of the block is used. What a
 * leader has reserved and not used is left out.
 */
final class CheckpointIds {
    /** One entry of the journal in about ten minutes at an interval of ten seconds. */
    static final int BLOCK = 64;

    private final JobId jobId;
    private long highest;
    private long reserved;

    CheckpointIds(JobId jobId) {
        this.jobId = jobId;
    }

    /** Ids up to this one may have been used. */
    void skipTo(long used) {
        highest = Math.max(highest, used);
        reserved = Math.max(reserved, highest);
    }

    /** What has to be done before {@link #next}. */
    List<Effect> reserve() {
        if (highest < reserved) {
            return List.of();
        }
        reserved = highest + BLOCK;
        return List.of(new Effect.Journal(new JournalEntry.CheckpointIdsReserved(jobId, reserved)));
    }

    long next() {
        return ++highest;
    }

    long highest() {
        return highest;
    }
}
