package io.millrace.coordinator.job;

import java.util.Collection;

/**
 * What follows when attempts have ended: their region may be through, and with it the job. Confined
 * to the coordinator's thread.
 */
final class RegionEnds {
    private final JobStatus status;
    private final StageMaster stages;
    private final SecondAttempts seconds;
    private final RegionClearing clearing;
    private final FinalCommit commit;
    private final JobEnding ending;

    RegionEnds(
            JobStatus status,
            StageMaster stages,
            SecondAttempts seconds,
            RegionClearing clearing,
            FinalCommit commit,
            JobEnding ending) {
        this.status = status;
        this.stages = stages;
        this.seconds = seconds;
        this.clearing = clearing;
        this.commit = commit;
        this.ending = ending;
    }

    /** An attempt of the region may have ended, in whatever way: is the region through? */
    void onRunEnded(Region region, Turn turn) {
        if (region.phase() == Region.Phase.FINISHED) {
            turn.addAll(stages.onRegionFinished(region));
            stages.vacateUnused(turn.nowMs());
            commit.beginIfFinished(turn);
        } else if (region.phase() == Region.Phase.RUNNING) {
            stages.vacateUnused(turn.nowMs());
        } else if (region.phase() == Region.Phase.CLEARING && region.live() == 0) {
            clearing.onCleared(region, turn);
            if (status.is(JobState.CANCELLING)) {
                ending.finishIfEnded(turn);
            } else if (commit.isStop()) {
                ending.finishIfCommitted(turn);
            } else {
                region.waitForSlotsIfCleared();
                stages.vacateUnused(turn.nowMs());
            }
        }
    }

    /** The same of several regions. */
    void onRunsEnded(Collection<Region> regions, Turn turn) {
        regions.forEach(region -> onRunEnded(region, turn));
    }

    /** An attempt has ended after another one had finished: nothing of it counts. */
    void onOvertakenEnded(Region region, SubtaskRun run, Turn turn) {
        seconds.onEnded(region, run, turn);
        stages.vacateUnused(turn.nowMs());
        commit.beginIfFinished(turn);
        ending.finishIfEnded(turn);
    }

    /** What these regions have written does not count any more, and they run again. */
    void beginAnew(Collection<Region> begun, Turn turn) {
        for (Region region : begun) {
            status.changed();
            if (stages.beginAnew(region)) {
                clearing.clear(region, turn);
                onRunEnded(region, turn);
            }
        }
    }
}
