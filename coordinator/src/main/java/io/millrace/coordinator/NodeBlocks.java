package io.millrace.coordinator;

import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.coordinator.blocklist.Blocklist;
import io.millrace.coordinator.blocklist.NodeTrouble;
import io.millrace.coordinator.job.JobMaster;
import io.millrace.coordinator.resource.WorkerPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Lets nodes be blocked and lets them go, by time, or because a job cannot go on without them.
 * Confined to the coordinator's thread.
 */
final class NodeBlocks {
    /** How long a job waits for other workers while blocked nodes have slots for it. */
    static final long NEEDED_AFTER_MS = 10_000;

    private final Blocklist blocklist;
    private final WorkerPool pool;
    private int ends;
    private int needs;
    private boolean needed;

    NodeBlocks(Blocklist blocklist, WorkerPool pool) {
        this.blocklist = blocklist;
        this.pool = pool;
    }

    List<BlockedNode> nodes() {
        return blocklist.nodes();
    }

    /** What has happened to nodes. */
    List<Effect> onTroubles(List<NodeTrouble> troubles, long nowMs) {
        boolean changed = false;
        for (NodeTrouble trouble : troubles) {
            changed |= blocklist.onTrouble(trouble, pool.nodes(), nowMs);
        }
        return changed ? changed(nowMs) : List.of();
    }

    /** A block is over, or a job has waited for other workers in vain. */
    List<Effect> onTimer(TimerId timer, Collection<JobMaster> jobs, long nowMs) {
        if (timer.purpose() == Purpose.NODE_BLOCKED && timer.generation() == ends) {
            blocklist.expire(nowMs);
            return changed(nowMs);
        }
        if (timer.purpose() == Purpose.BLOCKED_NODES_NEEDED && timer.generation() == needs) {
            needed = false;
            if (areNeeded(jobs)) {
                blocklist.liftAll();
                return changed(nowMs);
            }
        }
        return List.of();
    }

    /** To be asked when jobs have taken the slots that they could get. */
    List<Effect> afterDeployment(Collection<JobMaster> jobs) {
        if (needed || blocklist.isEmpty() || !areNeeded(jobs)) {
            return List.of();
        }
        needed = true;
        needs++;
        return List.of(
                new Effect.SetTimer(
                        new TimerId(Purpose.BLOCKED_NODES_NEEDED, "", needs), NEEDED_AFTER_MS));
    }

    private boolean areNeeded(Collection<JobMaster> jobs) {
        return !blocklist.isEmpty()
                && jobs.stream().anyMatch(job -> job.demand().isWaitingForWorkers());
    }

    private List<Effect> changed(long nowMs) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.AvoidNodes(blocklist.nodes()));
        if (!blocklist.isEmpty()) {
            ends++;
            effects.add(
                    new Effect.SetTimer(
                            new TimerId(Purpose.NODE_BLOCKED, "", ends),
                            Math.max(0, blocklist.nextEndMs() - nowMs)));
        }
        return effects;
    }
}
