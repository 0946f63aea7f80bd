package io.millrace.runtime.task;

import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.ResultId;
import java.util.List;

/**
 * Runs the tasks of one worker. Thread-safe: every method only posts. Outcomes are told to the
 * {@link TaskListener}, also the failure to deploy.
 */
public interface TaskExecutor extends AutoCloseable {
    /**
     * Builds and starts the tasks; each becomes {@code RUNNING}, or {@code FAILED} with its cause.
     */
    void deploy(ToWorker.DeployTasks deployment);

    /** Ends attempts; each answers {@code CANCELED} when it has ended, or if it is unknown. */
    void cancel(ToWorker.CancelTasks tasks);

    /** Results that nobody will read any more. */
    void dropResults(ToWorker.DropResults results);

    void assignSplits(ToWorker.AssignSplits splits);

    void sourceEvent(ToWorker.EnumeratorEvent event);

    /** For a source of a watermark group. */
    void sourceLimit(ToWorker.SourceLimit limit);

    /**
     * Begins a checkpoint of tasks of this worker; answered by one {@code CheckpointAcked} or
     * {@code CheckpointDeclined}.
     */
    void triggerCheckpoint(ToWorker.TriggerCheckpoint trigger);

    /** Tells the tasks of a job how a checkpoint ended. */
    void checkpointEnded(ToWorker.CheckpointEnded ended);

    /** The savepoint that ends the job is durable: tasks hear of it, and end. */
    void stop(ToWorker.StopTasks tasks);

    void releaseJob(ToWorker.ReleaseJob job);

    /**
     * The coordinator is lost: all tasks end. Results of stages stay; a job that has none here is
     * released.
     */
    void abandonTasks();

    /** The results of stages that are here; any thread. */
    List<ResultId> results();

    /** The counters of all tasks that have not been released; any thread. */
    List<TaskProgress> progress();

    /** Cancels what runs and joins the threads. */
    @Override
    void close();
}
