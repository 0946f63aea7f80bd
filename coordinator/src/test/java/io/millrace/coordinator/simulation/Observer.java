package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.ClusterView.SubtaskView;
import io.millrace.coordinator.ClusterView.VertexView;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.job.JobState;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.JobId;
import java.util.Collection;
import java.util.List;

/** Notices rare states from what a coordinator is told, shows and wants. */
final class Observer {
    private final Simulation world;
    private final CheckpointObserver checkpoints;

    Observer(Simulation world) {
        this.world = world;
        this.checkpoints = new CheckpointObserver(world);
    }

    void onLeaderDied(Collection<JobId> jobs) {
        checkpoints.onLeaderDied(jobs);
        for (JobId job : jobs) {
            if (world.journal().started(job) != null && world.journal().ended(job) == null) {
                world.saw(Sighting.CRASH_AFTER_COMMIT_STARTED);
            }
        }
    }

    void onTakeover() {
        for (SimulatedJob job : world.jobs()) {
            JobId id = job.graph().jobId();
            if (world.journal().started(id) != null && world.journal().ended(id) == null) {
                world.saw(Sighting.COMMIT_TAKEN_OVER);
            } else if (world.journal().ended(id) == null && world.journal().hasStages(id)) {
                world.saw(Sighting.STAGES_RESUMED_BY_THE_NEXT_LEADER);
            }
        }
    }

    void onSubmit(JobId job) {
        if (world.leader().view().job(job).isPresent()) {
            world.saw(
                    world.journal().ended(job) != null
                            ? Sighting.RESULT_OUTLIVED_ITS_LEADER
                            : Sighting.SUBMITTED_TWICE);
        } else if (world.journal().isAccepted(job)) {
            world.saw(Sighting.ACCEPTED_JOB_RAN_AGAIN);
        }
    }

    void onEvent(ClusterView before, Event event, ClusterView after, List<Effect> effects) {
        checkpoints.onEvent(before, event, after, effects);
        boolean releases = effects.stream().anyMatch(e -> e.kind() == Effect.Kind.RELEASE_WORKER);
        switch (event.kind()) {
            case JOB_CANCEL_REQUESTED -> onCancel(before, (Event.JobCancelRequested) event);
            case WORKER_GONE -> {
                if (releases && anyJob(before, JobState.COMMITTING)) {
                    world.saw(Sighting.WORKER_LOST_DURING_COMMIT);
                }
                if (timersSet(effects, TimerId.Purpose.RESTART_DELAY) > 1) {
                    world.saw(Sighting.TWO_REGIONS_BROKE_AT_ONCE);
                }
            }
            case TIMER_FIRED -> {
                TimerId.Purpose purpose = ((Event.TimerFired) event).timer().purpose();
                if (releases && purpose == TimerId.Purpose.WORKERS_RETURN) {
                    world.saw(Sighting.AWAITED_WORKER_NEVER_CAME);
                }
                if (releases && purpose == TimerId.Purpose.WORKER_HEARTBEAT) {
                    world.saw(Sighting.WORKER_LOST_BY_SILENCE);
                }
                if (releases && purpose == TimerId.Purpose.CANCEL_DEADLINE) {
                    world.saw(Sighting.STUCK_TASK_COST_ITS_WORKER);
                }
                if (purpose == TimerId.Purpose.BLOCKED_NODES_NEEDED
                        && !before.blocked().isEmpty()
                        && after.blocked().isEmpty()) {
                    world.saw(Sighting.BLOCKED_NODES_WERE_NEEDED);
                }
                if (purpose == TimerId.Purpose.COMMIT_RETRY && !effects.isEmpty()) {
                    world.saw(Sighting.COMMIT_WAS_RETRIED);
                }
            }
            case SPLITS_ASSIGNED -> {
                if (effects.isEmpty()) {
                    world.saw(Sighting.OLD_ENUMERATOR_ANSWERED);
                }
            }
            case WORKER_SPOKE -> {
                if (((Event.WorkerSpoke) event).message()
                        instanceof ToCoordinator.TaskChanged change) {
                    onTaskChanged(before, change, after);
                }
            }
            case WORKERS_REFUSED -> {
                if (effects.stream().anyMatch(e -> e.kind() == Effect.Kind.JOB_ENDED)) {
                    world.saw(Sighting.CLUSTER_REFUSED);
                }
            }
            case JOB_SUBMITTED,
                    NODE_SERVES,
                    NODE_LOST,
                    ENUMERATOR_HEARS_ATTEMPTS,
                    ENUMERATOR_SPOKE,
                    ENUMERATOR_FAILED,
                    COMMIT_ENDED,
                    ENUMERATOR_SNAPSHOT,
                    CHECKPOINT_STORED,
                    CHECKPOINT_DAMAGED,
                    OPERATION_REQUESTED,
                    SAVEPOINT_PLACED,
                    SAVEPOINT_STORED,
                    SAVEPOINT_FOUND,
                    CHECKPOINTS_READ -> {}
        }
        for (JobView job : after.jobs()) {
            before.job(job.id()).ifPresent(old -> onJob(old, job, event));
        }
    }

    private static long timersSet(List<Effect> effects, TimerId.Purpose purpose) {
        return effects.stream()
                .filter(Effect.SetTimer.class::isInstance)
                .filter(e -> ((Effect.SetTimer) e).timer().purpose() == purpose)
                .count();
    }

    private static boolean anyJob(ClusterView view, JobState state) {
        return view.jobs().stream().anyMatch(job -> job.state() == state);
    }

    private void onCancel(ClusterView before, Event.JobCancelRequested request) {
        before.job(request.jobId())
                .ifPresent(
                        job -> {
                            switch (job.state()) {
                                case WAITING_FOR_WORKERS ->
                                        world.saw(Sighting.CANCELED_WHILE_WAITING);
                                case RUNNING -> world.saw(Sighting.CANCELED_WHILE_RUNNING);
                                case RESTARTING -> world.saw(Sighting.CANCELED_WHILE_RESTARTING);
                                case COMMITTING -> world.saw(Sighting.CANCELED_TOO_LATE);
                                case CREATED, CANCELLING, FINISHED, FAILED, CANCELED -> {}
                            }
                        });
    }

    private void onTaskChanged(
            ClusterView before, ToCoordinator.TaskChanged change, ClusterView after) {
        before.job(change.attempt().jobId())
                .flatMap(job -> job.vertex(change.attempt().vertexId()))
                .flatMap(
                        vertex ->
                                vertex.subtasks().stream()
                                        .skip(change.attempt().subtask())
                                        .findFirst())
                .filter(subtask -> subtask.attempt() > change.attempt().attempt())
                .ifPresent(subtask -> world.saw(Sighting.STALE_ATTEMPT_SPOKE));
        if (change.failure() == null || change.failure().code() != ErrorCode.USER_CODE_FAILED) {
            return;
        }
        before.job(change.attempt().jobId())
                .filter(job -> job.state() == JobState.RUNNING)
                .flatMap(job -> after.job(job.id()))
                .filter(job -> job.state() == JobState.RESTARTING)
                .ifPresent(job -> world.saw(Sighting.JOB_OUTLIVED_USER_CODE));
        before.job(change.attempt().jobId())
                .filter(
                        job ->
                                job.state() == JobState.RESTARTING
                                        || job.state() == JobState.CANCELLING
                                                && job.failure().code()
                                                        != ErrorCode.USER_CODE_FAILED)
                .flatMap(job -> after.job(job.id()))
                .filter(job -> job.failure() != null)
                .filter(job -> job.failure().code() == ErrorCode.USER_CODE_FAILED)
                .ifPresent(job -> world.saw(Sighting.ROOT_CAUSE_CAME_SECOND));
    }

    private void onJob(JobView old, JobView job, Event event) {
        if (old == job) {
            return;
        }
        for (int i = 0; i < job.vertices().size(); i++) {
            onVertex(old.vertices().get(i), job.vertices().get(i), job.state());
        }
        if (old.state() == job.state() || !job.state().isTerminal()) {
            return;
        }
        if (job.state() == JobState.FINISHED) {
            world.saw(Sighting.JOB_FINISHED);
            if (job.restarts() > 0) {
                world.saw(Sighting.JOB_FINISHED_AFTER_RESTART);
            }
        } else if (job.state() == JobState.FAILED) {
            onFailed(job.failure().code(), event);
        }
    }

    private void onVertex(VertexView old, VertexView vertex, JobState state) {
        for (int i = 0; i < Math.min(vertex.subtasks().size(), old.subtasks().size()); i++) {
            SubtaskView before = old.subtasks().get(i);
            SubtaskView after = vertex.subtasks().get(i);
            if (before.state() == TaskState.RUNNING && after.attempt() != before.attempt()) {
                if (after.state() == TaskState.FINISHED) {
                    world.saw(Sighting.SECOND_ATTEMPT_WAS_FIRST);
                } else if (after.state() == TaskState.RUNNING) {
                    world.saw(Sighting.SECOND_ATTEMPT_TOOK_OVER);
                }
            }
            if (before.state() == TaskState.FINISHED
                    && vertex.subtasks().get(i).attempt() > before.attempt()) {
                world.saw(Sighting.PREPARED_OUTPUT_WAS_DROPPED);
            }
        }
        if (state == JobState.RESTARTING && vertex.tasks().containsKey(TaskState.RUNNING)) {
            world.saw(Sighting.ONE_REGION_RESTARTED_ALONE);
        }
    }

    private void onFailed(ErrorCode code, Event event) {
        switch (code) {
            case USER_CODE_FAILED -> world.saw(Sighting.JOB_FAILED_BY_USER_CODE);
            case RESTARTS_EXHAUSTED -> world.saw(Sighting.RESTARTS_WERE_EXHAUSTED);
            case COMMIT_FAILED -> world.saw(Sighting.COMMIT_GIVEN_UP);
            case NO_CHECKPOINT_TO_RESTORE -> world.saw(Sighting.UNBOUNDED_JOB_NOT_RESTARTED);
            case RESOURCES_NOT_GRANTED -> {
                if (event.kind() == Event.Kind.TIMER_FIRED) {
                    world.saw(Sighting.WORKERS_NEVER_CAME);
                }
            }
            default -> {}
        }
    }
}
