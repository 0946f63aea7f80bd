package io.millrace.coordinator.simulation;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** How each {@link Bug} about checkpoints bends the events and effects of a coordinator. */
final class BentCheckpoints {
    private final Bug bug;
    private final TreeMap<String, List<AttemptId>> triggered = new TreeMap<>();
    private final TreeMap<String, Effect.Send> readers = new TreeMap<>();
    private final TreeMap<String, List<CheckpointRecord>> retained = new TreeMap<>();
    private final TreeMap<String, Effect.StoreCheckpoint> storing = new TreeMap<>();
    private final TreeMap<String, Integer> commits = new TreeMap<>();
    private final TreeSet<String> positioned = new TreeSet<>();
    private final TreeSet<String> ending = new TreeSet<>();
    private final List<Effect> rash = new ArrayList<>();

    BentCheckpoints(Bug bug) {
        this.bug = bug;
    }

    List<JournalEntry> journal(List<JournalEntry> entries) {
        return bug == Bug.CHECKPOINT_IDS_USED_AGAIN
                ? entries.stream()
                        .filter(e -> e.kind() != JournalEntry.Kind.CHECKPOINT_IDS_RESERVED)
                        .toList()
                : entries;
    }

    /** What is done although the coordinator has not heard of it. */
    List<Effect> takeRash() {
        List<Effect> taken = List.copyOf(rash);
        rash.clear();
        return taken;
    }

    // ---- what the coordinator hears instead; null if nothing

    Event in(Event event) {
        if (event == null) {
            return null;
        }
        return switch (event.kind()) {
            case CHECKPOINTS_READ -> read((Event.CheckpointsRead) event);
            case CHECKPOINT_STORED -> {
                Event.CheckpointStored stored = (Event.CheckpointStored) event;
                Effect.StoreCheckpoint store = storing.get(stored.jobId().hex());
                if (stored.failure() == null && store != null) {
                    List<CheckpointRecord> now = new ArrayList<>(store.keep());
                    now.add(stored.record());
                    retained.put(stored.jobId().hex(), now);
                }
                yield event;
            }
            case ENUMERATOR_SNAPSHOT -> {
                Event.EnumeratorSnapshot snapshot = (Event.EnumeratorSnapshot) event;
                positioned.add(snapshot.jobId().hex() + "/" + snapshot.vertexId());
                yield event;
            }
            case SPLITS_ASSIGNED -> assigned((Event.SplitsAssigned) event);
            case WORKER_SPOKE -> {
                Event.WorkerSpoke spoke = (Event.WorkerSpoke) event;
                yield spoke.message() instanceof ToCoordinator.CheckpointDeclined declined
                        ? declined(spoke, declined)
                        : event;
            }
            default -> event;
        };
    }

    private Event read(Event.CheckpointsRead read) {
        if (read.pointer() != null) {
            retained.put(read.jobId().hex(), read.pointer().retained());
        }
        boolean unreadable =
                read.failure() != null
                        || read.found().stream().anyMatch(one -> one.manifest() == null);
        if (bug == Bug.STARTED_EMPTY_WHEN_UNREADABLE && unreadable) {
            return new Event.CheckpointsRead(read.jobId(), null, List.of(), null);
        }
        if (bug == Bug.OUTPUT_NOT_COMMITTED_AGAIN_AFTER_RESTORE) {
            return new Event.CheckpointsRead(
                    read.jobId(),
                    read.pointer(),
                    read.found().stream()
                            .map(
                                    one ->
                                            new Event.FoundCheckpoint(
                                                    one.record(),
                                                    one.manifest() == null
                                                            ? null
                                                            : with(one.manifest(), List.of()),
                                                    one.failure()))
                            .toList(),
                    read.failure());
        }
        if (bug == Bug.CHECKPOINT_IDS_USED_AGAIN && read.pointer() != null) {
            Pointer p = read.pointer();
            return new Event.CheckpointsRead(
                    read.jobId(),
                    new Pointer(p.jobId(), p.jobName(), p.directory(), 0, p.retained()),
                    read.found(),
                    read.failure());
        }
        return read;
    }

    private static Manifest with(Manifest m, List<CommittableEntry> committables) {
        return with(m, committables, m.files());
    }

    private static Manifest with(
            Manifest m, List<CommittableEntry> committables, List<StoredFile> files) {
        return new Manifest(
                m.jobId(),
                m.jobName(),
                m.epoch(),
                m.checkpointId(),
                m.triggeredAtMs(),
                m.kind(),
                m.operators(),
                m.enumerators(),
                committables,
                files);
    }

    private Event assigned(Event.SplitsAssigned assigned) {
        String source = assigned.jobId().hex() + "/" + assigned.vertexId();
        Effect.Send deployed = readers.get(source + "/" + assigned.subtask());
        if (bug != Bug.SPLITS_OVERTAKE_THE_TRIGGER
                || !positioned.contains(source)
                || deployed == null) {
            return assigned;
        }
        ToWorker.DeployTasks deployment = (ToWorker.DeployTasks) deployed.message();
        AttemptId reader =
                deployment.tasks().stream()
                        .filter(a -> a.vertexId() == assigned.vertexId())
                        .filter(a -> a.subtask() == assigned.subtask())
                        .findFirst()
                        .orElseThrow();
        rash.add(
                new Effect.Send(
                        deployed.workerId(),
                        new ToWorker.AssignSplits(
                                deployment.epoch(),
                                reader,
                                assigned.operatorIndex(),
                                assigned.serializerVersion(),
                                assigned.splits(),
                                assigned.noMoreSplits())));
        return null;
    }

    private Event declined(Event.WorkerSpoke spoke, ToCoordinator.CheckpointDeclined declined) {
        List<AttemptId> tasks =
                triggered.get(
                        spoke.workerId() + declined.job().hex() + "/" + declined.checkpointId());
        return bug == Bug.DECLINE_TAKEN_FOR_ACKNOWLEDGEMENT && tasks != null
                ? new Event.WorkerSpoke(
                        spoke.workerId(),
                        new ToCoordinator.CheckpointAcked(
                                declined.job(),
                                declined.checkpointId(),
                                tasks.stream().map(BentCheckpoints::ofNothing).toList(),
                                null))
                : spoke;
    }

    // ---- what is done instead

    List<Effect> out(List<Effect> effects) {
        List<Effect> bent = new ArrayList<>();
        for (Effect effect : effects) {
            bent.addAll(instead(effect));
        }
        return bent;
    }

    private List<Effect> instead(Effect effect) {
        return switch (effect.kind()) {
            case SEND -> List.of(sent((Effect.Send) effect));
            case START_ENUMERATOR -> {
                Effect.StartEnumerator start = (Effect.StartEnumerator) effect;
                yield bug == Bug.POSITIONS_FORGOTTEN
                        ? List.of(
                                new Effect.StartEnumerator(
                                        start.graph(),
                                        start.vertexId(),
                                        start.operatorIndex(),
                                        start.generation()))
                        : List.of(effect);
            }
            case STORE_CHECKPOINT -> stored((Effect.StoreCheckpoint) effect);
            case DELETE_CHECKPOINT_FILES -> deleted((Effect.DeleteCheckpointFiles) effect);
            case JOURNAL -> {
                JournalEntry entry = ((Effect.Journal) effect).entry();
                if (entry.kind() == JournalEntry.Kind.COMMIT_STARTED) {
                    ending.add(entry.jobId().hex());
                }
                yield List.of(effect);
            }
            case COMMIT -> List.of(committed((Effect.Commit) effect));
            default -> List.of(effect);
        };
    }

    private Effect sent(Effect.Send send) {
        if (send.message() instanceof ToWorker.TriggerCheckpoint trigger) {
            String job = trigger.jobId().hex();
            triggered.put(send.workerId() + job + "/" + trigger.checkpointId(), trigger.tasks());
            positioned.removeIf(source -> source.startsWith(job));
        } else if (send.message() instanceof ToWorker.DeployTasks deploy) {
            deploy.tasks()
                    .forEach(
                            a ->
                                    readers.put(
                                            a.jobId().hex()
                                                    + "/"
                                                    + a.vertexId()
                                                    + "/"
                                                    + a.subtask(),
                                            send));
            positioned.removeIf(source -> source.startsWith(deploy.graph().jobId().hex()));
            if (bug == Bug.RESTORES_FORGOTTEN) {
                return new Effect.Send(
                        send.workerId(),
                        new ToWorker.DeployTasks(
                                deploy.epoch(),
                                deploy.graph(),
                                deploy.workers(),
                                deploy.placements(),
                                deploy.tasks()));
            }
        }
        return send;
    }

    private List<Effect> stored(Effect.StoreCheckpoint store) {
        String job = store.graph().jobId().hex();
        storing.put(job, store);
        String from = store.graph().config().get("execution.state-recovery.path");
        boolean claims =
                "CLAIM".equals(store.graph().config().get("execution.state-recovery.claim-mode"));
        if (from != null
                && (claims
                        ? bug == Bug.CLAIMED_REMOVED_BEFORE_THE_POINTER
                        : bug == Bug.REMOVED_WITHOUT_A_CLAIM)) {
            return List.of(new Effect.ReleaseClaimed(store.graph().jobId(), from), store);
        }
        if (bug == Bug.COMMITTED_BEFORE_THE_POINTER && !store.manifest().committables().isEmpty()) {
            return List.of(
                    new Effect.Commit(
                            store.graph(),
                            store.manifest().committables().stream()
                                    .map(CommittableEntry::committables)
                                    .toList()),
                    store);
        }
        List<CheckpointRecord> dropped = new ArrayList<>(retained.getOrDefault(job, List.of()));
        dropped.removeAll(store.keep());
        if (bug == Bug.DELETED_BEFORE_THE_POINTER && !dropped.isEmpty()) {
            List<String> directories =
                    dropped.stream().map(r -> r.epoch() + "/" + r.checkpointId()).toList();
            return List.of(
                    new Effect.DeleteCheckpointFiles(
                            store.graph(), new Garbage(directories, List.of()), List.of()),
                    store);
        }
        if (bug == Bug.STATE_IN_EARLIER_MANIFESTS_FORGOTTEN) {
            String own = store.manifest().epoch() + "/" + store.manifest().checkpointId() + "/";
            return List.of(
                    new Effect.StoreCheckpoint(
                            store.graph(),
                            with(
                                    store.manifest(),
                                    store.manifest().committables(),
                                    store.manifest().files().stream()
                                            .filter(
                                                    file ->
                                                            !file.isInManifest()
                                                                    || file.file().startsWith(own))
                                            .toList()),
                            store.keep(),
                            store.highestId()));
        }
        if (bug == Bug.OUTPUT_OF_FINISHED_TASKS_FORGOTTEN) {
            List<CommittableEntry> kept =
                    store.manifest().committables().stream()
                            .filter(e -> !isAtEnd(e.committables()))
                            .toList();
            return List.of(
                    new Effect.StoreCheckpoint(
                            store.graph(),
                            with(store.manifest(), kept),
                            store.keep(),
                            store.highestId()));
        }
        return List.of(store);
    }

    private static boolean isAtEnd(OperatorCommittables prepared) {
        return prepared.checkpointId() == OperatorCommittables.AT_END;
    }

    private List<Effect> deleted(Effect.DeleteCheckpointFiles delete) {
        if (bug == Bug.DROPPED_FILES_KEPT) {
            return List.of();
        }
        if (bug == Bug.SHARED_FILES_DELETED && !delete.garbage().directories().isEmpty()) {
            Manifest newest = storing.get(delete.graph().jobId().hex()).manifest();
            String own = newest.epoch() + "/" + newest.checkpointId() + "/";
            TreeSet<String> directories = new TreeSet<>(delete.garbage().directories());
            newest.files().stream()
                    .map(StoredFile::file)
                    .filter(file -> file.matches("[0-9]+/.*") && !file.startsWith(own))
                    .forEach(file -> directories.add(file.substring(0, file.lastIndexOf('/'))));
            return List.of(
                    new Effect.DeleteCheckpointFiles(
                            delete.graph(),
                            new Garbage(List.copyOf(directories), List.of()),
                            delete.abandoned()));
        }
        return List.of(delete);
    }

    private Effect committed(Effect.Commit commit) {
        String job = commit.graph().jobId().hex();
        int times = commits.merge(job, 1, Integer::sum);
        if (bug == Bug.OUTPUT_OF_FINISHED_TASKS_FORGOTTEN && !ending.contains(job)) {
            return new Effect.Commit(
                    commit.graph(),
                    commit.committables().stream().filter(c -> !isAtEnd(c)).toList());
        }
        if (bug == Bug.COMMITTED_UNDER_ANOTHER_NAME && times > 1) {
            return new Effect.Commit(
                    commit.graph(),
                    commit.committables().stream().map(BentCheckpoints::renamed).toList());
        }
        return commit;
    }

    /** The same records as something else: what a sink does that is not idempotent. */
    private static OperatorCommittables renamed(OperatorCommittables prepared) {
        List<byte[]> others = new ArrayList<>();
        for (byte[] bytes : prepared.committables()) {
            byte[] other = bytes.clone();
            ByteBuffer.wrap(other).putInt(1_000 + ByteBuffer.wrap(bytes).getInt());
            others.add(other);
        }
        return new OperatorCommittables(
                prepared.vertexId(),
                prepared.operatorIndex(),
                prepared.subtask(),
                prepared.checkpointId(),
                prepared.serializerVersion(),
                others);
    }

    /** A task that goes on and has nothing, as if its state had been written. */
    private static TaskSnapshot ofNothing(AttemptId attempt) {
        return new TaskSnapshot(
                attempt, false, List.of(), List.of(), List.of(), TaskSnapshot.Timing.NONE);
    }
}
