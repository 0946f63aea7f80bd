package io.millrace.coordinator.job;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.enumerate.Enumerators;
import io.millrace.coordinator.journal.DecidedStage;
import io.millrace.coordinator.journal.StageHistory;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs the stages of one job: which regions may start, which have to run again because something is
 * lost, what may be dropped, and which slots are given back. What ends or restarts attempts is the
 * {@link RegionClearing}'s. Confined to the coordinator's thread.
 *
 * <p>A job without stored edges has no stages: its regions begin together, and all that is asked
 * here of results, splits and slots then changes nothing.
 */
final class StageMaster {
    /** So often a writer's result may be lost although its worker is there. */
    private static final int MOST_LOSSES = 3;

    private final JobRegions regions;
    private final Enumerators enumerators;
    private final JobSlots slots;
    private final Deployment deployment;
    private final WorkerPool pool;
    private final JobGraph graph;
    private final StageResults results;
    private final Stages stages;
    private final AdaptiveStages adaptive;
    private final Nearness nearness;
    private final StageJournal journal;
    private final StageTakeover takeover;
    private final SplitLog splits = new SplitLog();
    // Workers of earlier leaders that may come back with results.
    private final Set<String> awaited = new TreeSet<>();

    StageMaster(
            JobGraph graph,
            JobRegions regions,
            Enumerators enumerators,
            JobSlots slots,
            Deployment deployment,
            WorkerPool pool,
            boolean recovers) {
        this.regions = regions;
        this.enumerators = enumerators;
        this.slots = slots;
        this.deployment = deployment;
        this.pool = pool;
        this.graph = graph;
        List<JobEdge> stored = graph.edges().stream().filter(JobEdge::stored).toList();
        this.results = new StageResults(stored);
        this.stages = new Stages(stored, regions, results);
        StageVolumes volumes = new StageVolumes(regions, stages, results);
        this.adaptive = new AdaptiveStages(regions, stages, volumes);
        this.nearness = new Nearness(volumes);
        this.journal = new StageJournal(graph.jobId(), recovers && stages.exist());
        this.takeover = new StageTakeover(graph, regions, results, splits);
    }

    /** What it means that a result could not be read. */
    enum Loss {
        /** It does not count any more in any case. */
        KNOWN,
        /** Its writer runs again. */
        NEW,
        /** Its writer has run again so often that there is no use in it. */
        ONCE_TOO_OFTEN
    }

    boolean exist() {
        return stages.exist();
    }

    /** The splits that sources were given; null if the job has no stages. */
    SplitLog splits() {
        return stages.exist() ? splits : null;
    }

    /** What decides how many subtasks a stage has. */
    AdaptiveStages adaptive() {
        return adaptive;
    }

    /**
     * Decides how many subtasks stages have, as far as that can be known; returns whether it did.
     */
    boolean decide() {
        if (isAwaiting()) {
            return false;
        }
        List<DecidedStage> decided = adaptive.decide();
        journal.decided(decided);
        return !decided.isEmpty();
    }

    // ---- under the next leader

    /** The job is new. */
    List<Effect> begin() {
        return journal.reserve(0);
    }

    /**
     * The job goes on from what an earlier leader has written down. Results of a worker count if it
     * {@link #onWorkerReturned comes back} with them.
     */
    List<Effect> resume(StageHistory history) {
        int first = history.highestAttempt() + 1;
        history.decided().forEach(adaptive::resume);
        List<Region> broken = takeover.resume(history, first);
        withReaders(broken).stream()
                .filter(region -> region.phase() == Region.Phase.FINISHED)
                .forEach(this::beginAnew);
        stages.takeUnneeded(); // dropped already, or on the worker's list
        results.forgetSpare(); // no worker is waited for because of them
        if (!regions.allFinished()) {
            awaited.addAll(results.holders());
        }
        return journal.reserve(first);
    }

    static boolean isSource(JobVertex vertex) {
        return vertex.operators().stream()
                .anyMatch(operator -> operator.kind() == OperatorSpec.Kind.SOURCE);
    }

    /** Whether workers may come back with results. */
    boolean isAwaiting() {
        return !awaited.isEmpty();
    }

    /** The workers that it waits for. */
    Set<String> awaited() {
        return Collections.unmodifiableSet(awaited);
    }

    /**
     * A worker of an earlier leader is here again.
     *
     * @param held the results of this job that it has
     * @return those of them that do not count
     */
    List<ResultId> onWorkerReturned(String workerId, Set<ResultId> held) {
        awaited.remove(workerId);
        results.keepOnly(workerId, held);
        return held.stream().filter(id -> !results.has(id)).toList();
    }

    // ---- the order of regions

    /** The regions that wait and have all that they read. */
    List<Region> startable() {
        if (isAwaiting()) {
            return List.of();
        }
        return regions.in(Region.Phase.WAITING).stream().filter(stages::mayStart).toList();
    }

    /**
     * The regions that may start, and those that have run and wait for what is being written again:
     * they had slots, and will need them as soon as it is there. A worker takes seconds to come.
     */
    List<Region> wanting() {
        if (isAwaiting()) {
            return List.of();
        }
        return regions.in(Region.Phase.WAITING).stream()
                .filter(region -> region.hasRun() || stages.mayStart(region))
                .toList();
    }

    /** Whether all that a region reads is there. */
    boolean hasInputsOf(Region region) {
        return stages.mayStart(region);
    }

    /** Where a {@link #startable} region had best run. */
    Nearness.Places nearestTo(Region region) {
        return nearness.of(region);
    }

    /**
     * Where more slots had best be: for each region that may start, what it reads of earlier
     * stages, or else what sources read.
     *
     * @param inputHosts of the job's sources
     */
    List<String> nearHosts(List<String> inputHosts) {
        Map<String, Integer> wishes = new LinkedHashMap<>();
        boolean reads = false;
        for (Region region : startable()) {
            reads |= region.vertexIds().stream().map(graph::vertex).anyMatch(StageMaster::isSource);
            nearness.of(region).hosts().forEach(host -> wishes.merge(host, 1, Integer::sum));
        }
        List<String> hosts =
                new ArrayList<>(
                        wishes.entrySet().stream()
                                .sorted(
                                        Map.Entry.<String, Integer>comparingByValue(
                                                Comparator.reverseOrder()))
                                .map(Map.Entry::getKey)
                                .toList());
        if (reads) {
            hosts.addAll(inputHosts);
        }
        return hosts;
    }

    /** What a region reads of earlier stages; complete if it is {@link #startable}. */
    List<ResultInput> inputsOf(Region region) {
        return stages.inputsOf(region);
    }

    /**
     * Starts the enumerators of the sources in a region, unless they run already or have nothing
     * left to give.
     */
    List<Effect> startEnumerators(Region region, Enumerators.Positions positions) {
        if (region.isOneSubtask()) {
            int vertexId = region.vertexIds().get(0);
            if (enumerators.isRunning(vertexId) || splits.isExhausted(vertexId)) {
                return List.of();
            }
        }
        return enumerators.start(region.vertexIds(), positions);
    }

    // ---- what has finished

    /** A subtask has finished with these results. */
    void onFinished(SubtaskRun run, List<StoredResult> made) {
        results.onFinished(made, pool.services().of(run.workerId()));
        journal.finished(run, made.stream().map(result -> results.get(result.id())).toList());
    }

    /** Whether something would have to run again if this worker, which runs nothing, ended. */
    boolean needsResultsOf(String workerId) {
        return results.hasOnlyAt(workerId);
    }

    /** A region has finished: what only it needed goes. */
    List<Effect> onRegionFinished(Region region) {
        if (!region.vertexIds().stream().allMatch(regions::haveFinished)) {
            return journal.write(false);
        }
        List<Effect> effects = new ArrayList<>(enumerators.stop(region.vertexIds()));
        for (int vertexId : region.vertexIds()) {
            splits.close(vertexId);
            if (isSource(graph.vertex(vertexId))) {
                journal.read(splits.read(vertexId, StageJournal.MOST_SPLIT_BYTES));
            }
        }
        effects.addAll(journal.write(true));
        effects.addAll(deployment.drop(stages.takeUnneeded()));
        return effects;
    }

    /** Makes sure that these may be deployed. */
    List<Effect> reserveAttempts(List<Region> ready) {
        ready.forEach(nearness::forget);
        return journal.reserve(ready.stream().mapToInt(Region::attempt).max().orElse(-1) + 1);
    }

    /** A job of stages keeps a slot only while something runs in it. */
    void vacateUnused(long nowMs) {
        if (stages.exist()) {
            slots.vacateAllBut(regions.inSlots(), nowMs);
        }
    }

    // ---- what is lost

    void onWorkerLost(String workerId) {
        awaited.remove(workerId);
        results.onWorkerLost(workerId);
    }

    /** A node has left the cluster. */
    void onNodeLost(String node) {
        results.onNodeLost(node, pool::contains);
    }

    /** A reader could not read this one. */
    Loss onResultLost(ResultId id) {
        StoredResult lost = results.get(id);
        if (lost == null) {
            return Loss.KNOWN;
        }
        if (lost.node() != null && !pool.contains(lost.worker().workerId())) {
            pool.services().onUnreadable(lost.node());
        }
        return results.onUnreadable(id) > MOST_LOSSES ? Loss.ONCE_TOO_OFTEN : Loss.NEW;
    }

    /** The regions that have to begin anew, for those that wait. */
    Set<Region> lost() {
        if (isAwaiting()) {
            return Set.of();
        }
        Set<Region> begun = stages.toRunAgain(regions.in(Region.Phase.WAITING));
        Set<Region> all = new LinkedHashSet<>(begun);
        all.addAll(stages.affectedBy(begun, true));
        for (Region region : begun) {
            for (int vertexId : region.vertexIds()) {
                if (splits.isUnknown(vertexId)) {
                    splits.forget(vertexId);
                    all.addAll(withReaders(regions.of(vertexId)));
                }
            }
        }
        return all;
    }

    /** The splits of a source are dealt anew. */
    List<Effect> forgetSplits(int vertexId) {
        splits.forget(vertexId);
        return enumerators.stop(List.of(vertexId));
    }

    /** These, which write other records next time, and all that have to begin anew with them. */
    Set<Region> withReaders(Collection<Region> begun) {
        Set<Region> all = new LinkedHashSet<>(stages.affectedBy(begun, false));
        all.addAll(begun);
        return all;
    }

    /**
     * What a region wrote does not count any more, and it waits for its next run.
     *
     * @return whether it runs and has to be ended for that
     */
    boolean beginAnew(Region region) {
        results.forget(region);
        if (region.phase() == Region.Phase.FINISHED || !region.isOneSubtask()) {
            journal.forgotten(region);
        }
        if (region.phase() == Region.Phase.FINISHED) {
            region.reset();
        }
        return region.phase() == Region.Phase.RUNNING;
    }
}
