package io.millrace.coordinator.journal;

import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.operation.Operation;
import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.message.FailureReport;
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
        ATTEMPTS_RESERVED,
        STAGES_PROGRESSED,
        COMMIT_STARTED,
        JOB_ENDED,
        OPERATION_ACCEPTED,
        OPERATION_PLACED,
        OPERATION_ENDED,
        JOB_RESCALED
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

    /**
     * Attempts of these numbers may be deployed. A job that has this entry goes on under the next
     * leader from the stages that are in the journal.
     *
     * @param highest inclusive
     */
    record AttemptsReserved(JobId jobId, int highest) implements JournalEntry {
        @Override
        public Kind kind() {
            return Kind.ATTEMPTS_RESERVED;
        }
    }

    /**
     * What has become of subtasks of a job of stages, in the order in which it was decided. A job
     * may go on from the end of any of its entries.
     *
     * @param decided stages whose parallelism is decided before these steps, and stays
     * @param sources that are read through after these steps
     */
    record StagesProgressed(
            JobId jobId,
            List<DecidedStage> decided,
            List<SubtaskStep> steps,
            List<ReadSource> sources)
            implements JournalEntry {
        public StagesProgressed {
            decided = List.copyOf(decided);
            steps = List.copyOf(steps);
            sources = List.copyOf(sources);
        }

        @Override
        public Kind kind() {
            return Kind.STAGES_PROGRESSED;
        }
    }

    /**
     * All tasks have finished, or a savepoint is durable that the job ends with; from here on the
     * job only commits.
     *
     * @param stoppedBy the operation whose savepoint that is, or null
     */
    record CommitStarted(
            JobId jobId,
            List<OperatorCommittables> committables,
            List<AccumulatorValue> accumulators,
            long recordsIn,
            long recordsOut,
            String stoppedBy)
            implements JournalEntry {
        public CommitStarted {
            committables = List.copyOf(committables);
            accumulators = List.copyOf(accumulators);
        }

        /** All tasks have finished. */
        public CommitStarted(
                JobId jobId,
                List<OperatorCommittables> committables,
                List<AccumulatorValue> accumulators,
                long recordsIn,
                long recordsOut) {
            this(jobId, committables, accumulators, recordsIn, recordsOut, null);
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

    /** Somebody has asked for something; it will be done, or end with a reason. */
    record OperationAccepted(Operation operation) implements JournalEntry {
        @Override
        public Kind kind() {
            return Kind.OPERATION_ACCEPTED;
        }

        @Override
        public JobId jobId() {
            return operation.jobId();
        }
    }

    /** Where the savepoint of an operation will be; nothing is there before this entry. */
    record OperationPlaced(JobId jobId, String id, String path) implements JournalEntry {
        @Override
        public Kind kind() {
            return Kind.OPERATION_PLACED;
        }
    }

    /**
     * An operation is over, for ever.
     *
     * @param failure null if it was done
     * @param note what else its asker must know, or null
     */
    record OperationEnded(JobId jobId, String id, FailureReport failure, String note)
            implements JournalEntry {
        @Override
        public Kind kind() {
            return Kind.OPERATION_ENDED;
        }
    }

    /**
     * From here on the job goes on from its latest checkpoint at another parallelism.
     *
     * @param operationId who has asked for it
     * @param parallelism of all vertices whose parallelism the program does not set; 0 for that of
     *     the job as it was accepted
     * @param failure why it goes back to what it had; null if it goes where the operation says
     */
    record JobRescaled(JobId jobId, String operationId, int parallelism, FailureReport failure)
            implements JournalEntry {
        @Override
        public Kind kind() {
            return Kind.JOB_RESCALED;
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
