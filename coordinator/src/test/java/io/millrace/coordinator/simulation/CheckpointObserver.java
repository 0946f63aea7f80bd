package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.ClusterView.CheckpointsView;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.job.JobState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.JobId;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Notices rare states of checkpoints from what a coordinator is told, shows and wants. */
final class CheckpointObserver {
    private final Simulation world;

    CheckpointObserver(Simulation world) {
        this.world = world;
    }

    void onLeaderDied(Collection<JobId> jobs) {
        for (JobId job : jobs) {
            TreeSet<String> open = new TreeSet<>(world.checkpointOracle().promised(job));
            open.removeAll(world.outside().names(job));
            if (!open.isEmpty() && world.journal().ended(job) == null) {
                world.saw(Sighting.LEADER_DIED_BETWEEN_POINTER_AND_COMMIT);
            }
        }
    }

    void onEvent(ClusterView before, Event event, ClusterView after, List<Effect> effects) {
        switch (event.kind()) {
            case ENUMERATOR_SNAPSHOT -> {
                if (effects.stream().anyMatch(CheckpointObserver::assignsSplits)) {
                    world.saw(Sighting.SPLITS_WAITED_FOR_A_TRIGGER);
                }
            }
            case CHECKPOINT_STORED -> {
                Event.CheckpointStored stored = (Event.CheckpointStored) event;
                if (stored.failure() == null && isIn(before, stored.jobId(), JobState.RESTARTING)) {
                    world.saw(Sighting.STORED_WHILE_TASKS_WERE_BROKEN);
                }
            }
            case CHECKPOINTS_READ -> {
                if (((Event.CheckpointsRead) event).pointer() != null) {
                    world.saw(Sighting.JOB_RESUMED_BY_THE_NEXT_LEADER);
                }
                if (has(effects, Effect.Kind.COMMIT)) {
                    world.saw(Sighting.COMMITTED_AFTER_RECOVERY);
                }
            }
            case COMMIT_ENDED -> {
                Event.CommitEnded ended = (Event.CommitEnded) event;
                if (ended.failure() == null && isIn(before, ended.jobId(), JobState.CANCELLING)) {
                    world.saw(Sighting.CANCELED_JOB_COMMITTED_WHAT_WAS_DURABLE);
                }
            }
            case TIMER_FIRED -> onTimer(((Event.TimerFired) event).timer(), effects);
            case WORKER_SPOKE -> {
                boolean ack =
                        ((Event.WorkerSpoke) event).message()
                                instanceof ToCoordinator.CheckpointAcked;
                if (ack && deletesFiles(effects)) {
                    world.saw(Sighting.ACKNOWLEDGED_AFTER_ABORT);
                }
            }
            default -> {}
        }
        for (JobView job : after.jobs()) {
            before.job(job.id()).ifPresent(old -> onJob(old, job));
        }
    }

    private void onTimer(TimerId timer, List<Effect> effects) {
        if (timer.purpose() == TimerId.Purpose.CHECKPOINT_TIMEOUT && !effects.isEmpty()) {
            world.saw(Sighting.CHECKPOINT_TIMED_OUT);
        }
        if (timer.purpose() == TimerId.Purpose.CHECKPOINT_COMMIT_RETRY
                && has(effects, Effect.Kind.COMMIT)) {
            world.saw(Sighting.COMMIT_OF_A_CHECKPOINT_WAS_RETRIED);
        }
    }

    private void onJob(JobView old, JobView now) {
        CheckpointsView was = old.checkpoints();
        CheckpointsView is = now.checkpoints();
        if (was != null && is != null) {
            if (is.completed() > was.completed()) {
                world.saw(Sighting.CHECKPOINT_COMPLETED);
            }
            if (is.failed() > was.failed() && is.underWay() < was.underWay()) {
                world.saw(Sighting.CHECKPOINT_ABORTED);
            }
        }
        boolean tooOften =
                now.exceptions().stream()
                        .anyMatch(
                                e ->
                                        e.failure().code() == ErrorCode.CHECKPOINTS_FAILING
                                                && e.failure().summary().contains("in a row"));
        if (tooOften) {
            world.saw(Sighting.CHECKPOINTS_FAILED_TOO_OFTEN);
        }
        if (now.state() == JobState.FAILED
                && now.failure().code() == ErrorCode.CHECKPOINT_FILE_CORRUPT) {
            world.saw(Sighting.HISTORY_WAS_LOST_AND_THE_JOB_FAILED);
        }
    }

    private static boolean isIn(ClusterView view, JobId job, JobState state) {
        return view.job(job).filter(j -> j.state() == state).isPresent();
    }

    private static boolean has(List<Effect> effects, Effect.Kind kind) {
        return effects.stream().anyMatch(e -> e.kind() == kind);
    }

    private static boolean assignsSplits(Effect effect) {
        return effect instanceof Effect.Send send
                && send.message().kind() == ToWorker.Kind.ASSIGN_SPLITS;
    }

    private static boolean deletesFiles(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.DeleteCheckpointFiles.class::isInstance)
                .map(Effect.DeleteCheckpointFiles.class::cast)
                .anyMatch(delete -> !delete.garbage().files().isEmpty());
    }
}
