package io.millrace.coordinator.job;

import io.millrace.api.option.Config;
import io.millrace.coordinator.failover.FailoverDecision;
import io.millrace.coordinator.failover.RestartHistory;
import io.millrace.coordinator.failover.RestartStrategy;
import io.millrace.coordinator.failover.Retries;
import io.millrace.runtime.message.FailureReport;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What one job does about failures, and how often it has done so. Confined to the coordinator's
 * thread.
 *
 * <p>A job of many stages runs thousands of subtasks, one after the other: the cluster's strategy
 * is asked about what has befallen each of its regions, not about all of them together. A strategy
 * that the job sets itself counts everything.
 */
final class JobRestarts {
    private final RestartStrategy ofCluster;
    private RestartStrategy strategy;
    private Retries retries = Retries.OF_THE_SURROUNDINGS;
    private RestartHistory history = RestartHistory.NONE;
    // Null if restarts count for the job as a whole.
    private TreeMap<Integer, RestartHistory> byRegion;

    /**
     * @param ofCluster the strategy of jobs without checkpoints that set none
     */
    JobRestarts(RestartStrategy ofCluster) {
        this.ofCluster = ofCluster;
        this.strategy = ofCluster;
    }

    /**
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION}
     */
    void read(Config config, boolean takesCheckpoints, boolean staged) {
        boolean hasStrategy = RestartStrategy.options().stream().anyMatch(config::contains);
        byRegion = staged && !hasStrategy ? new TreeMap<>() : null;
        retries =
                hasStrategy || takesCheckpoints
                        ? Retries.OF_USER_CODE
                        : Retries.OF_THE_SURROUNDINGS;
        strategy =
                RestartStrategy.from(
                        config, takesCheckpoints ? RestartStrategy.ENDLESS : ofCluster);
    }

    /** Whether the job ends with this failure, whatever its strategy says. */
    boolean isFinal(FailureReport failure) {
        return retries.isFinal(failure);
    }

    /**
     * Decides, and counts a restart if that is the decision.
     *
     * @param broken the regions that one event broke
     */
    FailoverDecision decide(
            FailureReport failure, boolean canGoBack, List<Region> broken, long nowMs) {
        RestartHistory past = past(broken);
        FailoverDecision decision =
                FailoverDecision.of(failure, retries, canGoBack, strategy, past, nowMs);
        if (decision instanceof FailoverDecision.Restart) {
            if (byRegion != null) {
                decision = ((FailoverDecision.Restart) decision).atOnceIfBystander(failure, past);
            }
            history = history.plus(nowMs);
            if (byRegion != null) {
                broken.forEach(region -> byRegion.put(region.index(), of(region).plus(nowMs)));
            }
        }
        return decision;
    }

    /** Of the region that has restarted most. */
    private RestartHistory past(List<Region> broken) {
        return byRegion == null
                ? history
                : broken.stream()
                        .map(this::of)
                        .max(Comparator.comparingInt(RestartHistory::count))
                        .orElse(RestartHistory.NONE);
    }

    private RestartHistory of(Region region) {
        return byRegion.getOrDefault(region.index(), RestartHistory.NONE);
    }

    int count() {
        return history.count();
    }
}
