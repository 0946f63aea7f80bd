package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.OperatorSnapshot;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Gathers the snapshots of a worker's tasks: one file and one answer for each checkpoint. */
final class WorkerSnapshots {
    private final Simulation world;
    private final SimulatedWorker worker;
    private final TreeMap<String, ToWorker.TriggerCheckpoint> triggers = new TreeMap<>();
    private final TreeMap<String, TreeMap<String, Taken>> taken = new TreeMap<>();
    private final TreeMap<String, Long> heard = new TreeMap<>();
    private boolean declines;

    private record Taken(
            StreamTask task, Map<String, byte[]> state, List<OperatorCommittables> prepared) {}

    WorkerSnapshots(Simulation world, SimulatedWorker worker) {
        this.world = world;
        this.worker = worker;
    }

    void declineNext() {
        declines = true;
    }

    private static String key(String job, long checkpointId) {
        return job + "/" + checkpointId;
    }

    void onTrigger(ToWorker.TriggerCheckpoint trigger) {
        triggers.put(key(trigger.jobId().hex(), trigger.checkpointId()), trigger);
        for (AttemptId attempt : trigger.tasks()) {
            if (worker.task(attempt) instanceof StreamTask task) {
                task.onTrigger(trigger.checkpointId(), trigger.purpose());
            }
        }
        answerIfComplete(trigger);
    }

    void onSnapshot(
            StreamTask task,
            long checkpointId,
            Map<String, byte[]> state,
            List<OperatorCommittables> prepared) {
        String key = key(task.id().jobId().hex(), checkpointId);
        taken.computeIfAbsent(key, k -> new TreeMap<>())
                .put(task.id().toString(), new Taken(task, state, prepared));
        ToWorker.TriggerCheckpoint trigger = triggers.get(key);
        if (trigger != null) {
            answerIfComplete(trigger);
        }
    }

    void onFinished(StreamTask task) {
        for (ToWorker.TriggerCheckpoint trigger : List.copyOf(triggers.values())) {
            if (trigger.tasks().contains(task.id())) {
                answerIfComplete(trigger);
            }
        }
    }

    void onEnded(ToWorker.CheckpointEnded ended) {
        String key = key(ended.jobId().hex(), ended.checkpointId());
        long before = heard.getOrDefault(ended.jobId().hex(), 0L);
        if (ended.checkpointId() < before) {
            world.saw(Sighting.NOTIFICATIONS_CAME_REORDERED);
        }
        heard.put(ended.jobId().hex(), Math.max(before, ended.checkpointId()));
        triggers.remove(key);
        taken.remove(key);
        worker.streamTasks(ended.jobId())
                .forEach(task -> task.onCheckpointEnded(ended.checkpointId(), ended.complete()));
    }

    private void answerIfComplete(ToWorker.TriggerCheckpoint trigger) {
        String key = key(trigger.jobId().hex(), trigger.checkpointId());
        Map<String, Taken> here = taken.getOrDefault(key, new TreeMap<>());
        for (AttemptId attempt : trigger.tasks()) {
            SimulatedTask task = worker.task(attempt);
            if (task == null || !here.containsKey(attempt.toString()) && isGone(task)) {
                decline(trigger, attempt);
                return;
            }
            if (!here.containsKey(attempt.toString()) && task.state() != TaskState.FINISHED) {
                return;
            }
        }
        triggers.remove(key);
        taken.remove(key);
        if (declines) {
            declines = false;
            decline(trigger, null);
            return;
        }
        world.agenda()
                .after(
                        world.dice().between(1, world.dice().percent(10) ? 6_000 : 300),
                        () -> worker.act(() -> write(trigger, here)));
    }

    private static boolean isGone(SimulatedTask task) {
        return task.state() != TaskState.FINISHED && !task.isWorking();
    }

    private void decline(ToWorker.TriggerCheckpoint trigger, AttemptId attempt) {
        triggers.remove(key(trigger.jobId().hex(), trigger.checkpointId()));
        worker.tell(
                new ToCoordinator.CheckpointDeclined(
                        trigger.jobId(),
                        trigger.checkpointId(),
                        attempt,
                        new FailureReport(
                                ErrorCode.STORAGE_FAILED, "the disk is full.", "", null)));
    }

    private void write(ToWorker.TriggerCheckpoint trigger, Map<String, Taken> here) {
        String file =
                CheckpointDirectory.segmentFile(
                        trigger.directoryNumber(), trigger.checkpointId(), worker.id());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<TaskSnapshot> snapshots = new ArrayList<>();
        for (AttemptId attempt : trigger.tasks()) {
            Taken one = here.get(attempt.toString());
            snapshots.add(
                    one == null
                            ? TaskSnapshot.ofFinished(attempt)
                            : snapshot(trigger, one, file, bytes));
        }
        StoredFile stored = bytes.size() > 0 ? store(trigger, file, bytes.toByteArray()) : null;
        here.values().forEach(one -> one.task().knows(stored));
        ToCoordinator.CheckpointAcked ack =
                new ToCoordinator.CheckpointAcked(
                        trigger.jobId(), trigger.checkpointId(), snapshots, stored);
        worker.tell(ack);
        if (world.dice().percent(8)) {
            int echoMs = world.dice().between(1, 3_000);
            world.agenda().after(echoMs, () -> worker.act(() -> worker.tell(ack)));
        }
    }

    /** A third of what may lie in a manifest does. */
    private StoredFile store(ToWorker.TriggerCheckpoint trigger, String file, byte[] bytes) {
        if (trigger.checkpointId() % 3 == 0 && bytes.length <= trigger.mostInManifestBytes()) {
            world.saw(Sighting.STATE_LAY_IN_A_MANIFEST);
            return new StoredFile(file, bytes.length, bytes);
        }
        if (trigger.savepoint() == null) {
            world.storage().writeSegments(trigger.jobId(), file, bytes);
        } else {
            world.savepoints().writeSegments(trigger.savepoint().path(), file, bytes);
        }
        return new StoredFile(file, bytes.length);
    }

    private TaskSnapshot snapshot(
            ToWorker.TriggerCheckpoint trigger,
            Taken one,
            String file,
            ByteArrayOutputStream bytes) {
        boolean whole = trigger.checkpointKind() == CheckpointKind.FULL;
        Map<String, StatePart> parts = new TreeMap<>();
        one.state()
                .forEach(
                        (name, content) -> {
                            StatePart same = whole ? null : one.task().unchanged(name, content);
                            if (same != null) {
                                world.saw(Sighting.STATE_SHARED_WITH_AN_EARLIER_CHECKPOINT);
                            }
                            parts.put(
                                    name,
                                    same != null
                                            ? same
                                            : part(one.task(), name, content, file, bytes));
                        });
        if (trigger.savepoint() == null) { // nothing is ever built on a savepoint
            one.task().stored(trigger.checkpointId(), parts);
        }
        return new TaskSnapshot(
                one.task().id(),
                false,
                List.of(new OperatorSnapshot(0, List.copyOf(parts.values()))),
                List.of(),
                one.prepared(),
                TaskSnapshot.Timing.NONE);
    }

    private static StatePart part(
            StreamTask task, String name, byte[] content, String file, ByteArrayOutputStream out) {
        List<Piece> pieces = List.of();
        boolean keyed = task.kindOf(name) == StatePart.Kind.KEYED;
        if (content.length > 0) {
            CRC32C crc = new CRC32C();
            crc.update(content);
            pieces =
                    List.of(
                            new Piece.Stored(
                                    new SegmentRef(
                                            file, out.size(), content.length, (int) crc.getValue()),
                                    keyed ? task.firstKeyGroup() : 0,
                                    keyed ? task.lastKeyGroup() : 0));
            out.writeBytes(content);
        }
        return new StatePart(
                task.kindOf(name),
                name,
                "toy/1",
                keyed ? task.firstKeyGroup() : 0,
                keyed ? task.lastKeyGroup() : -1,
                keyed ? 0 : content.length / 8,
                new byte[0],
                pieces);
    }
}
