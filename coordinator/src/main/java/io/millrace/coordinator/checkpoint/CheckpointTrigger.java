package io.millrace.coordinator.checkpoint;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.checkpoint.JobTasks.JobTask;
import io.millrace.coordinator.checkpoint.PendingCheckpoint.Phase;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides when the next checkpoint or savepoint of one job begins. Confined to the coordinator's
 * thread.
 *
 * <p>One that is due and not possible begins as soon as it is; savepoints come first, and alone.
 */
final class CheckpointTrigger {
    private final JobId jobId;
    private final CheckpointPolicy policy;
    private final JobTasks tasks;
    private final CheckpointPace pace;
    private final RestorePoints points;
    private final PendingCheckpoints pending;
    private final Savepoints savepoints;
    private final CheckpointStart start;

    CheckpointTrigger(
            JobId jobId,
            CheckpointPolicy policy,
            JobTasks tasks,
            CheckpointPace pace,
            RestorePoints points,
            PendingCheckpoints pending,
            Savepoints savepoints,
            CheckpointStart start) {
        this.jobId = jobId;
        this.policy = policy;
        this.tasks = tasks;
        this.pace = pace;
        this.points = points;
        this.pending = pending;
        this.savepoints = savepoints;
        this.start = start;
    }

    /** Whether one would begin if it were possible. */
    boolean isDue(long nowMs) {
        return savepoints.areWaiting() || pace.isDue(nowMs);
    }

    /** Begins one if one is due and possible; else asks to be woken. */
    List<Effect> proceed(long nowMs) {
        if (savepoints.isUnderWay()) {
            return List.of();
        }
        if (savepoints.areWaiting()) {
            return pending.isEmpty() && areReady(true)
                    ? start.begin(CheckpointKind.SAVEPOINT, savepoints.begin(), nowMs)
                    : List.of();
        }
        if (!policy.isEnabled()) {
            return List.of();
        }
        CheckpointSettings settings = policy.settings();
        boolean due = pace.isDue(nowMs);
        List<Effect> effects = new ArrayList<>();
        if (due
                && pending.size() < settings.maxConcurrent()
                && !isAsking()
                && areReady(settings.afterTasksFinish())) {
            effects.addAll(start.begin(points.nextKind(), null, nowMs));
            due = false;
        }
        if (!due) {
            effects.add(new Effect.SetTimer(timer(), pace.delayMs(nowMs)));
        }
        return effects;
    }

    /** Whether enumerators are being asked: two at once would hold back for each other. */
    private boolean isAsking() {
        return pending.all().stream().anyMatch(p -> p.phase() == Phase.ENUMERATORS);
    }

    /** Whether every task runs or has finished, and one runs. */
    private boolean areReady(boolean afterTasksFinish) {
        boolean anyRuns = false;
        boolean anyFinished = false;
        for (JobTask task : tasks.current()) {
            anyRuns |= task.state() == TaskState.RUNNING;
            anyFinished |= task.state() == TaskState.FINISHED;
            if (task.state() != TaskState.RUNNING && task.state() != TaskState.FINISHED) {
                return false;
            }
        }
        return anyRuns && (afterTasksFinish || !anyFinished);
    }

    /** No more of them will begin. */
    Effect stop() {
        return new Effect.CancelTimer(timer());
    }

    private TimerId timer() {
        return new TimerId(Purpose.CHECKPOINT_DUE, jobId.hex(), 0);
    }
}
