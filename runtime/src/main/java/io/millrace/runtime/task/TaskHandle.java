package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.metrics.TaskMetrics;
import io.millrace.runtime.plan.AttemptId;
import java.util.List;

/**
 * A task as other threads see it. Thread-safe: each method posts to the task's mailbox, or reads
 * what its turns have published. What is posted after its end is dropped.
 */
final class TaskHandle {
    private final AttemptId attempt;
    private final String where;
    private final Task task;
    private final TaskMailbox mailbox;
    private final TaskReports reports;
    private final TaskMetrics metrics;
    private final TurnWatch watch;

    /**
     * @param where names the task in messages
     * @param task whose methods are only called by what is posted
     */
    TaskHandle(
            AttemptId attempt,
            String where,
            Task task,
            TaskMailbox mailbox,
            TaskReports reports,
            TaskMetrics metrics,
            TurnWatch watch) {
        this.attempt = attempt;
        this.where = where;
        this.task = task;
        this.mailbox = mailbox;
        this.reports = reports;
        this.metrics = metrics;
        this.watch = watch;
    }

    // ---- what it is

    /** Names the task in messages. */
    String where() {
        return where;
    }

    AttemptId attempt() {
        return attempt;
    }

    TaskState state() {
        return reports.state();
    }

    TaskProgress progress() {
        return reports.progress();
    }

    /** The counters for a heartbeat; asks for accumulators and event time. */
    TaskProgress beat() {
        return reports.beat(mailbox::wakeUp);
    }

    // ---- what it shall do

    /** Says how to ask for a turn; before the first one. */
    void onWake(Runnable request) {
        mailbox.onWake(request);
    }

    /** Ends the task soon, as canceled. */
    void cancel() {
        mailbox.cancel();
    }

    /** Splits for the source of this task. */
    void assignSplits(int version, List<byte[]> splits, boolean noMoreSplits) {
        mailbox.post(() -> task.onSplits(version, splits, noMoreSplits));
    }

    /** An enumerator's event for the source of this task. */
    void sourceEvent(byte[] event) {
        mailbox.post(() -> task.onSourceEvent(event));
    }

    /** How far the others of its group let the source of this task come. */
    void sourceLimit(long limitMs) {
        mailbox.post(() -> task.onSourceLimit(limitMs));
    }

    /** Takes part in a checkpoint, now or when the barriers have come. */
    void triggerCheckpoint(Barrier trigger) {
        mailbox.post(() -> task.onTrigger(trigger));
    }

    /** What this task wrote for a checkpoint is durable. */
    void onWritten(TaskSnapshot.Timing timing) {
        metrics.onCheckpoint(timing);
    }

    /** Tells the operators that a checkpoint is complete, or will never be. */
    void checkpointEnded(long checkpointId, boolean complete) {
        mailbox.post(() -> task.onCheckpointEnded(checkpointId, complete));
    }

    /**
     * Tells the operators that the checkpoint is complete that ends the job, and ends the task as
     * finished.
     */
    void stopAfter(long checkpointId) {
        mailbox.post(() -> task.onStopAfter(checkpointId));
    }

    /**
     * Ends the piece that a long turn is at. Called by the monitor, again and again.
     *
     * @param nowNanos of the clock of turns
     */
    void onCheck(long nowNanos) {
        watch.onCheck(nowNanos);
    }
}
