package io.millrace.coordinator;

import io.millrace.coordinator.operation.Operation;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.List;

/** What happens to a coordinator. A closed family of values; each is handled on its one thread. */
public sealed interface Event {
    Kind kind();

    /** One that concerns a job as long as it is active; later nobody hears it. */
    sealed interface OfJob extends Event {
        JobId jobId();
    }

    /** The events. */
    enum Kind {
        JOB_SUBMITTED,
        JOB_CANCEL_REQUESTED,
        WORKER_SPOKE,
        WORKER_GONE,
        WORKERS_REFUSED,
        NODE_SERVES,
        NODE_LOST,
        SPLITS_ASSIGNED,
        ENUMERATOR_HEARS_ATTEMPTS,
        ENUMERATOR_SPOKE,
        ENUMERATOR_FAILED,
        COMMIT_ENDED,
        ENUMERATOR_SNAPSHOT,
        CHECKPOINT_STORED,
        CHECKPOINTS_READ,
        CHECKPOINT_DAMAGED,
        OPERATION_REQUESTED,
        SAVEPOINT_PLACED,
        SAVEPOINT_STORED,
        SAVEPOINT_FOUND,
        TIMER_FIRED
    }

    /**
     * A program called {@code execute}. A known job id changes nothing: its job runs, or {@code
     * ClusterView.job} has its result.
     *
     * @param inputHosts that have the most of what its sources read, the best first; may be empty
     */
    record JobSubmitted(JobGraph graph, List<String> inputHosts) implements Event {
        public JobSubmitted {
            inputHosts = List.copyOf(inputHosts);
        }

        /** Nobody knows where its input lies, or it makes no difference. */
        public JobSubmitted(JobGraph graph) {
            this(graph, List.of());
        }

        @Override
        public Kind kind() {
            return Kind.JOB_SUBMITTED;
        }
    }

    /** Somebody with the right to do so asked to cancel. */
    record JobCancelRequested(JobId jobId, String who) implements OfJob {
        @Override
        public Kind kind() {
            return Kind.JOB_CANCEL_REQUESTED;
        }
    }

    /** A message on a worker's connection; the first one is its registration. */
    record WorkerSpoke(String workerId, ToCoordinator message) implements Event {
        @Override
        public Kind kind() {
            return Kind.WORKER_SPOKE;
        }
    }

    /** A worker's connection closed or its container ended. May come twice, or for a stranger. */
    record WorkerGone(String workerId, String reason) implements Event {
        @Override
        public Kind kind() {
            return Kind.WORKER_GONE;
        }
    }

    /** The resource driver will not get the workers that were asked for. */
    record WorkersRefused(FailureReport failure) implements Event {
        @Override
        public Kind kind() {
            return Kind.WORKERS_REFUSED;
        }
    }

    /** What a worker writes, its node's shuffle service serves, too. */
    record NodeServes(String workerId, NodeService service) implements Event {
        @Override
        public Kind kind() {
            return Kind.NODE_SERVES;
        }
    }

    /** A node is lost with its disks; its workers' ends are told on their own. */
    record NodeLost(String node) implements Event {
        @Override
        public Kind kind() {
            return Kind.NODE_LOST;
        }
    }

    /**
     * A split enumerator decided.
     *
     * @param generation of the enumerator; one of an older generation is ignored
     */
    record SplitsAssigned(
            JobId jobId,
            int vertexId,
            int operatorIndex,
            int generation,
            int subtask,
            int serializerVersion,
            List<byte[]> splits,
            boolean noMoreSplits)
            implements OfJob {
        @Override
        public Kind kind() {
            return Kind.SPLITS_ASSIGNED;
        }
    }

    /**
     * A split enumerator's own event for one of its readers; goes to the worker as {@code
     * ToWorker.EnumeratorEvent}.
     *
     * @param generation of the enumerator; one of an older generation is ignored
     * @param attempt that it is for; {@link #ALL_ATTEMPTS} for all of the subtask
     * @param event by Java serialization
     */
    record EnumeratorSpoke(
            JobId jobId,
            int vertexId,
            int operatorIndex,
            int generation,
            int subtask,
            int attempt,
            byte[] event)
            implements OfJob {
        /** Whatever attempts the subtask has. */
        public static final int ALL_ATTEMPTS = -1;

        @Override
        public Kind kind() {
            return Kind.ENUMERATOR_SPOKE;
        }
    }

    /**
     * An enumerator has started that tells the attempts of a subtask apart: it wants to hear of
     * each, and what they say. Without this an enumerator hears of the first attempt alone.
     *
     * @param generation of the enumerator; one of an older generation is ignored
     */
    record EnumeratorHearsAttempts(JobId jobId, int vertexId, int operatorIndex, int generation)
            implements OfJob {
        @Override
        public Kind kind() {
            return Kind.ENUMERATOR_HEARS_ATTEMPTS;
        }
    }

    /** A split enumerator threw. */
    record EnumeratorFailed(JobId jobId, int vertexId, int generation, FailureReport failure)
            implements OfJob {
        @Override
        public Kind kind() {
            return Kind.ENUMERATOR_FAILED;
        }
    }

    /**
     * The committers are through.
     *
     * @param failure null if everything is visible now
     */
    record CommitEnded(JobId jobId, FailureReport failure) implements OfJob {
        @Override
        public Kind kind() {
            return Kind.COMMIT_ENDED;
        }
    }

    /**
     * The position of one enumerator. What it assigned before comes before this event, what it
     * assigned afterwards behind it.
     *
     * @param version of the source's enumerator serializer
     * @param state as that serializer wrote it; null if there is a failure
     * @param failure null if there is a state
     */
    record EnumeratorSnapshot(
            JobId jobId,
            long checkpointId,
            int vertexId,
            int operatorIndex,
            int generation,
            int version,
            byte[] state,
            FailureReport failure)
            implements OfJob {
        @Override
        public Kind kind() {
            return Kind.ENUMERATOR_SNAPSHOT;
        }
    }

    /**
     * The answer to {@link Effect.StoreCheckpoint}: the pointer names the checkpoint now, or it is
     * certain that it does not. There is no answer if nobody can tell; the leader ends then.
     *
     * @param record null if there is a failure
     * @param failure null if it is stored
     */
    record CheckpointStored(
            JobId jobId, long checkpointId, CheckpointRecord record, FailureReport failure)
            implements OfJob {
        @Override
        public Kind kind() {
            return Kind.CHECKPOINT_STORED;
        }
    }

    /**
     * Files of checkpoints that exist are not what was written, as somebody has found who read
     * them.
     *
     * @param files as manifests name them
     */
    record CheckpointDamaged(JobId jobId, List<String> files, FailureReport failure)
            implements OfJob {
        public CheckpointDamaged {
            files = List.copyOf(files);
        }

        @Override
        public Kind kind() {
            return Kind.CHECKPOINT_DAMAGED;
        }
    }

    /**
     * The answer to {@link Effect.ReadCheckpoints}.
     *
     * @param pointer null if the job never had a checkpoint, or if there is a failure
     * @param found what the pointer names, the oldest first; of a foreign checkpoint that one only
     * @param failure null unless it could not be found out
     */
    record CheckpointsRead(
            JobId jobId, Pointer pointer, List<FoundCheckpoint> found, FailureReport failure)
            implements OfJob {
        public CheckpointsRead {
            found = List.copyOf(found);
        }

        @Override
        public Kind kind() {
            return Kind.CHECKPOINTS_READ;
        }
    }

    /**
     * A checkpoint that exists.
     *
     * @param manifest null if it cannot be read
     * @param failure why; null if there is a manifest
     */
    record FoundCheckpoint(CheckpointRecord record, Manifest manifest, FailureReport failure) {}

    /**
     * Somebody with the right to do so asked for something; an id that is known changes nothing.
     */
    record OperationRequested(Operation operation) implements Event {
        @Override
        public Kind kind() {
            return Kind.OPERATION_REQUESTED;
        }
    }

    /**
     * The answer to {@link Effect.PlaceSavepoint}.
     *
     * @param path where nothing is yet; null if there is a failure
     * @param failure null if there is a path
     */
    record SavepointPlaced(JobId jobId, String operationId, String path, FailureReport failure)
            implements OfJob {
        @Override
        public Kind kind() {
            return Kind.SAVEPOINT_PLACED;
        }
    }

    /**
     * The answer to {@link Effect.StoreSavepoint}.
     *
     * @param failure null if the savepoint is whole and durable
     */
    record SavepointStored(JobId jobId, long checkpointId, FailureReport failure) implements OfJob {
        @Override
        public Kind kind() {
            return Kind.SAVEPOINT_STORED;
        }
    }

    /**
     * The answer to {@link Effect.FindSavepoint}.
     *
     * @param failure null unless it could not be found out
     */
    record SavepointFound(JobId jobId, String operationId, boolean whole, FailureReport failure)
            implements Event {
        @Override
        public Kind kind() {
            return Kind.SAVEPOINT_FOUND;
        }
    }

    /** A timer that {@link Effect.SetTimer} asked for. */
    record TimerFired(TimerId timer) implements Event {
        @Override
        public Kind kind() {
            return Kind.TIMER_FIRED;
        }
    }
}
