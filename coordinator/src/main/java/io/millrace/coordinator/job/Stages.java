package io.millrace.coordinator.job;

import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.StoredReads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which the regions of a batch job run, as it follows from the results that its stages
 * have written: which may start, which have to run again. Decides; changes no region. Confined to
 * the coordinator's thread.
 *
 * <p>A region reads exactly the results that it was deployed with, so those of two attempts of one
 * producer never mix in a reader. They may differ between readers where the order of records
 * decides who gets them: {@link #affectedBy}.
 */
final class Stages {
    private final JobRegions regions;
    private final List<JobEdge> edges;
    private final StageResults results;
    private final ReadThrough readThrough;

    /**
     * @param edges the stored edges of the job
     * @param results what they have
     */
    Stages(List<JobEdge> edges, JobRegions regions, StageResults results) {
        this.edges = edges;
        this.regions = regions;
        this.results = results;
        this.readThrough = new ReadThrough(regions, edges);
    }

    boolean exist() {
        return !edges.isEmpty();
    }

    /** Those that are stored. */
    List<JobEdge> edges() {
        return edges;
    }

    /** What a region reads of earlier stages; complete if it {@link #mayStart}. */
    List<ResultInput> inputsOf(Region region) {
        List<ResultInput> inputs = new ArrayList<>();
        forEachInput(
                region,
                edges,
                (edge, read) -> {
                    StoredResult result = results.of(edge, read.producer());
                    ResultSlice slice = result.slice(read.from(), read.to());
                    inputs.add(
                            new ResultInput(
                                    result.id(), result.worker(), List.of(slice), result.node()));
                });
        return inputs;
    }

    /** Takes the results that no region is likely to read: see {@link ReadThrough}. */
    List<StoredResult> takeUnneeded() {
        List<StoredResult> unneeded = new ArrayList<>();
        for (JobEdge edge : edges) {
            if (results.countOf(edge) == 0) {
                continue;
            }
            switch (readThrough.of(edge, () -> results.bytesOf(edge))) {
                case NEEDED -> results.setSpare(edge, false);
                case SPARE -> results.setSpare(edge, true);
                case NONE -> unneeded.addAll(results.take(edge));
            }
        }
        return unneeded;
    }

    // ---- the order of regions

    /** Whether all that the region reads of earlier stages is there. */
    boolean mayStart(Region region) {
        return edges.stream().allMatch(edge -> hasAll(region, edge));
    }

    private boolean hasAll(Region region, JobEdge edge) {
        if (!region.vertexIds().contains(edge.targetVertex())) {
            return true;
        }
        if (regions.graph().vertex(edge.targetVertex()).isUndecided()) {
            return false;
        }
        if (isWhole(edge)) {
            return true;
        }
        if (edge.kind() != Partitioning.Kind.FORWARD && edge.kind() != Partitioning.Kind.RESCALE) {
            return false; // who reads it, reads all
        }
        return region.runsIn(edge.targetVertex()).stream()
                .flatMap(run -> StoredReads.of(regions.graph(), edge, run.id().subtask()).stream())
                .allMatch(read -> results.hasOf(edge, read.producer()));
    }

    /** Whether each writer's result is there. */
    private boolean isWhole(JobEdge edge) {
        return results.countOf(edge) == regions.graph().vertex(edge.sourceVertex()).parallelism();
    }

    /** Whether all that a vertex reads of earlier stages is there. */
    boolean haveAllFor(int vertexId) {
        return edges.stream()
                .filter(edge -> edge.targetVertex() == vertexId)
                .allMatch(this::isWhole);
    }

    /** The regions that have finished and have to run again, for those that wait. */
    Set<Region> toRunAgain(Collection<Region> waiting) {
        Set<Region> again = new LinkedHashSet<>();
        List<JobEdge> lacking = edges.stream().filter(this::hasLost).toList();
        if (lacking.isEmpty()) { // as after nearly every event
            return again;
        }
        ArrayDeque<Region> open = new ArrayDeque<>(waiting);
        while (!open.isEmpty()) {
            Region reader = open.remove();
            if (mayStart(reader)) {
                continue;
            }
            forEachInput(
                    reader,
                    lacking,
                    (edge, read) -> {
                        Region writer = regions.of(edge.sourceVertex(), read.producer());
                        if (!results.hasOf(edge, read.producer())
                                && writer.phase() == Region.Phase.FINISHED
                                && again.add(writer)) {
                            open.add(writer);
                        }
                    });
        }
        return again;
    }

    /** Whether a writer of the edge has finished without a result that is counted on. */
    private boolean hasLost(JobEdge edge) {
        long finished =
                regions.of(edge.sourceVertex()).stream()
                        .filter(region -> region.phase() == Region.Phase.FINISHED)
                        .mapToLong(region -> region.runsIn(edge.sourceVertex()).size())
                        .sum();
        return finished > results.countOf(edge);
    }

    /**
     * The regions that have to begin anew because these do: readers that have taken something of an
     * earlier attempt, where another attempt gives its records to other readers.
     *
     * @param sameRecords whether the new attempts of these write the records of the old ones, in
     *     whatever order
     */
    /* Regions that begin anew or wait anyway are passed through: what they read differs from what
     * they read before, so what they write does, too, and readers of that may have finished. */
    Set<Region> affectedBy(Collection<Region> begun, boolean sameRecords) {
        Set<Region> reached = new LinkedHashSet<>();
        ArrayDeque<Region> open = new ArrayDeque<>();
        begun.forEach(writer -> addReaders(writer, sameRecords, reached, open));
        while (!open.isEmpty()) {
            addReaders(open.remove(), false, reached, open);
        }
        reached.removeIf(region -> region.phase() == Region.Phase.WAITING);
        reached.removeAll(Set.copyOf(begun));
        return reached;
    }

    private void addReaders(
            Region writer, boolean sameRecords, Set<Region> reached, Collection<Region> open) {
        for (JobEdge edge : edges) {
            if (writer.vertexIds().contains(edge.sourceVertex())
                    && readersDependOnAttempt(edge, sameRecords)) {
                readersOf(edge, writer).stream().filter(reached::add).forEach(open::add);
            }
        }
    }

    private Set<Region> readersOf(JobEdge edge, Region writer) {
        Set<Region> readers = new LinkedHashSet<>();
        for (SubtaskRun run : writer.runsOf(edge.sourceVertex())) {
            for (int consumer : StoredReads.readersOf(regions.graph(), edge, run.id().subtask())) {
                readers.add(regions.of(edge.targetVertex(), consumer));
            }
        }
        return readers;
    }

    /**
     * Whether it depends on the attempts of the writers which reader gets a record. By key it does
     * not: all writers together have the same records, wherever each of them got its own; unless
     * several readers share a range, each of which reads of some writers only.
     */
    private boolean readersDependOnAttempt(JobEdge edge, boolean sameRecords) {
        return switch (edge.kind()) {
            case REBALANCE, RESCALE, SHUFFLE -> true;
            case FORWARD -> !sameRecords;
            case KEY_GROUP ->
                    !sameRecords
                            && regions.graph()
                                    .vertex(edge.targetVertex())
                                    .isCut(edge.targetInput());
            case BROADCAST, GLOBAL, CUSTOM -> false;
        };
    }

    /** What is read: ranges of a producer's result. */
    interface InputVisitor {
        void visit(JobEdge edge, StoredReads.Read read);
    }

    /** Visits what the subtasks of a region read of these edges. */
    void forEachInput(Region region, List<JobEdge> of, InputVisitor visitor) {
        for (JobEdge edge : of) {
            for (SubtaskRun run : region.runsIn(edge.targetVertex())) {
                for (StoredReads.Read read :
                        StoredReads.of(regions.graph(), edge, run.id().subtask())) {
                    visitor.visit(edge, read);
                }
            }
        }
    }
}
