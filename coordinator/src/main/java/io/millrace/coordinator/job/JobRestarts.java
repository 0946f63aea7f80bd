package io.millrace.coordinator.job;

import io.millrace.api.option.Config;
import io.millrace.coordinator.failover.FailoverDecision;
import io.millrace.coordinator.failover.RestartHistory;
import io.millrace.coordinator.failover.RestartStrategy;
import io.millrace.coordinator.failover.Retries;
import io.millrace.runtime.message.FailureReport;

/**
 * What one job does about failures, and how often it has done so. Confined to the coordinator's
 * thread.
 */
final class JobRestarts {
    private final RestartStrategy ofCluster;
    private RestartStrategy strategy;
    private Retries retries = Retries.OF_THE_SURROUNDINGS;
    private RestartHistory history = RestartHistory.NONE;

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
    void read(Config config, boolean takesCheckpoints) {
        boolean hasStrategy = RestartStrategy.options().stream().anyMatch(config::contains);
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

    /** Decides, and counts a restart if that is the decision. */
    FailoverDecision decide(FailureReport failure, boolean canGoBack, long nowMs) {
        FailoverDecision decision =
                FailoverDecision.of(failure, retries, canGoBack, strategy, history, nowMs);
        if (decision instanceof FailoverDecision.Restart) {
            history = history.plus(nowMs);
        }
        return decision;
    }

    int count() {
        return history.count();
    }
}
