package io.millrace.coordinator.job;

import io.millrace.runtime.plan.JobEdge;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Which results of stages nobody is likely to read again. Decides; changes nothing. Confined to the
 * coordinator's thread.
 *
 * <p>A result is read again if what its readers wrote is lost. So those of an edge go when its
 * readers and the readers of those have finished: a lost worker then costs two stages at most, and
 * disks hold no more than they must. Small ones stay until everything behind has finished. They
 * cost next to nothing, and what made them may have been large: a sample of all records, whose
 * writers would have to read everything again for the sake of a few keys.
 */
final class ReadThrough {
    /** What an edge may have in all results together to be small. */
    static final long SMALL_BYTES = 16 << 20;

    private final JobRegions regions;
    private final List<JobEdge> edges;

    /**
     * @param edges that are stored
     */
    ReadThrough(JobRegions regions, List<JobEdge> edges) {
        this.regions = regions;
        this.edges = edges;
    }

    /** What becomes of an edge's results. */
    enum Need {
        /** Somebody reads them, or may have to. */
        NEEDED,
        /** They would be read again if two stages were lost; no worker is kept for them. */
        SPARE,
        /** They can go. */
        NONE
    }

    /**
     * @param bytes of all results of the edge; asked when all were there
     */
    Need of(JobEdge edge, LongSupplier bytes) {
        if (!isOver(edge)) {
            return Need.NEEDED;
        }
        return isAllOverBehind(edge.targetVertex()) || bytes.getAsLong() > SMALL_BYTES
                ? Need.NONE
                : Need.SPARE;
    }

    private boolean isOver(JobEdge edge) {
        return regions.haveFinished(edge.targetVertex())
                && edges.stream()
                        .filter(next -> next.sourceVertex() == edge.targetVertex())
                        .allMatch(next -> regions.haveFinished(next.targetVertex()));
    }

    private boolean isAllOverBehind(int vertexId) {
        Set<Integer> seen = new TreeSet<>();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.add(vertexId);
        while (!open.isEmpty()) {
            int vertex = open.remove();
            if (!regions.haveFinished(vertex)) {
                return false;
            }
            edges.stream()
                    .filter(next -> next.sourceVertex() == vertex)
                    .map(JobEdge::targetVertex)
                    .filter(seen::add)
                    .forEach(open::add);
        }
        return true;
    }
}
