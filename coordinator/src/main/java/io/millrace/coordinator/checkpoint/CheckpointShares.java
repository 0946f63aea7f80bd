package io.millrace.coordinator.checkpoint;

import io.millrace.coordinator.ClusterView.CheckpointShare;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.checkpoint.TaskSnapshot.Timing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a checkpoint took of which tasks. Pure. */
final class CheckpointShares {
    private static final long NANOS_PER_MS = 1_000_000;

    private CheckpointShares() {}

    static CheckpointShare of(Collection<TaskSnapshot> snapshots) {
        long written = 0;
        long channels = 0;
        long alignment = 0;
        long turn = 0;
        long write = 0;
        boolean unaligned = false;
        for (TaskSnapshot snapshot : snapshots) {
            Timing timing = snapshot.timing();
            written += timing.writtenBytes();
            channels += timing.channelBytes();
            alignment = Math.max(alignment, timing.alignmentNanos());
            turn = Math.max(turn, timing.turnNanos());
            write = Math.max(write, timing.writeNanos());
            unaligned |= timing.unaligned();
        }
        return new CheckpointShare(
                snapshots.size(),
                written,
                channels,
                alignment / NANOS_PER_MS,
                turn / NANOS_PER_MS,
                write / NANOS_PER_MS,
                unaligned);
    }

    /** By the number of their vertex. */
    static SortedMap<Integer, CheckpointShare> byVertex(Collection<TaskSnapshot> snapshots) {
        SortedMap<Integer, List<TaskSnapshot>> groups = new TreeMap<>();
        for (TaskSnapshot snapshot : snapshots) {
            groups.computeIfAbsent(snapshot.attempt().vertexId(), id -> new ArrayList<>())
                    .add(snapshot);
        }
        SortedMap<Integer, CheckpointShare> shares = new TreeMap<>();
        groups.forEach((vertexId, own) -> shares.put(vertexId, of(own)));
        return shares;
    }
}
