package io.millrace.coordinator.job;

import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.plan.StoredReads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the stages of a batch job have written, and what follows from it for the order in which
 * regions run. Decides; changes no region. Confined to the coordinator's thread.
 *
 * <p>A region reads exactly the results that it was deployed with, so those of two attempts of one
 * producer never mix in a reader. They may differ between readers where the order of records
 * decides who gets them: {@link #affectedBy}.
 */
final class Stages {
    private static final Comparator<Key> ORDER =
            Comparator.comparingInt(Key::edgeId).thenComparingInt(Key::producer);

    /** Of so many writers it is looked where their results are; nobody has much of more. */
    private static final int MOST_WRITERS = 1_000;

    private final JobRegions regions;
    private final List<JobEdge> edges;
    private final TreeMap<Key, StoredResult> results = new TreeMap<>(ORDER);
    private final TreeMap<Integer, Integer> presentByEdge = new TreeMap<>();
    // How many results each worker has alone.
    private final TreeMap<String, Integer> holders = new TreeMap<>();
    // Of these, those that are not counted there.
    private final TreeSet<Key> spare = new TreeSet<>(ORDER);
    // Of edges that have been read.
    private final TreeMap<Integer, Long> bytesByEdge = new TreeMap<>();
    private final TreeMap<Key, Integer> losses = new TreeMap<>(ORDER);
    private final ReadThrough readThrough;
    private long lossCount;

    private record Key(int edgeId, int producer) {
        static Key of(ResultId id) {
            return new Key(id.edgeId(), id.producerSubtask());
        }
    }

    Stages(JobGraph graph, JobRegions regions) {
        this.regions = regions;
        this.edges = graph.edges().stream().filter(JobEdge::stored).toList();
        this.readThrough = new ReadThrough(regions, edges);
    }

    boolean exist() {
        return !edges.isEmpty();
    }

    // ---- results

    /**
     * A subtask has finished with these.
     *
     * @param service of the node that serves them, too; null if only the worker does
     */
    void onFinished(List<StoredResult> made, NodeService service) {
        for (StoredResult written : made) {
            StoredResult result = service == null ? written : written.servedBy(service);
            remove(Key.of(result.id()));
            results.put(Key.of(result.id()), result);
            presentByEdge.merge(result.id().edgeId(), 1, Integer::sum);
            count(result, 1);
        }
    }

    /** Whether this very result is still counted on. */
    boolean has(ResultId id) {
        StoredResult present = results.get(Key.of(id));
        return present != null && present.id().equals(id);
    }

    /**
     * A reader could not read it, although its worker is there.
     *
     * @return how often that has happened to results of this producer and edge
     */
    int onUnreadable(ResultId id) {
        remove(Key.of(id));
        return losses.merge(Key.of(id), 1, Integer::sum);
    }

    /** What only the worker had is gone. */
    void onWorkerLost(String workerId) {
        List<Key> gone = new ArrayList<>();
        results.forEach(
                (key, result) -> {
                    if (isOnlyAt(workerId, result)) {
                        gone.add(key);
                    }
                });
        gone.forEach(this::remove);
    }

    /** Of what only this worker had, only these are still there. */
    void keepOnly(String workerId, Set<ResultId> held) {
        List<Key> gone = new ArrayList<>();
        results.forEach(
                (key, result) -> {
                    if (isOnlyAt(workerId, result) && !held.contains(result.id())) {
                        gone.add(key);
                    }
                });
        gone.forEach(this::remove);
    }

    private void count(StoredResult result, int change) {
        if (result.node() == null) {
            holders.merge(
                    result.worker().workerId(),
                    change,
                    (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    private static boolean isOnlyAt(String workerId, StoredResult result) {
        return result.node() == null && result.worker().workerId().equals(workerId);
    }

    /** Whether a result would be gone with the worker. */
    boolean hasOnlyAt(String workerId) {
        return holders.containsKey(workerId);
    }

    /**
     * What the node's service had is gone, but for what its worker still has.
     *
     * @param isThere of a worker's id
     */
    void onNodeLost(String node, Predicate<String> isThere) {
        List<Key> gone = new ArrayList<>();
        results.replaceAll(
                (key, result) -> {
                    if (result.node() == null || !result.node().node().equals(node)) {
                        return result;
                    }
                    if (!isThere.test(result.worker().workerId())) {
                        gone.add(key);
                    }
                    StoredResult left = result.servedBy(null);
                    if (!spare.contains(key)) {
                        count(left, 1);
                    }
                    return left;
                });
        gone.forEach(this::remove);
    }

    /** The result as it is counted on; null if it is not. */
    StoredResult get(ResultId id) {
        return has(id) ? results.get(Key.of(id)) : null;
    }

    /** The workers that alone have results which are counted on. */
    Set<String> holders() {
        return Collections.unmodifiableSet(holders.keySet());
    }

    /** What a region wrote does not count any more: it runs again. */
    void forget(Region region) {
        for (JobEdge edge : edges) {
            region.runsIn(edge.sourceVertex())
                    .forEach(run -> remove(new Key(edge.id(), run.id().subtask())));
        }
    }

    private void remove(Key key) {
        StoredResult removed = results.remove(key);
        if (removed != null) {
            lossCount++;
            presentByEdge.merge(key.edgeId(), -1, Integer::sum);
            if (!spare.remove(key)) {
                count(removed, -1);
            }
        }
    }

    /** What a region reads of earlier stages; complete if it {@link #mayStart}. */
    List<ResultInput> inputsOf(Region region) {
        List<ResultInput> inputs = new ArrayList<>();
        forEachInput(
                region,
                edges,
                (edge, read) -> {
                    StoredResult result = results.get(new Key(edge.id(), read.producer()));
                    ResultSlice slice = result.slice(read.from(), read.to());
                    inputs.add(
                            new ResultInput(
                                    result.id(), result.worker(), List.of(slice), result.node()));
                });
        return inputs;
    }

    /** How often a result has gone; what is there for a region that may start changes only so. */
    long losses() {
        return lossCount;
    }

    /**
     * The bytes that a region reads of earlier stages, by the worker that has written them. Without
     * those of edges with very many writers, each of which has next to nothing for one reader.
     */
    Map<WorkerAddress, Long> bytesByWriter(Region region) {
        Map<WorkerAddress, Long> bytes = new LinkedHashMap<>();
        List<JobEdge> looked = edges.stream().filter(edge -> readsFew(region, edge)).toList();
        forEachInput(
                region,
                looked,
                (edge, read) -> {
                    StoredResult result = results.get(new Key(edge.id(), read.producer()));
                    bytes.merge(
                            result.worker(),
                            result.slice(read.from(), read.to()).bytes(),
                            Long::sum);
                });
        return bytes;
    }

    private boolean readsFew(Region region, JobEdge edge) {
        return region.vertexIds().contains(edge.targetVertex())
                && (edge.kind() == Partitioning.Kind.FORWARD
                        || edge.kind() == Partitioning.Kind.RESCALE
                        || regions.graph().vertex(edge.sourceVertex()).parallelism()
                                <= MOST_WRITERS);
    }

    /** Takes the results that no region is likely to read: see {@link ReadThrough}. */
    List<StoredResult> takeUnneeded() {
        List<StoredResult> unneeded = new ArrayList<>();
        for (JobEdge edge : edges) {
            if (presentByEdge.getOrDefault(edge.id(), 0) == 0) {
                continue;
            }
            List<Key> own = List.copyOf(ofEdge(edge).keySet());
            switch (readThrough.of(edge, () -> bytesOf(edge))) {
                case NEEDED -> own.forEach(key -> setSpare(key, false));
                case SPARE -> own.forEach(key -> setSpare(key, true));
                case NONE -> {
                    own.forEach(key -> unneeded.add(results.get(key)));
                    own.forEach(this::remove);
                }
            }
        }
        return unneeded;
    }

    private long bytesOf(JobEdge edge) {
        return bytesByEdge.computeIfAbsent(
                edge.id(),
                id -> ofEdge(edge).values().stream().mapToLong(StoredResult::bytes).sum());
    }

    /** No worker is kept for what is spare. */
    private void setSpare(Key key, boolean isSpare) {
        if (isSpare && spare.add(key)) {
            count(results.get(key), -1);
        } else if (!isSpare && spare.remove(key)) {
            count(results.get(key), 1);
        }
    }

    /** Forgets what is spare and only at workers that nothing else is known of. */
    void forgetSpare() {
        List<Key> gone =
                spare.stream()
                        .filter(key -> results.get(key).node() == null)
                        .filter(key -> !hasOnlyAt(results.get(key).worker().workerId()))
                        .toList();
        gone.forEach(this::remove);
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
                .allMatch(read -> results.containsKey(new Key(edge.id(), read.producer())));
    }

    /** Whether each writer's result is there. */
    private boolean isWhole(JobEdge edge) {
        return presentByEdge.getOrDefault(edge.id(), 0)
                == regions.graph().vertex(edge.sourceVertex()).parallelism();
    }

    /** Whether all that a vertex reads of earlier stages is there. */
    boolean haveAllFor(int vertexId) {
        return edges.stream()
                .filter(edge -> edge.targetVertex() == vertexId)
                .allMatch(this::isWhole);
    }

    /** The bytes of each range that is dealt out to a vertex, of all writers and edges. */
    long[] bytesByRange(JobVertex vertex) {
        return bytesByRange(vertex, edge -> true);
    }

    /** The bytes of each range of one input of a vertex. */
    long[] bytesByRange(JobVertex vertex, int input) {
        return bytesByRange(vertex, edge -> edge.targetInput() == input);
    }

    /** The bytes that each writer of an input, whose edge is by key, has made of a range. */
    long[] bytesByWriter(JobVertex vertex, int input, int range) {
        return edges.stream()
                .filter(edge -> edge.targetVertex() == vertex.id())
                .filter(edge -> edge.targetInput() == input)
                .flatMap(edge -> ofEdge(edge).values().stream())
                .mapToLong(result -> result.ranges().get(range).bytes())
                .toArray();
    }

    private long[] bytesByRange(JobVertex vertex, Predicate<JobEdge> counted) {
        long[] bytes = new long[vertex.ranges()];
        for (JobEdge edge : edges) {
            if (edge.targetVertex() != vertex.id()
                    || edge.kind() == Partitioning.Kind.BROADCAST
                    || !counted.test(edge)) {
                continue;
            }
            for (StoredResult result : ofEdge(edge).values()) {
                int range =
                        StoredReads.firstRange(
                                regions.graph(), edge, result.id().producerSubtask());
                for (StoredResult.Range each : result.ranges()) {
                    bytes[range++] += each.bytes();
                }
            }
        }
        return bytes;
    }

    private SortedMap<Key, StoredResult> ofEdge(JobEdge edge) {
        return results.subMap(new Key(edge.id(), 0), new Key(edge.id(), Integer.MAX_VALUE));
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
                        if (!results.containsKey(new Key(edge.id(), read.producer()))
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
        return finished > presentByEdge.getOrDefault(edge.id(), 0);
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
    private interface InputVisitor {
        void visit(JobEdge edge, StoredReads.Read read);
    }

    private void forEachInput(Region region, List<JobEdge> of, InputVisitor visitor) {
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
