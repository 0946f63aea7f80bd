package io.millrace.coordinator.job;

import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The results that the stages of a batch job have written and that are counted on, and where they
 * are: with their worker alone, or with the service of its node, too. Confined to the coordinator's
 * thread.
 */
final class StageResults {
    private static final Comparator<Key> ORDER =
            Comparator.comparingInt(Key::edgeId).thenComparingInt(Key::producer);

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
    private long lossCount;

    private record Key(int edgeId, int producer) {
        static Key of(ResultId id) {
            return new Key(id.edgeId(), id.producerSubtask());
        }
    }

    /**
     * @param edges the stored edges of the job
     */
    StageResults(List<JobEdge> edges) {
        this.edges = edges;
    }

    // ---- what comes and goes

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

    /** No worker is kept for those of an edge that are spare. */
    void setSpare(JobEdge edge, boolean areSpare) {
        List.copyOf(ofEdge(edge).keySet()).forEach(key -> setSpare(key, areSpare));
    }

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

    /** Takes all results of an edge. */
    List<StoredResult> take(JobEdge edge) {
        List<Key> own = List.copyOf(ofEdge(edge).keySet());
        List<StoredResult> taken = new ArrayList<>();
        own.forEach(key -> taken.add(results.get(key)));
        own.forEach(this::remove);
        return taken;
    }

    // ---- what there is

    /** The result of a writer, or null. */
    StoredResult of(JobEdge edge, int producer) {
        return results.get(new Key(edge.id(), producer));
    }

    /** Whether there is a result of the writer. */
    boolean hasOf(JobEdge edge, int producer) {
        return results.containsKey(new Key(edge.id(), producer));
    }

    /** The results of an edge, by writer. */
    Collection<StoredResult> allOf(JobEdge edge) {
        return ofEdge(edge).values();
    }

    /** How many writers of an edge have a result. */
    int countOf(JobEdge edge) {
        return presentByEdge.getOrDefault(edge.id(), 0);
    }

    /** How often a result has gone; what is there for a region that may start changes only so. */
    long losses() {
        return lossCount;
    }

    /** Of all results of an edge, as they were when it was asked first: when all were there. */
    long bytesOf(JobEdge edge) {
        return bytesByEdge.computeIfAbsent(
                edge.id(),
                id -> ofEdge(edge).values().stream().mapToLong(StoredResult::bytes).sum());
    }

    private SortedMap<Key, StoredResult> ofEdge(JobEdge edge) {
        return results.subMap(new Key(edge.id(), 0), new Key(edge.id(), Integer.MAX_VALUE));
    }
}
