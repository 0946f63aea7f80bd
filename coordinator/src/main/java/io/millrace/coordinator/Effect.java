package io.millrace.coordinator;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.List;

/**
 * What the coordinator wants done. A closed family of values; the host carries them out in their
 * order, and a {@link Journal} entry is durable before anything behind it happens.
 */
public sealed interface Effect {
    Kind kind();

    /** The effects. */
    enum Kind {
        SEND,
        WANT_WORKERS,
        RELEASE_WORKER,
        KEEP_WORKERS,
        AVOID_NODES,
        SET_TIMER,
        CANCEL_TIMER,
        JOURNAL,
        START_ENUMERATOR,
        READER_REGISTERED,
        READER_GONE,
        SPLIT_REQUEST,
        READER_EVENT,
        STOP_ENUMERATORS,
        COMMIT,
        SNAPSHOT_ENUMERATORS,
        TELL_ENUMERATORS,
        STORE_CHECKPOINT,
        DELETE_CHECKPOINT_FILES,
        READ_CHECKPOINTS,
        FORGET_CHECKPOINTS,
        RELEASE_CLAIMED,
        PLACE_SAVEPOINT,
        STORE_SAVEPOINT,
        FIND_SAVEPOINT,
        DISCARD_SAVEPOINT,
        OPERATION_ENDED,
        WARN,
        JOB_ENDED
    }

    /** Something that people should know: a line of the log. */
    record Warn(String text) implements Effect {
        @Override
        public Kind kind() {
            return Kind.WARN;
        }
    }

    /** A message to a registered worker. A lost connection shows as {@link Event.WorkerGone}. */
    record Send(String workerId, ToWorker message) implements Effect {
        @Override
        public Kind kind() {
            return Kind.SEND;
        }
    }

    /**
     * The number of workers that should exist, those that do included.
     *
     * @param near hosts on which further ones had best be, the best first; may be empty
     */
    record WantWorkers(int count, List<String> near) implements Effect {
        public WantWorkers {
            near = List.copyOf(near);
        }

        /** Wherever they are. */
        public WantWorkers(int count) {
            this(count, List.of());
        }

        @Override
        public Kind kind() {
            return Kind.WANT_WORKERS;
        }
    }

    /** This worker is not needed, or not trusted, any more. */
    record ReleaseWorker(String workerId, String reason) implements Effect {
        @Override
        public Kind kind() {
            return Kind.RELEASE_WORKER;
        }
    }

    /**
     * Of the workers of earlier leaders, these may come back: those of them that exist count as
     * existing, and all others go. Once, before the first {@link WantWorkers} of a successor; not
     * at all if none of them is needed.
     */
    record KeepWorkers(List<String> workerIds) implements Effect {
        public KeepWorkers {
            workerIds = List.copyOf(workerIds);
        }

        @Override
        public Kind kind() {
            return Kind.KEEP_WORKERS;
        }
    }

    /** New workers are not to be on these nodes, as far as that can be had; replaces the last. */
    record AvoidNodes(List<BlockedNode> nodes) implements Effect {
        public AvoidNodes {
            nodes = List.copyOf(nodes);
        }

        @Override
        public Kind kind() {
            return Kind.AVOID_NODES;
        }
    }

    /** Fires once, unless replaced or cancelled before. */
    record SetTimer(TimerId timer, long delayMs) implements Effect {
        @Override
        public Kind kind() {
            return Kind.SET_TIMER;
        }
    }

    /** An unknown timer is no error. */
    record CancelTimer(TimerId timer) implements Effect {
        @Override
        public Kind kind() {
            return Kind.CANCEL_TIMER;
        }
    }

    /** Durable before what follows it. */
    record Journal(JournalEntry entry) implements Effect {
        @Override
        public Kind kind() {
            return Kind.JOURNAL;
        }
    }

    /**
     * Makes a source's enumerator and starts it, on a thread of its own.
     *
     * @param position that it goes on from; null if it begins anew
     */
    record StartEnumerator(
            JobGraph graph,
            int vertexId,
            int operatorIndex,
            int generation,
            Manifest.EnumeratorEntry position)
            implements Effect {
        /** One that begins anew. */
        public StartEnumerator(JobGraph graph, int vertexId, int operatorIndex, int generation) {
            this(graph, vertexId, operatorIndex, generation, null);
        }

        @Override
        public Kind kind() {
            return Kind.START_ENUMERATOR;
        }
    }

    /** Something that the enumerator of one source hears, if it is still there. */
    sealed interface ToEnumerator extends Effect {
        JobId jobId();

        int vertexId();

        int operatorIndex();

        int generation();
    }

    /**
     * A source subtask is {@code RUNNING}: its reader can be given splits. Once for each subtask
     * and generation of the enumerator, before the first {@link SplitRequest} of that subtask; once
     * for each attempt to an enumerator that {@link Event.EnumeratorHearsAttempts hears of them}.
     */
    record ReaderRegistered(
            JobId jobId,
            int vertexId,
            int operatorIndex,
            int generation,
            int subtask,
            int attempt,
            String host)
            implements ToEnumerator {
        @Override
        public Kind kind() {
            return Kind.READER_REGISTERED;
        }
    }

    /**
     * An attempt has ended without success, of which an enumerator had heard that hears of each.
     */
    record ReaderGone(
            JobId jobId, int vertexId, int operatorIndex, int generation, int subtask, int attempt)
            implements ToEnumerator {
        @Override
        public Kind kind() {
            return Kind.READER_GONE;
        }
    }

    /** A reader asked for a split. */
    record SplitRequest(
            JobId jobId, int vertexId, int operatorIndex, int generation, int subtask, String host)
            implements ToEnumerator {
        @Override
        public Kind kind() {
            return Kind.SPLIT_REQUEST;
        }
    }

    /** A reader's own event for its enumerator. */
    record ReaderEvent(
            JobId jobId,
            int vertexId,
            int operatorIndex,
            int generation,
            int subtask,
            int attempt,
            byte[] event)
            implements ToEnumerator {
        @Override
        public Kind kind() {
            return Kind.READER_EVENT;
        }
    }

    /**
     * Closes the enumerators of a job that have this generation, and no others: each region of a
     * job has generations of its own. Late answers of the closed ones are ignored.
     */
    record StopEnumerators(JobId jobId, int generation) implements Effect {
        @Override
        public Kind kind() {
            return Kind.STOP_ENUMERATORS;
        }
    }

    /**
     * Makes the output visible. May be asked for again after a fault: committing is idempotent.
     * Ends in {@link Event.CommitEnded}.
     *
     * @param last whether no output of the job can follow, which sinks may ask to hear of
     * @param beforeTasks whether no task of the job runs: this is what an earlier leader, or an
     *     earlier job, may have committed
     */
    record Commit(
            JobGraph graph,
            List<OperatorCommittables> committables,
            boolean last,
            boolean beforeTasks)
            implements Effect {
        /** Tasks of the job may run. */
        public Commit(JobGraph graph, List<OperatorCommittables> committables, boolean last) {
            this(graph, committables, last, false);
        }

        /** More of the job's output may follow. */
        public Commit(JobGraph graph, List<OperatorCommittables> committables) {
            this(graph, committables, false);
        }

        @Override
        public Kind kind() {
            return Kind.COMMIT;
        }
    }

    /** Asks these enumerators for their positions; each answers once. */
    record SnapshotEnumerators(JobId jobId, long checkpointId, List<SourceRef> sources)
            implements Effect {
        public SnapshotEnumerators {
            sources = List.copyOf(sources);
        }

        @Override
        public Kind kind() {
            return Kind.SNAPSHOT_ENUMERATORS;
        }
    }

    /** A running enumerator. */
    record SourceRef(int vertexId, int operatorIndex, int generation) {}

    /** A checkpoint is complete, or will never be: for the enumerators of a job. */
    record TellEnumerators(JobId jobId, long checkpointId, boolean complete) implements Effect {
        @Override
        public Kind kind() {
            return Kind.TELL_ENUMERATORS;
        }
    }

    /**
     * Writes a manifest, and then lets the pointer name it. Ends in {@link Event.CheckpointStored}.
     *
     * @param keep of the checkpoints before, those that the pointer goes on naming
     * @param highestId of all that were ever begun
     */
    record StoreCheckpoint(
            JobGraph graph, Manifest manifest, List<CheckpointRecord> keep, long highestId)
            implements Effect {
        public StoreCheckpoint {
            keep = List.copyOf(keep);
        }

        @Override
        public Kind kind() {
            return Kind.STORE_CHECKPOINT;
        }
    }

    /**
     * Deletes what no checkpoint needs any more. Without an answer: what cannot be deleted is
     * logged, and left to {@code millrace checkpoint gc}.
     *
     * @param abandoned ids that were begun in this epoch and will never be complete
     */
    record DeleteCheckpointFiles(JobGraph graph, Garbage garbage, List<Long> abandoned)
            implements Effect {
        public DeleteCheckpointFiles {
            abandoned = List.copyOf(abandoned);
        }

        @Override
        public Kind kind() {
            return Kind.DELETE_CHECKPOINT_FILES;
        }
    }

    /**
     * Makes the place of a job's checkpoints ready and reads which there are. Ends in {@link
     * Event.CheckpointsRead}.
     *
     * @param from of a foreign checkpoint that the job is to start from if it has none of its own;
     *     or null
     */
    record ReadCheckpoints(JobGraph graph, String from) implements Effect {
        @Override
        public Kind kind() {
            return Kind.READ_CHECKPOINTS;
        }
    }

    /** A job has ended for good: its pointer and all files of its checkpoints go. */
    record ForgetCheckpoints(JobGraph graph) implements Effect {
        @Override
        public Kind kind() {
            return Kind.FORGET_CHECKPOINTS;
        }
    }

    /**
     * A job needs the foreign checkpoint no more that it was started from and has claimed: it goes.
     * Without an answer, and harmless if it has gone.
     *
     * @param path of the checkpoint
     */
    record ReleaseClaimed(JobId jobId, String path) implements Effect {
        @Override
        public Kind kind() {
            return Kind.RELEASE_CLAIMED;
        }
    }

    /**
     * Chooses a directory for a savepoint, and finds out whether it can be written. Ends in {@link
     * Event.SavepointPlaced}.
     *
     * @param target that it is to lie in
     * @param format that it is to have, to be prepared for
     */
    record PlaceSavepoint(
            JobId jobId, String operationId, String target, SavepointFormatType format)
            implements Effect {
        @Override
        public Kind kind() {
            return Kind.PLACE_SAVEPOINT;
        }
    }

    /**
     * Writes the manifest of a savepoint, whose files are durable. Ends in {@link
     * Event.SavepointStored}.
     *
     * @param path of the savepoint
     * @param format of its manifest and of what workers have left to it
     */
    record StoreSavepoint(JobId jobId, String path, SavepointFormatType format, Manifest manifest)
            implements Effect {
        @Override
        public Kind kind() {
            return Kind.STORE_SAVEPOINT;
        }
    }

    /**
     * Looks whether a savepoint is whole that an earlier leader had begun. Ends in {@link
     * Event.SavepointFound}.
     */
    record FindSavepoint(JobId jobId, String operationId, String path) implements Effect {
        @Override
        public Kind kind() {
            return Kind.FIND_SAVEPOINT;
        }
    }

    /**
     * Removes what a savepoint has left that has failed, also if it becomes whole before this is
     * carried out. Without an answer: what cannot be removed is logged.
     */
    record DiscardSavepoint(JobId jobId, String path) implements Effect {
        @Override
        public Kind kind() {
            return Kind.DISCARD_SAVEPOINT;
        }
    }

    /** The last effect of an operation: whoever waits for it may hear how it has ended. */
    record OperationEnded(OperationView operation) implements Effect {
        @Override
        public Kind kind() {
            return Kind.OPERATION_ENDED;
        }
    }

    /** The last effect of a job. */
    record JobEnded(JobResult result) implements Effect {
        @Override
        public Kind kind() {
            return Kind.JOB_ENDED;
        }
    }
}
