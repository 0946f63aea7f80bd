package io.millrace.coordinator.journal;

import io.millrace.coordinator.JobResult;
import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.List;

/** What a new leader must know. A closed family of values, written before it takes effect. */
public sealed interface JournalEntry {
    Kind kind();

    JobId jobId();

    /** The entries. */
    enum Kind {
        JOB_ACCEPTED,
        CHECKPOINT_IDS_RESERVED,
        COMMIT_STARTED,
        JOB_ENDED
    }

    /** The job will run. */
    record JobAccepted(JobGraph graph, long submittedAtMs) implements JournalEntry {
        @Override
        public Kind kind() {
            return Kind.JOB_ACCEPTED;
        }

        @Override
        public JobId jobId() {
            return graph.jobId();
        }
    }

    /**
     * Checkpoints of these ids may begin.
     *
     * @param highestId inclusive
     */
    record CheckpointIdsReserved(JobId jobId, long highestId) implements JournalEntry {
        @Override
        public Kind kind() {
            return Kind.CHECKPOINT_IDS_RESERVED;
        }
    }

    /** All tasks have finished; from here on the job only commits. */
    record CommitStarted(
            JobId jobId,
            List<OperatorCommittables> committables,
            List<AccumulatorValue> accumulators,
            long recordsIn,
            long recordsOut)
            implements JournalEntry {
        public CommitStarted {
            committables = List.copyOf(committables);
            accumulators = List.copyOf(accumulators);
        }

        /** Without accumulators. */
        public CommitStarted(
                JobId jobId,
                List<OperatorCommittables> committables,
                long recordsIn,
                long recordsOut) {
            this(jobId, committables, List.of(), recordsIn, recordsOut);
        }

        @Override
        public Kind kind() {
            return Kind.COMMIT_STARTED;
        }
    }

    /** The result is final; the job never runs again. */
    record JobEnded(JobResult result) implements JournalEntry {
        @Override
        public Kind kind() {
            return Kind.JOB_ENDED;
        }

        @Override
        public JobId jobId() {
            return result.jobId();
        }
    }
}
