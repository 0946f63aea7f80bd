package io.millrace.coordinator.simulation;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a run did, as text: hashed as a whole, and its end kept for the report of a failure. */
final class Trace {
    private static final int KEPT = 400;

    private final Deque<String> last = new ArrayDeque<>();
    private long hash = 0xcbf29ce484222325L;

    void add(long nowMs, String line) {
        String timed = nowMs + " " + line;
        for (int i = 0; i < timed.length(); i++) {
            hash = (hash ^ timed.charAt(i)) * 0x100000001b3L;
        }
        if (isTelling(line)) {
            if (last.size() == KEPT) {
                last.removeFirst();
            }
            last.addLast(timed);
        }
    }

    private static boolean isTelling(String line) {
        return !line.contains("eartbeat") && !line.contains("WORKER_HEARTBEAT");
    }

    long hash() {
        return hash;
    }

    String tail() {
        return String.join("\n", last);
    }

    /** The same text in every run; {@code toString} of arrays and maps is not. */
    static String describe(Event event) {
        return switch (event.kind()) {
            case WORKER_SPOKE -> {
                Event.WorkerSpoke spoke = (Event.WorkerSpoke) event;
                yield spoke.workerId() + " says " + describe(spoke.message());
            }
            case JOB_SUBMITTED -> "submit " + ((Event.JobSubmitted) event).graph().name();
            case SPLITS_ASSIGNED -> {
                Event.SplitsAssigned splits = (Event.SplitsAssigned) event;
                yield "splits "
                        + splits.vertexId()
                        + "/"
                        + splits.subtask()
                        + " generation "
                        + splits.generation()
                        + (splits.noMoreSplits() ? " last" : "");
            }
            case ENUMERATOR_HEARS_ATTEMPTS -> "enumerator hears attempts";
            case ENUMERATOR_SPOKE -> "enumerator speaks";
            case ENUMERATOR_SNAPSHOT -> {
                Event.EnumeratorSnapshot snapshot = (Event.EnumeratorSnapshot) event;
                yield "position of "
                        + snapshot.vertexId()
                        + " for checkpoint "
                        + snapshot.checkpointId();
            }
            case CHECKPOINTS_READ -> {
                Event.CheckpointsRead read = (Event.CheckpointsRead) event;
                yield "checkpoints read: "
                        + (read.failure() == null
                                ? read.found().stream().map(Event.FoundCheckpoint::record).toList()
                                : read.failure().headline());
            }
            case CHECKPOINT_STORED,
                    CHECKPOINT_DAMAGED,
                    OPERATION_REQUESTED,
                    SAVEPOINT_PLACED,
                    SAVEPOINT_STORED,
                    SAVEPOINT_FOUND,
                    JOB_CANCEL_REQUESTED,
                    WORKER_GONE,
                    WORKERS_REFUSED,
                    NODE_SERVES,
                    NODE_LOST,
                    ENUMERATOR_FAILED,
                    COMMIT_ENDED,
                    TIMER_FIRED ->
                    event.toString();
        };
    }

    static String describe(Effect effect) {
        return switch (effect.kind()) {
            case SEND -> {
                Effect.Send send = (Effect.Send) effect;
                yield "to " + send.workerId() + ": " + describe(send.message());
            }
            case JOURNAL -> "journal " + ((Effect.Journal) effect).entry().kind();
            case START_ENUMERATOR -> {
                Effect.StartEnumerator start = (Effect.StartEnumerator) effect;
                yield "start enumerator " + start.vertexId() + " " + start.generation();
            }
            case COMMIT -> "commit " + ((Effect.Commit) effect).committables().size();
            case READER_EVENT -> "reader event";
            case STORE_CHECKPOINT ->
                    "store checkpoint "
                            + ((Effect.StoreCheckpoint) effect).manifest().checkpointId()
                            + " beside "
                            + ((Effect.StoreCheckpoint) effect).keep().size();
            case DELETE_CHECKPOINT_FILES -> {
                Effect.DeleteCheckpointFiles delete = (Effect.DeleteCheckpointFiles) effect;
                yield "delete " + delete.garbage() + " " + delete.abandoned();
            }
            case READ_CHECKPOINTS -> "read checkpoints";
            case FORGET_CHECKPOINTS -> "forget checkpoints";
            case STORE_SAVEPOINT ->
                    "store savepoint "
                            + ((Effect.StoreSavepoint) effect).manifest().checkpointId()
                            + " in "
                            + ((Effect.StoreSavepoint) effect).path();
            case WANT_WORKERS,
                    RELEASE_WORKER,
                    KEEP_WORKERS,
                    AVOID_NODES,
                    SET_TIMER,
                    CANCEL_TIMER,
                    READER_REGISTERED,
                    READER_GONE,
                    SPLIT_REQUEST,
                    STOP_ENUMERATORS,
                    SNAPSHOT_ENUMERATORS,
                    TELL_ENUMERATORS,
                    RELEASE_CLAIMED,
                    PLACE_SAVEPOINT,
                    FIND_SAVEPOINT,
                    DISCARD_SAVEPOINT,
                    OPERATION_ENDED,
                    WARN,
                    JOB_ENDED ->
                    effect.toString();
        };
    }

    private static String describe(ToCoordinator message) {
        return switch (message.kind()) {
            case TASK_CHANGED -> {
                ToCoordinator.TaskChanged change = (ToCoordinator.TaskChanged) message;
                yield change.attempt()
                        + " "
                        + change.state()
                        + (change.failure() == null ? "" : " " + change.failure().code());
            }
            case HEARTBEAT -> "heartbeat " + ((ToCoordinator.Heartbeat) message).sequence();
            case REGISTER, SPLIT_REQUESTED, SOURCE_WATERMARK -> message.toString();
            case SOURCE_EVENT -> "reader event";
            case CHECKPOINT_ACKED -> {
                ToCoordinator.CheckpointAcked ack = (ToCoordinator.CheckpointAcked) message;
                yield "acknowledges checkpoint "
                        + ack.checkpointId()
                        + " of "
                        + ack.tasks().stream().map(TaskSnapshot::attempt).toList();
            }
            case CHECKPOINT_DECLINED ->
                    "declines checkpoint "
                            + ((ToCoordinator.CheckpointDeclined) message).checkpointId();
        };
    }

    private static String describe(ToWorker message) {
        return switch (message.kind()) {
            case DEPLOY -> "deploy " + ((ToWorker.DeployTasks) message).tasks();
            case ASSIGN_SPLITS -> "splits for " + ((ToWorker.AssignSplits) message).attempt();
            case SOURCE_EVENT -> "enumerator event";
            case WELCOME,
                    REJECTED,
                    HEARTBEAT_ACK,
                    SOURCE_LIMIT,
                    CANCEL_TASKS,
                    DROP_RESULTS,
                    TRIGGER_CHECKPOINT,
                    CHECKPOINT_ENDED,
                    STOP_TASKS,
                    RELEASE_JOB,
                    NEW_TOKENS,
                    SHUTDOWN ->
                    message.toString();
        };
    }
}
