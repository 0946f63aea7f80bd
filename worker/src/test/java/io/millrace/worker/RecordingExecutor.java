package io.millrace.worker;

import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.task.TaskExecutor;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A task executor that runs nothing and keeps what it was told. Thread-safe. */
final class RecordingExecutor implements TaskExecutor {
    final BlockingQueue<ToWorker> told = new LinkedBlockingQueue<>();
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch abandoned = new CountDownLatch(1);
    volatile List<TaskProgress> progress = List.of();
    volatile List<ResultId> results = List.of();

    /** Zero for an executor whose close returns, one for user code that does not end. */
    volatile CountDownLatch stuck = new CountDownLatch(0);

    ToWorker next() throws InterruptedException {
        ToWorker message = told.poll(40, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("the executor was told nothing");
        }
        return message;
    }

    @Override
    public void deploy(ToWorker.DeployTasks deployment) {
        told.add(deployment);
    }

    @Override
    public void cancel(ToWorker.CancelTasks tasks) {
        told.add(tasks);
    }

    @Override
    public void dropResults(ToWorker.DropResults results) {
        told.add(results);
    }

    @Override
    public void assignSplits(ToWorker.AssignSplits splits) {
        told.add(splits);
    }

    @Override
    public void sourceLimit(ToWorker.SourceLimit limit) {
        told.add(limit);
    }

    @Override
    public void sourceEvent(ToWorker.EnumeratorEvent event) {
        told.add(event);
    }

    @Override
    public void triggerCheckpoint(ToWorker.TriggerCheckpoint trigger) {
        told.add(trigger);
    }

    @Override
    public void checkpointEnded(ToWorker.CheckpointEnded ended) {
        told.add(ended);
    }

    @Override
    public void stop(ToWorker.StopTasks tasks) {
        told.add(tasks);
    }

    @Override
    public void releaseJob(ToWorker.ReleaseJob job) {
        told.add(job);
    }

    @Override
    public void abandonTasks() {
        abandoned.countDown();
    }

    @Override
    public List<ResultId> results() {
        return results;
    }

    @Override
    public List<TaskProgress> progress() {
        return progress;
    }

    @Override
    public void close() {
        try {
            stuck.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed.countDown();
    }
}
