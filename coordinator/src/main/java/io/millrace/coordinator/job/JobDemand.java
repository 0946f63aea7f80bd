package io.millrace.coordinator.job;

import java.util.List;
import java.util.Set;

/**
 * What one job wants of the cluster, as whoever deals out workers and slots sees it. Confined to
 * the coordinator's thread.
 */
public final class JobDemand {
    private final JobStatus status;
    private final JobRegions regions;
    private final JobHoldings holdings;
    private final StageMaster stages;
    private final SecondAttempts seconds;
    private List<String> inputHosts;

    /**
     * @param inputHosts that have the most of what the job's sources read, the best first
     */
    JobDemand(
            JobStatus status,
            JobRegions regions,
            JobHoldings holdings,
            StageMaster stages,
            SecondAttempts seconds,
            List<String> inputHosts) {
        this.status = status;
        this.regions = regions;
        this.holdings = holdings;
        this.stages = stages;
        this.seconds = seconds;
        this.inputHosts = inputHosts;
    }

    /** It is known now where the input lies. */
    void inputAt(List<String> hosts) {
        inputHosts = hosts;
    }

    List<String> inputHosts() {
        return inputHosts;
    }

    /** Slots that the job needs beyond those it has; 0 if it does not want its tasks to run. */
    public int missingSlots() {
        Rescaling rescaling = holdings.rescaling();
        if (!status.wantsTasks() || rescaling.isMoving()) {
            return 0; // one that moves will ask as what it is next
        }
        List<Region> waiting = stages.exist() ? stages.startable() : regions.notFinished();
        return holdings.slots().missing(waiting) + rescaling.missingSlots();
    }

    /**
     * Slots that the job needs now or, when what was lost is there again, once more: workers for
     * them are asked for at once, and those that come first wait for it.
     */
    public int wantedSlots() {
        return status.wantsTasks() && stages.exist()
                ? holdings.slots().missing(stages.wanting())
                : missingSlots();
    }

    /** Hosts on which more slots had best be, the best first; may be empty. */
    public List<String> nearHosts() {
        return stages.exist() ? stages.nearHosts(inputHosts) : inputHosts;
    }

    /** Workers beyond those that would be wanted anyhow, for second attempts of slow tasks. */
    public int lackingForSecondAttempts() {
        return status.wantsTasks() ? seconds.lacking() : 0;
    }

    /** Whether it cannot go on before it gets slots. */
    public boolean isWaitingForWorkers() {
        return holdings.workerWait().isUnderWay();
    }

    /** The workers of earlier leaders that it waits for, since they have results. */
    public Set<String> awaitedWorkers() {
        return status.wantsTasks() ? stages.awaited() : Set.of();
    }

    /** Whether something would have to run again if this worker, which runs nothing, ended. */
    public boolean needsResultsOf(String workerId) {
        return status.wantsTasks() && stages.needsResultsOf(workerId);
    }

    /** Whether it runs in stages, and will take no slots beyond those that it has. */
    public boolean isInLastSlots() {
        return stages.exist()
                && status.is(JobState.RUNNING)
                && regions.in(Region.Phase.WAITING).isEmpty()
                && regions.in(Region.Phase.CLEARING).isEmpty()
                && seconds.lacking() == 0;
    }
}
