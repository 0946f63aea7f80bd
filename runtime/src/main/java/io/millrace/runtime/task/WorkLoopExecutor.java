package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.metrics.MetricRegistry;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of a worker on work loops, or on a thread for each, as {@code task.threads} says.
 * Thread-safe: each method finds the task and posts; user code runs on those threads only.
 */
public final class WorkLoopExecutor implements TaskExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(WorkLoopExecutor.class);

    private static final long CLOSE_CHECK_NANOS = 1_000_000;
    private static final long SNAPSHOT_THREAD_KEEP_ALIVE_S = 60;

    private final TaskSettings settings;
    private final Exchange exchange;
    private final StoredExchange stored;
    private final UserLoaders userLoaders;
    private final TaskListener listener;
    private final TaskThreads threads;
    private final MetricRegistry metrics;
    private final ThreadPoolExecutor snapshotThread;
    private final ThreadPoolExecutor tablesThread;
    private final WorkerCheckpoints checkpoints;
    private final WorkerJobs jobs;
    private final RunningTasks tasks;
    private final TaskBuilder builder;
    private final ConcurrentHashMap<JobId, Boolean> releasing = new ConcurrentHashMap<>();

    /**
     * The threads start at once.
     *
     * @param self whose host sources tell the enumerator
     * @param exchange used, not closed
     * @param stored keeps the results of stages; closed with the executor
     * @param userLoaders used, not closed
     * @param fatal told what this process should not survive: an engine thread failed, or a task
     *     cannot be stopped
     */
    public WorkLoopExecutor(
            WorkerAddress self,
            TaskSettings settings,
            Exchange exchange,
            StoredExchange stored,
            OperatorCatalogue catalogue,
            UserLoaders userLoaders,
            TaskListener listener,
            Consumer<Throwable> fatal) {
        this(
                self,
                settings,
                exchange,
                stored,
                catalogue,
                new WarmCode(),
                userLoaders,
                listener,
                fatal);
    }

    /**
     * The same with code that an executor before it has left.
     *
     * @param warmCode shared by executors of one process
     */
    public WorkLoopExecutor(
            WorkerAddress self,
            TaskSettings settings,
            Exchange exchange,
            StoredExchange stored,
            OperatorCatalogue catalogue,
            WarmCode warmCode,
            UserLoaders userLoaders,
            TaskListener listener,
            Consumer<Throwable> fatal) {
        this.settings = settings;
        this.exchange = exchange;
        this.stored = stored;
        this.userLoaders = userLoaders;
        this.listener = listener;
        this.jobs = new WorkerJobs(self.workerId(), settings.spillDirectory());
        this.tasks = new RunningTasks(settings, fatal);
        this.metrics =
                MetricRegistry.start(
                        settings.metrics(), self.workerId(), userLoaders.ofClassPath());
        this.builder =
                new TaskBuilder(
                        self,
                        settings,
                        exchange,
                        stored,
                        catalogue,
                        warmCode,
                        userLoaders,
                        metrics,
                        jobs);
        this.threads =
                switch (settings.threads()) {
                    case LOOPS ->
                            new WorkLoops(
                                    settings.loops(),
                                    settings.turnLimit().toNanos(),
                                    fatal,
                                    tasks::check);
                    case DEDICATED -> new DedicatedThreads(fatal, tasks::check);
                };
        this.snapshotThread = backgroundThread("snapshots-" + self.workerId());
        this.tablesThread = backgroundThread("savepoint-tables-" + self.workerId());
        this.checkpoints =
                new WorkerCheckpoints(
                        self.workerId(),
                        this::onCheckpointSays,
                        snapshotThread,
                        tablesThread,
                        fatal);
        threads.start();
    }

    /** One thread, as long as it has something to do. */
    private static ThreadPoolExecutor backgroundThread(String name) {
        ThreadPoolExecutor made =
                new ThreadPoolExecutor(
                        1,
                        1,
                        SNAPSHOT_THREAD_KEEP_ALIVE_S,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work -> {
                            Thread thread = new Thread(work, name);
                            thread.setDaemon(true);
                            return thread;
                        },
                        new ThreadPoolExecutor.DiscardPolicy());
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    @Override
    public void deploy(ToWorker.DeployTasks deployment) {
        TaskBuilder.Batch batch;
        try {
            batch = builder.batch(deployment);
        } catch (RuntimeException e) {
            deployment.tasks().forEach(attempt -> refuse(attempt, e));
            return;
        }
        for (AttemptId attempt : deployment.tasks()) {
            Task task = batch.task(attempt, listener::tell, this::onTaskSays, checkpoints);
            start(task, batch.threadName(attempt));
        }
    }

    private void refuse(AttemptId attempt, RuntimeException cause) {
        listener.tell(
                new ToCoordinator.TaskChanged(
                        attempt,
                        TaskState.FAILED,
                        FailureReports.of(cause, "task " + attempt),
                        List.of(),
                        new TaskProgress(attempt, TaskState.FAILED, 0, 0, 0, 0, 0, 0)));
    }

    private void start(Task task, String threadName) {
        WorkHandle handle = threads.add(task, threadName);
        task.handle().onWake(handle::wake);
        if (!tasks.add(new RunningTask(task.handle(), handle))) {
            LOG.warn(
                    "task deployed twice, the second time ignored attempt={}",
                    task.handle().attempt());
            return;
        }
        LOG.debug(
                "task deployed attempt={} where={}",
                task.handle().attempt(),
                task.handle().where());
        handle.wake();
    }

    private void onTaskSays(ToCoordinator message) {
        listener.tell(message);
        if (message instanceof ToCoordinator.TaskChanged changed && changed.state().isTerminal()) {
            RunningTask running = tasks.get(changed.attempt());
            if (running != null) {
                running.endIsTold();
            }
            checkpoints.onTaskEnded(changed.attempt(), changed.state());
            if (releasing.containsKey(changed.attempt().jobId())) {
                releaseIfEnded(changed.attempt().jobId());
            }
        }
    }

    private void onCheckpointSays(ToCoordinator message) {
        if (message instanceof ToCoordinator.CheckpointAcked acked) {
            for (TaskSnapshot snapshot : acked.tasks()) {
                RunningTask running = tasks.get(snapshot.attempt());
                if (running != null && !snapshot.finished()) {
                    running.task().onWritten(snapshot.timing());
                }
            }
        }
        listener.tell(message);
    }

    @Override
    public void cancel(ToWorker.CancelTasks request) {
        long now = System.nanoTime();
        for (AttemptId attempt : request.tasks()) {
            RunningTask running = tasks.get(attempt);
            if (running == null || running.hasEnded()) {
                TaskProgress last =
                        running == null
                                ? new TaskProgress(attempt, TaskState.CANCELED, 0, 0, 0, 0, 0, 0)
                                : running.task().progress();
                listener.tell(
                        new ToCoordinator.TaskChanged(
                                attempt, TaskState.CANCELED, null, List.of(), last));
            } else {
                running.cancel(now);
            }
        }
    }

    @Override
    public void dropResults(ToWorker.DropResults request) {
        request.results().forEach(stored::drop);
    }

    @Override
    public void assignSplits(ToWorker.AssignSplits splits) {
        RunningTask running = tasks.get(splits.attempt());
        if (running == null) {
            LOG.debug("splits for an unknown attempt dropped attempt={}", splits.attempt());
            return;
        }
        running.task()
                .assignSplits(splits.serializerVersion(), splits.splits(), splits.noMoreSplits());
    }

    @Override
    public void sourceEvent(ToWorker.EnumeratorEvent event) {
        RunningTask running = tasks.get(event.attempt());
        if (running == null) {
            LOG.debug("event for an unknown attempt dropped attempt={}", event.attempt());
            return;
        }
        running.task().sourceEvent(event.event());
    }

    @Override
    public void sourceLimit(ToWorker.SourceLimit limit) {
        RunningTask running = tasks.get(limit.attempt());
        if (running != null) {
            running.task().sourceLimit(limit.limitMs());
        }
    }

    @Override
    public void triggerCheckpoint(ToWorker.TriggerCheckpoint trigger) {
        begin(trigger);
        Barrier barrier =
                new Barrier(
                        trigger.checkpointId(),
                        trigger.timestampMs(),
                        trigger.checkpointKind(),
                        trigger.purpose());
        for (AttemptId attempt : trigger.tasks()) {
            RunningTask running = tasks.get(attempt);
            if (running == null) {
                checkpoints.onTaskEnded(attempt, TaskState.CANCELED);
            } else if (running.isEndTold()) {
                checkpoints.onTaskEnded(attempt, running.task().state());
            } else {
                // One that is about to tell its end answers by that: what it has prepared must be
                // known before its checkpoint is.

                running.task().triggerCheckpoint(barrier);
            }
        }
    }

    @Override
    public void checkpointEnded(ToWorker.CheckpointEnded ended) {
        LOG.debug("checkpoint ended id={} complete={}", ended.checkpointId(), ended.complete());
        checkpoints.onCheckpointEnded(ended.jobId(), ended.checkpointId(), ended.complete());
        for (RunningTask running : tasks.liveOf(ended.jobId())) {
            running.task().checkpointEnded(ended.checkpointId(), ended.complete());
        }
    }

    @Override
    public void stop(ToWorker.StopTasks request) {
        List<AttemptId> unknown = new ArrayList<>();
        for (AttemptId attempt : request.tasks()) {
            RunningTask running = tasks.get(attempt);
            if (running == null || running.hasEnded()) {
                unknown.add(attempt);
            } else {
                running.stop(request.checkpointId());
            }
        }
        if (!unknown.isEmpty()) {
            cancel(new ToWorker.CancelTasks(request.epoch(), unknown));
        }
    }

    private void begin(ToWorker.TriggerCheckpoint trigger) {
        if (trigger.savepoint() != null) {
            checkpoints.beginSavepoint(trigger, jobs.savepointsOf(trigger.jobId()));
        } else {
            checkpoints.begin(
                    trigger,
                    jobs.directoryOf(trigger.jobId()),
                    jobs.copiesOf(trigger.jobId()),
                    jobs.filesOf(trigger.jobId()));
        }
    }

    @Override
    public void releaseJob(ToWorker.ReleaseJob job) {
        releasing.put(job.jobId(), true);
        long now = System.nanoTime();
        tasks.liveOf(job.jobId()).forEach(running -> running.cancel(now));
        releaseIfEnded(job.jobId());
    }

    @Override
    public void abandonTasks() {
        tasks.cancelAll(System.nanoTime());
        Set<JobId> kept = stored.held().stream().map(ResultId::jobId).collect(Collectors.toSet());
        for (JobId jobId : jobs.ids()) {
            if (!kept.contains(jobId)) {
                releaseJob(new ToWorker.ReleaseJob(0, jobId));
            }
        }
    }

    @Override
    public List<ResultId> results() {
        return stored.held();
    }

    /** The job's class loader goes when the last of its tasks has ended. */
    private void releaseIfEnded(JobId jobId) {
        if (!tasks.liveOf(jobId).isEmpty()) {
            return;
        }
        if (releasing.remove(jobId) != null) {
            tasks.forget(jobId);
            exchange.releaseJob(jobId);
            stored.releaseJob(jobId);
            checkpoints.releaseJob(jobId);
            jobs.release(jobId);
            userLoaders.release(jobId);
        }
    }

    @Override
    public List<TaskProgress> progress() {
        return tasks.beat();
    }

    @Override
    public void close() {
        long now = System.nanoTime();
        tasks.cancelAll(now);
        awaitEndOfTasks(now + settings.cancelGrace().toNanos());
        snapshotThread.shutdown();
        tablesThread.shutdown();
        try (stored;
                metrics;
                threads) {
            jobs.close();
        }
    }

    private void awaitEndOfTasks(long deadlineNanos) {
        while (System.nanoTime() - deadlineNanos < 0 && !tasks.haveEnded()) {
            LockSupport.parkNanos(this, CLOSE_CHECK_NANOS);
        }
    }
}
