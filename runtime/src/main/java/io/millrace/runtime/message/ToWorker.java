package io.millrace.runtime.message;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.EpochParts;
import io.millrace.runtime.checkpoint.SavepointTarget;
import io.millrace.runtime.checkpoint.SnapshotPurpose;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.List;

/**
 * What the coordinator says. A closed family; in order on one connection per worker. A worker
 * ignores a message whose epoch is lower than the highest it has seen.
 */
public sealed interface ToWorker extends Message {
    Kind kind();

    long epoch();

    /** The messages of a coordinator. */
    enum Kind {
        WELCOME,
        REJECTED,
        HEARTBEAT_ACK,
        DEPLOY,
        CANCEL_TASKS,
        DROP_RESULTS,
        ASSIGN_SPLITS,
        SOURCE_EVENT,
        SOURCE_LIMIT,
        TRIGGER_CHECKPOINT,
        CHECKPOINT_ENDED,
        STOP_TASKS,
        RELEASE_JOB,
        NEW_TOKENS,
        SHUTDOWN
    }

    /** Registration accepted. A worker that hears nothing for the time-out ends itself. */
    record Welcome(long epoch, long heartbeatIntervalMs, long heartbeatTimeoutMs)
            implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.WELCOME;
        }
    }

    /** Registration refused; the worker ends. Also the answer to every heartbeat of a stranger. */
    record Rejected(long epoch, String reason) implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.REJECTED;
        }
    }

    /**
     * The answer to every heartbeat of a registered worker; what keeps an idle worker alive.
     *
     * @param sequence of the heartbeat that is answered
     */
    record HeartbeatAck(long epoch, long sequence) implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.HEARTBEAT_ACK;
        }
    }

    /**
     * Run these tasks. All that the tasks of one worker share is here once.
     *
     * @param workers every worker that the placements name
     * @param placements one for each vertex of the regions that start: of the tasks' own and of all
     *     that they exchange records with
     * @param restores for those of the tasks that a checkpoint has something of; empty if the job
     *     starts anew
     * @param inputs what the tasks read of earlier stages, and nothing else of it
     * @param inManifest those of the checkpoint's files that {@code restores} refer to and that lie
     *     in its manifest
     */
    record DeployTasks(
            long epoch,
            JobGraph graph,
            List<WorkerAddress> workers,
            List<Placement> placements,
            List<AttemptId> tasks,
            List<TaskRestore> restores,
            List<ResultInput> inputs,
            List<StoredFile> inManifest)
            implements ToWorker {
        /** Of a job that goes on from files alone. */
        public DeployTasks(
                long epoch,
                JobGraph graph,
                List<WorkerAddress> workers,
                List<Placement> placements,
                List<AttemptId> tasks,
                List<TaskRestore> restores,
                List<ResultInput> inputs) {
            this(epoch, graph, workers, placements, tasks, restores, inputs, List.of());
        }

        /** Of a job that starts anew. */
        public DeployTasks(
                long epoch,
                JobGraph graph,
                List<WorkerAddress> workers,
                List<Placement> placements,
                List<AttemptId> tasks) {
            this(epoch, graph, workers, placements, tasks, List.of(), List.of());
        }

        @Override
        public Kind kind() {
            return Kind.DEPLOY;
        }
    }

    /** Ends attempts; each answers with {@code CANCELED} (also when it is unknown or has ended). */
    record CancelTasks(long epoch, List<AttemptId> tasks) implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.CANCEL_TASKS;
        }
    }

    /** Nobody will read these results any more. To every worker that may have one of them. */
    record DropResults(long epoch, List<ResultId> results) implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.DROP_RESULTS;
        }
    }

    /**
     * Splits for a source reader.
     *
     * @param noMoreSplits nothing will follow
     */
    record AssignSplits(
            long epoch,
            AttemptId attempt,
            int operatorIndex,
            int serializerVersion,
            List<byte[]> splits,
            boolean noMoreSplits)
            implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.ASSIGN_SPLITS;
        }
    }

    /** An enumerator's own event for a reader, by Java serialization behind the filter. */
    record EnumeratorEvent(long epoch, AttemptId attempt, int operatorIndex, byte[] event)
            implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.SOURCE_EVENT;
        }
    }

    /**
     * How far the slowest of its group lets a source come.
     *
     * @param limitMs what is ahead of it waits
     */
    record SourceLimit(long epoch, AttemptId attempt, int operatorIndex, long limitMs)
            implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.SOURCE_LIMIT;
        }
    }

    /**
     * Take a checkpoint of these tasks, and answer once for all of them. A task whose inputs have
     * all ended, or that has none, begins at this message; the others when barriers come.
     *
     * @param timestampMs when it was triggered, milliseconds since the epoch
     * @param tasks those of this worker that take part
     * @param savepoint where it goes; null for a checkpoint of the job's own
     * @param mostInManifestBytes if the worker would write no more than this, it hands it over with
     *     its answer instead
     */
    record TriggerCheckpoint(
            long epoch,
            JobId jobId,
            long checkpointId,
            long timestampMs,
            CheckpointKind checkpointKind,
            List<AttemptId> tasks,
            SavepointTarget savepoint,
            int mostInManifestBytes)
            implements ToWorker {
        /** Of a checkpoint of the job's own of which each worker writes a file. */
        public TriggerCheckpoint(
                long epoch,
                JobId jobId,
                long checkpointId,
                long timestampMs,
                CheckpointKind checkpointKind,
                List<AttemptId> tasks) {
            this(epoch, jobId, checkpointId, timestampMs, checkpointKind, tasks, null, 0);
        }

        /** The number in the path of its files: see {@link EpochParts}. */
        public long directoryNumber() {
            return savepoint == null ? EpochParts.of(epoch, checkpointId) : epoch;
        }

        /** What its barriers are for. */
        public SnapshotPurpose purpose() {
            return savepoint == null ? SnapshotPurpose.CHECKPOINT : savepoint.purpose();
        }

        @Override
        public Kind kind() {
            return Kind.TRIGGER_CHECKPOINT;
        }
    }

    /**
     * A checkpoint is complete and durable, or will never be. To every worker that was triggered;
     * may be lost, come twice, or after the one of a later checkpoint.
     */
    record CheckpointEnded(long epoch, JobId jobId, long checkpointId, boolean complete)
            implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.CHECKPOINT_ENDED;
        }
    }

    /**
     * The savepoint that ends the job is durable: these tasks hear that it is complete, so that
     * their functions commit what belongs to it, and end. Each answers {@code FINISHED} when they
     * have; {@code CANCELED} if it is unknown, or has ended before.
     */
    record StopTasks(long epoch, JobId jobId, long checkpointId, List<AttemptId> tasks)
            implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.STOP_TASKS;
        }
    }

    /** The job has ended: its class loader and exchanges may go. */
    record ReleaseJob(long epoch, JobId jobId) implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.RELEASE_JOB;
        }
    }

    /**
     * What the worker's process acts with from now on, beside what it has. To every worker, also
     * right after it has asked to register; may come twice.
     *
     * @param sealed so that nobody on the way can read it; its form is the cluster's business
     */
    record NewTokens(long epoch, byte[] sealed) implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.NEW_TOKENS;
        }

        @Override
        public String toString() {
            return "NewTokens[epoch=" + epoch + ", " + sealed.length + " bytes]";
        }
    }

    /** The worker ends with exit code 0. */
    record Shutdown(long epoch, String reason) implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.SHUTDOWN;
        }
    }
}
