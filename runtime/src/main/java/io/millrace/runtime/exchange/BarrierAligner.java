package io.millrace.runtime.exchange;

import io.millrace.runtime.chunk.ControlEvent.Barrier;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds a task's place in each checkpoint: the moment when what has been processed of every channel
 * is exactly what came before its barrier. Pure: hears of barriers, ends, triggers and aborts, and
 * says which channels must wait and when a cut is due. Confined to its task.
 *
 * <p>Channels are numbered over all gates of the task. A channel that has ended counts as having
 * shown the barrier of every later checkpoint. A task without channels is at the cut when it is
 * triggered.
 */
/* Barriers of one channel come with growing ids. If one is missing, the task before it had given that
 * checkpoint up, so it never completes: whoever sees a later barrier gives it up too.
 *
 * Exactly once: a channel that has shown a barrier waits. So it shows no later one before the cut, and at
 * most one checkpoint is half shown. At least once: nothing waits, and several are.
 *
 * Overtaking: channels are read ahead of what is processed, into a queue. The barrier is shown when it
 * is read; what is still queued then was before it and belongs to the snapshot. Without overtaking a cut
 * waits until nothing is queued.
 */
public final class BarrierAligner {
    /** Aborted checkpoints whose barriers may still come. Beyond that, old ones are forgotten. */
    private static final int MAX_ABORTED = 64;

    private final int channels;
    private final boolean exactlyOnce;
    private final BitSet overtakable;
    private final BitSet ended = new BitSet();
    private final BitSet ahead = new BitSet();
    private final NavigableMap<Long, Pending> pending = new TreeMap<>();
    private final NavigableSet<Long> aborted = new TreeSet<>();
    private final BitSet blocked = new BitSet();
    private long doneId = Long.MIN_VALUE;
    private Barrier due;
    private int releases;

    /** A checkpoint that has begun here. */
    private static final class Pending {
        private final Barrier barrier;
        private final BitSet shown = new BitSet();
        private boolean overtaking;

        Pending(Barrier barrier) {
            this.barrier = barrier;
        }
    }

    /**
     * @param exactlyOnce whether channels wait behind their barriers
     * @param overtakable channels whose records may become part of a snapshot
     */
    public BarrierAligner(int channels, boolean exactlyOnce, BitSet overtakable) {
        this.channels = channels;
        this.exactlyOnce = exactlyOnce;
        this.overtakable = (BitSet) overtakable.clone();
    }

    /** The same place in the same checkpoints. */
    BarrierAligner(BarrierAligner other) {
        this(other.channels, other.exactlyOnce, other.overtakable);
        ended.or(other.ended);
        ahead.or(other.ahead);
        aborted.addAll(other.aborted);
        doneId = other.doneId;
        other.pending.forEach(
                (id, each) -> {
                    Pending copy = new Pending(each.barrier);
                    copy.shown.or(each.shown);
                    copy.overtaking = each.overtaking;
                    pending.put(id, copy);
                });
        settle();
    }

    /** Exactly once, and nothing is overtaken. */
    public static BarrierAligner aligned(int channels) {
        return new BarrierAligner(channels, true, new BitSet());
    }

    /** A channel has come to a barrier. */
    public void onBarrier(int channel, Barrier barrier) {
        long id = barrier.checkpointId();
        if (isOver(id) || giveUpIfSkipped(id)) {
            return;
        }
        Pending shown = pending.computeIfAbsent(id, i -> new Pending(barrier));
        shown.shown.set(channel);
        giveUpSkipped(channel, id);
        settle();
    }

    /** A checkpoint that comes after a channel has shown the barrier of a later one. */
    private boolean giveUpIfSkipped(long id) {
        if (pending.containsKey(id)) {
            return false; // it would have been given up then
        }
        for (Pending later : pending.tailMap(id, false).values()) {
            if (!later.shown.isEmpty()) {
                markAborted(id);
                return true;
            }
        }
        return false;
    }

    private void giveUpSkipped(int channel, long id) {
        Iterator<Map.Entry<Long, Pending>> lower = pending.headMap(id).entrySet().iterator();
        while (lower.hasNext()) {
            Map.Entry<Long, Pending> each = lower.next();
            if (!each.getValue().shown.get(channel)) {
                lower.remove();
                markAborted(each.getKey());
            }
        }
    }

    /** A channel has come to its end. */
    public void onEnd(int channel) {
        ended.set(channel);
        settle();
    }

    /** The worker was told to take this checkpoint. */
    public void onTrigger(Barrier trigger) {
        long id = trigger.checkpointId();
        if (!isOver(id) && !giveUpIfSkipped(id)) {
            pending.computeIfAbsent(id, i -> new Pending(trigger));
            settle();
        }
    }

    /** The checkpoint will never be complete. */
    public void onAbort(long checkpointId) {
        if (!isOver(checkpointId)) {
            pending.remove(checkpointId);
            markAborted(checkpointId);
            settle();
        }
    }

    private void markAborted(long id) {
        aborted.add(id);
        if (aborted.size() > MAX_ABORTED) {
            doneUpTo(aborted.first());
        }
    }

    private void doneUpTo(long id) {
        doneId = Math.max(doneId, id);
        pending.headMap(doneId, true).clear();
        aborted.headSet(doneId, true).clear();
    }

    private boolean isOver(long id) {
        return id <= doneId || aborted.contains(id);
    }

    /** This checkpoint, and any before it, has waited long enough: records are overtaken. */
    public void overtake(long checkpointId) {
        if (exactlyOnce) {
            pending.headMap(checkpointId, true).values().forEach(late -> late.overtaking = true);
            settle();
        }
    }

    /** Whether something that was read of the channel waits to be processed. */
    public void onAhead(int channel, boolean waits) {
        if (ahead.get(channel) != waits) {
            ahead.set(channel, waits);
            if (!pending.isEmpty()) {
                settle();
            }
        }
    }

    /** Whether the channel must not be read on: it has shown the barrier of a checkpoint. */
    public boolean isBlocked(int channel) {
        return blocked.get(channel);
    }

    /** Whether the oldest checkpoint waits for a barrier of the channel. */
    public boolean awaits(int channel) {
        return !pending.isEmpty()
                && !ended.get(channel)
                && !pending.firstEntry().getValue().shown.get(channel);
    }

    /** Whether the channel is to be read ahead of what is processed. */
    public boolean isReadAhead(int channel) {
        if (ended.get(channel) || blocked.get(channel) || !overtakable.get(channel)) {
            return false;
        }
        for (Pending each : pending.values()) {
            if (each.overtaking && !each.shown.get(channel)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any checkpoint overtakes now. */
    public boolean isOvertaking() {
        for (Pending each : pending.values()) {
            if (each.overtaking) {
                return true;
            }
        }
        return false;
    }

    /** The checkpoint at whose cut the task is now; null if it is at none. */
    public Barrier due() {
        return due;
    }

    /** Whether the one that is {@link #due} takes queued records with it. */
    public boolean isDueOvertaking() {
        return due != null && pending.get(due.checkpointId()).overtaking;
    }

    /** The cut that was due is made: channels go on. */
    public void onCut() {
        doneUpTo(due.checkpointId());
        settle();
    }

    /** Changes whenever channels that waited may be read on. */
    public int releases() {
        return releases;
    }

    /** Whether a checkpoint has begun here and is not at its cut. */
    public boolean isWaiting() {
        return !pending.isEmpty();
    }

    /** The oldest checkpoint that has begun here and is not at its cut; null if there is none. */
    public Barrier oldest() {
        return pending.isEmpty() ? null : pending.firstEntry().getValue().barrier;
    }

    /** Whether some channels have shown a barrier that others have not. */
    public boolean isHalfShown() {
        for (Pending each : pending.values()) {
            if (!each.shown.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void settle() {
        BitSet before = (BitSet) blocked.clone();
        blocked.clear();
        due = null;
        for (Pending each : pending.values()) {
            if (exactlyOnce) {
                blocked.or(each.shown);
            }
            if (due == null && isAtCut(each)) {
                due = each.barrier;
            }
        }
        before.andNot(blocked);
        if (!before.isEmpty()) {
            releases++;
        }
    }

    private boolean isAtCut(Pending checkpoint) {
        for (int channel = 0; channel < channels; channel++) {
            if (!checkpoint.shown.get(channel) && !ended.get(channel)) {
                return false;
            }
            boolean takenAlong = checkpoint.overtaking && overtakable.get(channel);
            if (ahead.get(channel) && !takenAlong) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("done " + doneId + " aborted " + aborted);
        text.append(" ended ").append(ended).append(" ahead ").append(ahead);
        pending.forEach(
                (id, each) ->
                        text.append(each.overtaking ? " overtaking " : " ")
                                .append(id)
                                .append(each.shown));
        return text.toString();
    }
}
