package io.millrace.runtime.time;

import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.PieceChain;
import io.millrace.runtime.state.TableSegments;
import io.millrace.runtime.state.heap.Versions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An operator's timers as they were at a freeze, or what has changed in them since another one.
 * Made by the task, written by a snapshot thread.
 */
/* Leaves are in order of time, a checkpoint is in order of key groups: so timers are dealt out by key
 * group, a batch at a time, which bounds the memory. Each batch has its own segments. Those that were
 * removed come before those that were added.
 */
final class FrozenTimers implements FrozenState {
    private static final int BATCH = 1 << 20;
    private static final int UNIT = 4096;

    private final TimersSetup setup;
    private final Versions versions;
    private final int version;
    private final Consumer<TimerChanges.Stored> onWritten;
    private final PieceChain base; // null if all are written
    // Let go of when closed, by any thread; the one that writes has its own reference.
    private volatile List<List<Leaves>> times;

    /** The leaves of one domain; nulls at the end are none. */
    private record Leaves(TimeDomain domain, boolean removed, TimerLeaf[] leaves) {}

    /** One of them. */
    private record Run(TimeDomain domain, boolean removed, TimerLeaf leaf) {}

    private FrozenTimers(
            TimersSetup setup,
            Versions versions,
            int version,
            PieceChain base,
            List<List<Leaves>> times,
            Consumer<TimerChanges.Stored> onWritten) {
        this.setup = setup;
        this.versions = versions;
        this.version = version;
        this.base = base;
        this.times = List.copyOf(times);
        this.onWritten = onWritten;
    }

    /**
     * @param onWritten told, on the snapshot thread, what later checkpoints may refer to if this
     *     one is complete
     */
    static FrozenTimers whole(
            TimersSetup setup,
            Versions versions,
            int version,
            TimerTree eventTime,
            TimerTree processingTime,
            Consumer<TimerChanges.Stored> onWritten) {
        List<Leaves> all =
                List.of(
                        new Leaves(TimeDomain.EVENT_TIME, false, eventTime.leaves()),
                        new Leaves(TimeDomain.PROCESSING_TIME, false, processingTime.leaves()));
        return new FrozenTimers(setup, versions, version, null, List.of(all), onWritten);
    }

    /** The same of what has changed. */
    static FrozenTimers changes(
            TimersSetup setup,
            Versions versions,
            int version,
            TimerChanges.Since since,
            Consumer<TimerChanges.Stored> onWritten) {
        List<List<Leaves>> times = new ArrayList<>();
        for (TimerChanges.Span span : since.spans()) {
            List<Leaves> time = new ArrayList<>();
            for (TimeDomain domain : TimeDomain.values()) {
                time.add(new Leaves(domain, true, span.removed(domain).leaves()));
            }
            for (TimeDomain domain : TimeDomain.values()) {
                time.add(new Leaves(domain, false, span.added(domain).leaves()));
            }
            times.add(time);
        }
        return new FrozenTimers(setup, versions, version, since.base(), times, onWritten);
    }

    @Override
    public List<StatePart> writeTo(SegmentOutput out) throws IOException {
        List<List<Leaves>> frozen = times;
        if (frozen == null) {
            throw new IllegalStateException("freeze " + version + " is closed");
        }
        List<Piece> pieces = new ArrayList<>();
        long bytes = 0;
        for (List<Leaves> time : frozen) {
            bytes += write(time, out, pieces);
        }
        PieceChain chain = base == null ? PieceChain.whole(pieces, bytes) : base.and(pieces, bytes);
        onWritten.accept(new TimerChanges.Stored(chain, version));
        if (chain.pieces().isEmpty()) {
            return List.of();
        }
        return List.of(
                new StatePart(
                        StatePart.Kind.TIMERS,
                        setup.name(),
                        TimersForm.NAME,
                        setup.firstKeyGroup(),
                        setup.lastKeyGroup(),
                        0,
                        TimersForm.description(setup),
                        chain.pieces()));
    }

    private long write(List<Leaves> time, SegmentOutput out, List<Piece> pieces)
            throws IOException {
        long bytes = 0;
        List<Run> batch = new ArrayList<>();
        int timers = 0;
        for (Leaves each : time) {
            for (TimerLeaf leaf : each.leaves) {
                if (leaf == null) {
                    break;
                }
                batch.add(new Run(each.domain, each.removed, leaf));
                timers += leaf.size();
                if (timers >= BATCH) {
                    bytes += write(batch, timers, out, pieces);
                    batch.clear();
                    timers = 0;
                }
            }
        }
        return timers == 0 ? bytes : bytes + write(batch, timers, out, pieces);
    }

    /** Counts, then deals out: each timer's place in the batch's order of key groups. */
    private long write(List<Run> batch, int timers, SegmentOutput out, List<Piece> pieces)
            throws IOException {
        int groups = setup.lastKeyGroup() - setup.firstKeyGroup() + 1;
        int[] ends = new int[groups + 1];
        for (Run run : batch) {
            for (int i = 0; i < run.leaf.size(); i++) {
                ends[groupOf(run.leaf.hash(i)) + 1]++;
            }
        }
        for (int i = 0; i < groups; i++) {
            ends[i + 1] += ends[i];
        }
        int[] next = ends.clone();
        int[] runOf = new int[timers];
        int[] placeOf = new int[timers];
        for (int number = 0; number < batch.size(); number++) {
            TimerLeaf leaf = batch.get(number).leaf;
            for (int i = 0; i < leaf.size(); i++) {
                int at = next[groupOf(leaf.hash(i))]++;
                runOf[at] = number;
                placeOf[at] = i;
            }
        }
        TableSegments segments = new TableSegments(out);
        for (int group = 0; group < groups; group++) {
            for (int from = ends[group]; from < ends[group + 1]; from += UNIT) {
                int to = Math.min(from + UNIT, ends[group + 1]);
                BinaryWriter unit = segments.beginUnit(setup.firstKeyGroup() + group);
                int removed = 0;
                for (int at = from; at < to; at++) {
                    Run run = batch.get(runOf[at]);
                    int place = placeOf[at];
                    removed += run.removed ? 1 : 0;
                    TimersForm.writeRow(
                            setup,
                            run.domain,
                            run.leaf.time(place),
                            run.leaf.key(place),
                            run.leaf.namespace(place),
                            unit);
                }
                segments.endUnit(removed, to - from - removed);
            }
        }
        pieces.addAll(segments.finish());
        return segments.bytes();
    }

    private int groupOf(int hash) {
        return KeyGroups.group(hash, setup.maxParallelism()) - setup.firstKeyGroup();
    }

    @Override
    public void close() {
        times = null;
        versions.close(version);
    }
}
