package io.millrace.coordinator.job;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.enumerate.Enumerators;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs the stages of one job: which regions may start, which have to run again because something is
 * lost, what may be dropped, and which slots are given back. What ends or restarts attempts is the
 * {@link JobMaster}'s. Confined to the coordinator's thread.
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
    private final Stages stages;
    private final AdaptiveStages adaptive;
    private final SplitLog splits = new SplitLog();

    StageMaster(
            JobGraph graph,
            JobRegions regions,
            Enumerators enumerators,
            JobSlots slots,
            Deployment deployment,
            WorkerPool pool) {
        this.regions = regions;
        this.enumerators = enumerators;
        this.slots = slots;
        this.deployment = deployment;
        this.pool = pool;
        this.stages = new Stages(graph, regions);
        this.adaptive = new AdaptiveStages(regions, stages);
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

    // ---- the order of regions

    /** The regions that wait and have all that they read. */
    List<Region> startable() {
        return regions.in(Region.Phase.WAITING).stream().filter(stages::mayStart).toList();
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

    /** A subtask on a worker has finished with these results. */
    void onFinished(List<StoredResult> made, String workerId) {
        stages.onFinished(made, pool.services().of(workerId));
    }

    /** Whether something would have to run again if this worker, which runs nothing, ended. */
    boolean needsResultsOf(String workerId) {
        return stages.hasOnlyAt(workerId);
    }

    /** A region has finished: what only it needed goes. */
    List<Effect> onRegionFinished(Region region) {
        if (!region.vertexIds().stream().allMatch(regions::haveFinished)) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>(enumerators.stop(region.vertexIds()));
        region.vertexIds().forEach(splits::close);
        effects.addAll(deployment.drop(stages.takeUnneeded()));
        return effects;
    }

    /** A job of stages keeps a slot only while something runs in it. */
    void vacateUnused(long nowMs) {
        if (stages.exist()) {
            slots.vacateAllBut(regions.live(), nowMs);
        }
    }

    // ---- what is lost

    void onWorkerLost(String workerId) {
        stages.onWorkerLost(workerId);
    }

    /** A node has left the cluster. */
    void onNodeLost(String node) {
        stages.onNodeLost(node, pool::contains);
    }

    /** A reader could not read this one. */
    Loss onResultLost(ResultId id) {
        StoredResult lost = stages.get(id);
        if (lost == null) {
            return Loss.KNOWN;
        }
        if (lost.node() != null && !pool.contains(lost.worker().workerId())) {
            pool.services().onUnreadable(lost.node());
        }
        return stages.onUnreadable(id) > MOST_LOSSES ? Loss.ONCE_TOO_OFTEN : Loss.NEW;
    }

    /** The regions that have to begin anew, for those that wait. */
    Set<Region> lost() {
        Set<Region> begun = stages.toRunAgain(regions.in(Region.Phase.WAITING));
        Set<Region> all = new LinkedHashSet<>(begun);
        all.addAll(stages.affectedBy(begun, true));
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
        stages.forget(region);
        if (region.phase() == Region.Phase.FINISHED) {
            region.reset();
        }
        return region.phase() == Region.Phase.RUNNING;
    }
}
