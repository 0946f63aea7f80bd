package io.millrace.coordinator.job;

import io.millrace.coordinator.ClusterView.JobView;
import java.util.function.Supplier;

/**
 * One job as people see it; made anew only if something has changed. Confined to the coordinator's
 * thread.
 */
final class CurrentView {
    private final JobStatus status;
    private final JobRegions regions;
    private final StageMaster stages;
    private final SecondAttempts seconds;
    private final Supplier<JobPage.Facts> facts;
    private JobView view; // null before the first one
    private long changesSeen;

    /**
     * @param facts what the job knows beside its subtasks
     */
    CurrentView(
            JobStatus status,
            JobRegions regions,
            StageMaster stages,
            SecondAttempts seconds,
            Supplier<JobPage.Facts> facts) {
        this.status = status;
        this.regions = regions;
        this.stages = stages;
        this.seconds = seconds;
        this.facts = facts;
    }

    JobView get() {
        if (view == null || changesSeen != status.changes()) {
            changesSeen = status.changes();
            view = JobPage.of(regions.graph(), regions, this::noteOf, facts.get());
        }
        return view;
    }

    /** Why a vertex runs as it does; null if there is nothing to say. */
    private String noteOf(int vertexId) {
        String decided = stages.adaptive().reasonOf(vertexId);
        String tried = seconds.noteOf(vertexId);
        if (decided == null || tried == null) {
            return decided == null ? tried : decided;
        }
        return decided + "; " + tried;
    }
}
