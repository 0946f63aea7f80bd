package io.millrace.runtime.message;

import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.List;

/** What a worker says. A closed family; in order on one connection per worker. */
public sealed interface ToCoordinator extends Message {
    Kind kind();

    /** The messages of a worker. */
    enum Kind {
        REGISTER,
        HEARTBEAT,
        TASK_CHANGED,
        SPLIT_REQUESTED,
        SOURCE_EVENT,
        SOURCE_WATERMARK,
        CHECKPOINT_ACKED,
        CHECKPOINT_DECLINED
    }

    /**
     * The first message on a connection.
     *
     * @param epoch the highest leader epoch that the worker has obeyed, 0 at first
     * @param processId of the worker's operating system process
     * @param results that it has of stages; empty at first. None of its tasks runs
     */
    record RegisterWorker(
            WorkerAddress address,
            int slots,
            long memoryBytes,
            long processId,
            long epoch,
            List<ResultId> results)
            implements ToCoordinator {
        public RegisterWorker {
            results = List.copyOf(results);
        }

        /** Without results. */
        public RegisterWorker(
                WorkerAddress address, int slots, long memoryBytes, long processId, long epoch) {
            this(address, slots, memoryBytes, processId, epoch, List.of());
        }

        @Override
        public Kind kind() {
            return Kind.REGISTER;
        }
    }

    /** Sent at the interval that {@link ToWorker.Welcome} names. */
    record Heartbeat(String workerId, long sequence, List<TaskProgress> tasks)
            implements ToCoordinator {
        @Override
        public Kind kind() {
            return Kind.HEARTBEAT;
        }
    }

    /**
     * An attempt entered a state.
     *
     * @param failure set if and only if the state is {@code FAILED}
     * @param committables of the sinks in the chain; set if the state is {@code FINISHED}, else
     *     empty
     * @param progress the counters at that moment
     * @param results for later stages, one for each stored edge; set if the state is {@code
     *     FINISHED}, else empty
     * @param lost the result of an earlier stage that could not be read, if that is the failure;
     *     else null
     */
    record TaskChanged(
            AttemptId attempt,
            TaskState state,
            FailureReport failure,
            List<OperatorCommittables> committables,
            TaskProgress progress,
            List<StoredResult> results,
            ResultId lost)
            implements ToCoordinator {
        /** Without results. */
        public TaskChanged(
                AttemptId attempt,
                TaskState state,
                FailureReport failure,
                List<OperatorCommittables> committables,
                TaskProgress progress) {
            this(attempt, state, failure, committables, progress, List.of(), null);
        }

        @Override
        public Kind kind() {
            return Kind.TASK_CHANGED;
        }
    }

    /** A source reader has nothing left to read. */
    record SplitRequested(AttemptId attempt, int operatorIndex, String host)
            implements ToCoordinator {
        @Override
        public Kind kind() {
            return Kind.SPLIT_REQUESTED;
        }
    }

    /** A reader's own event for its enumerator, by Java serialization behind the filter. */
    record ReaderEvent(AttemptId attempt, int operatorIndex, byte[] event)
            implements ToCoordinator {
        @Override
        public Kind kind() {
            return Kind.SOURCE_EVENT;
        }
    }

    /**
     * Where a source of a watermark group is, told at intervals; the answer is a {@link
     * ToWorker.SourceLimit}.
     *
     * @param group its name within the job
     * @param maxDriftMs how far this source may be ahead of the slowest
     * @param watermarkMs {@code Long.MAX_VALUE} if nobody should wait for it, {@code
     *     Long.MIN_VALUE} while it has none
     */
    record SourceWatermark(
            AttemptId attempt, int operatorIndex, String group, long maxDriftMs, long watermarkMs)
            implements ToCoordinator {
        @Override
        public Kind kind() {
            return Kind.SOURCE_WATERMARK;
        }
    }

    /**
     * All tasks of a {@link ToWorker.TriggerCheckpoint} have answered, and what they had is durable
     * or in this message.
     *
     * @param tasks one for each attempt of the trigger
     * @param file what the worker wrote, durable or, if it is little, to become so with the
     *     manifest; null if there was nothing to write
     */
    record CheckpointAcked(JobId job, long checkpointId, List<TaskSnapshot> tasks, StoredFile file)
            implements ToCoordinator {
        @Override
        public Kind kind() {
            return Kind.CHECKPOINT_ACKED;
        }
    }

    /**
     * This worker will not acknowledge the checkpoint.
     *
     * @param attempt whose fault it is; null if it is not a task's
     */
    record CheckpointDeclined(JobId job, long checkpointId, AttemptId attempt, FailureReport cause)
            implements ToCoordinator {
        @Override
        public Kind kind() {
            return Kind.CHECKPOINT_DECLINED;
        }
    }

    /** The job that a message is about, or null for worker-wide ones. */
    default JobId jobId() {
        return switch (kind()) {
            case REGISTER, HEARTBEAT -> null;
            case TASK_CHANGED -> ((TaskChanged) this).attempt().jobId();
            case SPLIT_REQUESTED -> ((SplitRequested) this).attempt().jobId();
            case SOURCE_EVENT -> ((ReaderEvent) this).attempt().jobId();
            case SOURCE_WATERMARK -> ((SourceWatermark) this).attempt().jobId();
            case CHECKPOINT_ACKED -> ((CheckpointAcked) this).job();
            case CHECKPOINT_DECLINED -> ((CheckpointDeclined) this).job();
        };
    }
}
