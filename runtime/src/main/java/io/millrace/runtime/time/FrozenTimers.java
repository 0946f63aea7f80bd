package io.millrace.runtime.time;

import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.TableSegments;
import io.millrace.runtime.state.heap.Versions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator's timers as they were at a freeze. Made by the task, written by a snapshot thread.
 */
/* Leaves are in order of time, a checkpoint is in order of key groups: so timers are dealt out by key
 * group, a batch at a time, which bounds the memory. Each batch has its own segments.
 */
final class FrozenTimers implements FrozenState {
    private static final int BATCH = 1 << 20;
    private static final int UNIT = 4096;

    private final TimersSetup setup;
    private final Versions versions;
    private final int version;
    // Let go of when closed, by any thread; the one that writes has its own reference.
    private volatile List<Leaves> domains;

    /** The leaves of one domain. */
    private record Leaves(TimeDomain domain, TimerLeaf[] leaves) {}

    FrozenTimers(
            TimersSetup setup,
            Versions versions,
            int version,
            TimerLeaf[] eventTime,
            TimerLeaf[] processingTime) {
        this.setup = setup;
        this.versions = versions;
        this.version = version;
        this.domains =
                List.of(
                        new Leaves(TimeDomain.EVENT_TIME, eventTime),
                        new Leaves(TimeDomain.PROCESSING_TIME, processingTime));
    }

    @Override
    public List<StatePart> writeTo(SegmentOutput out) throws IOException {
        List<Leaves> frozen = domains;
        if (frozen == null) {
            throw new IllegalStateException("freeze " + version + " is closed");
        }
        List<Piece> pieces = new ArrayList<>();
        for (Leaves each : frozen) {
            List<TimerLeaf> batch = new ArrayList<>();
            int timers = 0;
            for (TimerLeaf leaf : each.leaves) {
                if (leaf == null) {
                    break;
                }
                batch.add(leaf);
                timers += leaf.size();
                if (timers >= BATCH) {
                    pieces.addAll(write(each.domain, batch, timers, out));
                    batch.clear();
                    timers = 0;
                }
            }
            if (timers > 0) {
                pieces.addAll(write(each.domain, batch, timers, out));
            }
        }
        if (pieces.isEmpty()) {
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
                        pieces));
    }

    /** Counts, then deals out: each timer's place in the batch's order of key groups. */
    private List<Piece> write(
            TimeDomain domain, List<TimerLeaf> batch, int timers, SegmentOutput out)
            throws IOException {
        int groups = setup.lastKeyGroup() - setup.firstKeyGroup() + 1;
        int[] ends = new int[groups + 1];
        for (TimerLeaf leaf : batch) {
            for (int i = 0; i < leaf.size(); i++) {
                ends[groupOf(leaf.hash(i)) + 1]++;
            }
        }
        for (int i = 0; i < groups; i++) {
            ends[i + 1] += ends[i];
        }
        int[] next = ends.clone();
        int[] leafOf = new int[timers];
        int[] placeOf = new int[timers];
        for (int number = 0; number < batch.size(); number++) {
            TimerLeaf leaf = batch.get(number);
            for (int i = 0; i < leaf.size(); i++) {
                int at = next[groupOf(leaf.hash(i))]++;
                leafOf[at] = number;
                placeOf[at] = i;
            }
        }
        TableSegments segments = new TableSegments(out);
        for (int group = 0; group < groups; group++) {
            for (int from = ends[group]; from < ends[group + 1]; from += UNIT) {
                int to = Math.min(from + UNIT, ends[group + 1]);
                BinaryWriter unit = segments.beginUnit(setup.firstKeyGroup() + group);
                for (int at = from; at < to; at++) {
                    TimerLeaf leaf = batch.get(leafOf[at]);
                    int place = placeOf[at];
                    TimersForm.writeRow(
                            setup,
                            domain,
                            leaf.time(place),
                            leaf.key(place),
                            leaf.namespace(place),
                            unit);
                }
                segments.endUnit(0, to - from);
            }
        }
        return segments.finish();
    }

    private int groupOf(int hash) {
        return KeyGroups.group(hash, setup.maxParallelism()) - setup.firstKeyGroup();
    }

    @Override
    public void close() {
        domains = null;
        versions.close(version);
    }
}
