package io.millrace.runtime.message;

import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
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
        ASSIGN_SPLITS,
        SOURCE_EVENT,
        RELEASE_JOB,
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
     */
    record DeployTasks(
            long epoch,
            JobGraph graph,
            List<WorkerAddress> workers,
            List<Placement> placements,
            List<AttemptId> tasks)
            implements ToWorker {
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

    /** The job has ended: its class loader and exchanges may go. */
    record ReleaseJob(long epoch, JobId jobId) implements ToWorker {
        @Override
        public Kind kind() {
            return Kind.RELEASE_JOB;
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
