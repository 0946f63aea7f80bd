package io.millrace.runtime.task;

import io.millrace.api.fault.FaultPoint;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.OperatorSnapshot;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.ToWorker.TriggerCheckpoint;
import io.millrace.runtime.plan.AttemptId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one worker has of one checkpoint. Confined to the snapshot thread. */
final class WorkerSnapshot {
    private final long checkpointId;
    private final Map<AttemptId, TaskSnapshot> tasks = new LinkedHashMap<>();
    // What came before the trigger.
    private final Map<AttemptId, TaskCut> early = new LinkedHashMap<>();
    private Set<AttemptId> awaited; // null before the trigger
    private SegmentFile file; // null before the trigger
    private ShareWriting share; // null unless it becomes tables
    private boolean writesShare; // until its end, which another thread tells

    WorkerSnapshot(long checkpointId) {
        this.checkpointId = checkpointId;
    }

    long checkpointId() {
        return checkpointId;
    }

    /** The trigger has come; writes what was there before. */
    void begin(TriggerCheckpoint trigger, SegmentFile into) throws IOException {
        awaited = new HashSet<>(trigger.tasks());
        file = into;
        for (AttemptId attempt : List.copyOf(early.keySet())) {
            add(attempt, early.remove(attempt));
        }
    }

    /** The same of a savepoint of tables. */
    void begin(TriggerCheckpoint trigger, ShareWriting tables) throws IOException {
        share = tables;
        begin(trigger, tables.file());
    }

    boolean awaits(AttemptId attempt) {
        return awaited != null && awaited.contains(attempt);
    }

    /** Takes the cut over and writes it, if the trigger has come; else it waits for that. */
    void add(AttemptId attempt, TaskCut cut) throws IOException {
        if (awaited == null) {
            early.put(attempt, cut);
            return;
        }
        try (cut) {
            if (awaited.remove(attempt)) {
                tasks.put(attempt, write(attempt, cut));
            }
        }
    }

    void addFinished(AttemptId attempt) {
        awaited.remove(attempt);
        tasks.put(attempt, TaskSnapshot.ofFinished(attempt));
    }

    private TaskSnapshot write(AttemptId attempt, TaskCut cut) throws IOException {
        FaultPoint.SNAPSHOT_TAKEN.hit();
        if (!cut.committables().isEmpty()) {
            FaultPoint.SNAPSHOT_SINK_PREPARED.hit();
        }
        long beganNanos = System.nanoTime();
        long lengthBefore = length();
        List<StatePart> channels = new ArrayList<>();
        for (FrozenState frozen : cut.channels()) {
            channels.addAll(frozen.writeTo(file));
            FaultPoint.SNAPSHOT_CHANNELS_HALF_WRITTEN.hit();
        }
        long channelBytes = length() - lengthBefore;
        List<OperatorSnapshot> operators = new ArrayList<>();
        for (TaskCut.OperatorCut operator : cut.operators()) {
            List<StatePart> parts = new ArrayList<>(operator.parts());
            SegmentOutput out = outputOf(attempt, operator.operatorIndex());
            for (FrozenState frozen : operator.frozen()) {
                parts.addAll(frozen.writeTo(out));
                FaultPoint.SNAPSHOT_HALF_WRITTEN.hit();
            }
            operators.add(new OperatorSnapshot(operator.operatorIndex(), parts));
        }
        return new TaskSnapshot(
                attempt,
                false,
                operators,
                channels,
                cut.committables(),
                new TaskSnapshot.Timing(
                        cut.alignmentNanos(),
                        cut.turnNanos(),
                        System.nanoTime() - beganNanos,
                        length() - lengthBefore,
                        channelBytes,
                        cut.unaligned()));
    }

    private SegmentOutput outputOf(AttemptId attempt, int operatorIndex) {
        return share == null ? file : share.outputOf(file, attempt, operatorIndex);
    }

    /** Of what was written so far. */
    private long length() {
        return file.length() + (share == null ? 0 : share.passedBytes());
    }

    /** Whether every task of the trigger has answered. */
    boolean isWhole() {
        return awaited != null && awaited.isEmpty();
    }

    List<TaskSnapshot> tasks() {
        return List.copyOf(tasks.values());
    }

    /** Makes the file durable, or gives what is too little for one; empty if there is nothing. */
    Optional<StoredFile> finish() throws IOException {
        try (SegmentFile whole = file) {
            return whole.finish();
        }
    }

    /** Who makes tables of it; null if nobody does. */
    ShareWriting share() {
        return share;
    }

    /** Another thread has the file from here on. */
    void beginWritingShare() {
        writesShare = true;
    }

    boolean isWritingShare() {
        return writesShare;
    }

    /** Nobody wants it any more: what is frozen goes, and the file. */
    void drop() {
        early.values().forEach(TaskCut::close);
        early.clear();
        if (file != null) {
            file.close();
        }
        if (share != null && !writesShare) {
            share.drop();
        }
    }
}
