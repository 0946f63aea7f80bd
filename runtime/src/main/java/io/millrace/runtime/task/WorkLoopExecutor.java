package io.millrace.runtime.task;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import io.millrace.api.option.ProgramOptions;
import io.millrace.runtime.accumulator.TaskAccumulators;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.RecoverySettings;
import io.millrace.runtime.checkpoint.SavepointSettings;
import io.millrace.runtime.checkpoint.SavepointTables;
import io.millrace.runtime.checkpoint.StorageSettings;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.checkpoint.TaskRestore;
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
import io.millrace.runtime.metrics.TaskMetrics;
import io.millrace.runtime.operator.JobScope;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.RestoredState;
import io.millrace.runtime.operator.TaskScope;
import io.millrace.runtime.operator.TaskServices;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
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

    private final WorkerAddress self;
    private final TaskSettings settings;
    private final Exchange exchange;
    private final StoredExchange stored;
    private final OperatorCatalogue catalogue;
    private final WarmCode warmCode;
    private final UserLoaders userLoaders;
    private final TaskListener listener;
    private final Consumer<Throwable> fatal;
    private final TaskThreads threads;
    private final MetricRegistry metrics;
    private final ThreadPoolExecutor snapshotThread;
    private final ThreadPoolExecutor tablesThread;
    private final WorkerCheckpoints checkpoints;
    private final ConcurrentHashMap<JobId, JobScope> jobs = new ConcurrentHashMap<>();
    // Of jobs that have one.
    private final ConcurrentHashMap<JobId, CheckpointDirectory> directories =
            new ConcurrentHashMap<>();
    // Of jobs that keep some.
    private final ConcurrentHashMap<JobId, LocalCopies> copies = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<JobId, SavepointSetup> savepoints = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<AttemptId, RunningTask> tasks = new ConcurrentHashMap<>();
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
        this.self = self;
        this.warmCode = warmCode;
        this.settings = settings;
        this.exchange = exchange;
        this.stored = stored;
        this.catalogue = catalogue;
        this.userLoaders = userLoaders;
        this.listener = listener;
        this.fatal = fatal;
        this.metrics =
                MetricRegistry.start(
                        settings.metrics(), self.workerId(), userLoaders.ofClassPath());
        this.threads =
                switch (settings.threads()) {
                    case LOOPS ->
                            new WorkLoops(
                                    settings.loops(),
                                    settings.turnLimit().toNanos(),
                                    fatal,
                                    this::checkTasks);
                    case DEDICATED -> new DedicatedThreads(fatal, this::checkTasks);
                };
        this.snapshotThread = backgroundThread("snapshots-");
        this.tablesThread = backgroundThread("savepoint-tables-");
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
    private ThreadPoolExecutor backgroundThread(String name) {
        ThreadPoolExecutor made =
                new ThreadPoolExecutor(
                        1,
                        1,
                        SNAPSHOT_THREAD_KEEP_ALIVE_S,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work -> {
                            Thread thread = new Thread(work, name + self.workerId());
                            thread.setDaemon(true);
                            return thread;
                        },
                        new ThreadPoolExecutor.DiscardPolicy());
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    @Override
    public void deploy(ToWorker.DeployTasks deployment) {
        JobGraph graph = deployment.graph();
        ClassLoader userLoader;
        try {
            userLoader = userLoaders.of(graph.jobId(), graph.userJars());
        } catch (RuntimeException e) {
            deployment.tasks().forEach(attempt -> refuse(attempt, e));
            return;
        }
        JobScope job =
                jobs.computeIfAbsent(
                        graph.jobId(),
                        id ->
                                new JobScope(
                                        graph.attachments(),
                                        userLoader,
                                        ownDirectory("files", id)));
        Config config = Config.of(graph.config());
        CheckpointSettings checkpointing;
        CheckpointDirectory directory;
        LocalCopies local;
        try {
            checkpointing = CheckpointSettings.of(graph);
            directory = directoryOf(graph.jobId(), config);
            local = copiesOf(graph.jobId(), directory, config);
            savepoints.put(
                    graph.jobId(),
                    new SavepointSetup(
                            graph,
                            ownDirectory("savepoint", graph.jobId()),
                            SavepointSettings.from(config),
                            SavepointTables::ofEngine));
        } catch (RuntimeException e) {
            deployment.tasks().forEach(attempt -> refuse(attempt, e));
            return;
        }
        PlacementTable placement =
                new PlacementTable(deployment.workers(), deployment.placements());
        StoredEdges storedEdges = new StoredEdges(stored, graph, deployment.inputs());
        for (AttemptId attempt : deployment.tasks()) {
            JobVertex vertex = graph.vertex(attempt.vertexId());
            TaskScope scope =
                    new TaskScope(
                            attempt,
                            graph.name(),
                            graph.mode(),
                            vertex,
                            config,
                            config.get(ProgramOptions.OBJECT_REUSE),
                            userLoader,
                            self.host(),
                            listener::tell,
                            settings.spillDirectory()
                                    .resolve("millrace-" + attempt.toString().replace('/', '-')),
                            restoredBy(deployment, attempt, directory, local),
                            new TaskServices(
                                    job,
                                    new TaskAccumulators(),
                                    new TaskMetrics(
                                            metrics,
                                            attempt,
                                            graph.name(),
                                            vertex,
                                            self.workerId(),
                                            self.host())),
                            TaskClock.SYSTEM::wallMs);
            start(
                    scope,
                    new ChainAssembly(
                            graph,
                            scope,
                            placement,
                            exchange,
                            storedEdges,
                            catalogue,
                            warmCode,
                            checkpointing),
                    checkpointing);
        }
    }

    /** Null if the job has none. */
    private CheckpointDirectory directoryOf(JobId jobId, Config config) {
        return StorageSettings.from(config)
                .directory()
                .map(
                        root ->
                                directories.computeIfAbsent(
                                        jobId, id -> CheckpointDirectory.of(new Path(root), id)))
                .orElse(null);
    }

    /** Where the durable files are on this machine's disks already, a copy would gain nothing. */
    private LocalCopies copiesOf(JobId jobId, CheckpointDirectory directory, Config config) {
        if (directory == null
                || !directory.files().isDistributedFS()
                || !RecoverySettings.from(config).fromLocal()) {
            return LocalCopies.NONE;
        }
        return copies.computeIfAbsent(jobId, id -> LocalCopies.in(ownDirectory("copies", id)));
    }

    private static RestoredState restoredBy(
            ToWorker.DeployTasks deployment,
            AttemptId attempt,
            CheckpointDirectory directory,
            LocalCopies local) {
        for (TaskRestore restore : deployment.restores()) {
            if (restore.vertexId() == attempt.vertexId()
                    && restore.subtask() == attempt.subtask()) {
                // A job without a directory of its own may start from a savepoint, whose files
                // have absolute names.
                CheckpointDirectory from =
                        directory == null
                                ? CheckpointDirectory.of(new Path("file:///"), attempt.jobId())
                                : directory;
                return new RestoredState(
                        restore, new StoredSegments(from, local, deployment.inManifest()));
            }
        }
        return RestoredState.NONE;
    }

    /** Of this worker alone, also where several share a process. */
    private java.nio.file.Path ownDirectory(String what, JobId jobId) {
        return settings.spillDirectory()
                .resolve(
                        "millrace-"
                                + what
                                + "-"
                                + jobId.hex()
                                + "-"
                                + self.workerId().replace('/', '-')
                                + "-"
                                + ProcessHandle.current().pid());
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

    private void start(TaskScope scope, ChainAssembly assembly, CheckpointSettings checkpointing) {
        AttemptId attempt = scope.attempt();
        Task task =
                new Task(
                        attempt,
                        "task '"
                                + scope.vertex().name()
                                + "' ("
                                + (attempt.subtask() + 1)
                                + "/"
                                + scope.vertex().parallelism()
                                + ")#"
                                + attempt.attempt(),
                        assembly,
                        scope.userLoader(),
                        scope.services(),
                        this::onTaskSays,
                        TaskClock.SYSTEM,
                        checkpointing,
                        scope.restored(),
                        scope.vertex().parallelism(),
                        checkpoints);
        WorkHandle handle = threads.add(task, threadName(scope));
        task.onWake(handle::wake);
        if (tasks.putIfAbsent(attempt, new RunningTask(task, handle)) != null) {
            LOG.warn("task deployed twice, the second time ignored attempt={}", attempt);
            return;
        }
        LOG.debug("task deployed attempt={} vertex={}", attempt, scope.vertex().name());
        handle.wake();
    }

    private static String threadName(TaskScope scope) {
        AttemptId attempt = scope.attempt();
        return "task-" + scope.vertex().name() + "-" + attempt.subtask() + "#" + attempt.attempt();
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
            if (running == null || running.task().state().isTerminal()) {
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

    /**
     * On the monitor's thread: ends pieces of work that take long, interrupts what does not end,
     * and gives up on what never does.
     */
    private void checkTasks(long nowNanos) {
        for (RunningTask running : tasks.values()) {
            running.task().onCheck(nowNanos);
            long sinceNanos = running.canceledForNanos(nowNanos);
            if (sinceNanos >= settings.cancelTimeout().toNanos()) {
                fatal.accept(
                        new MillraceException(
                                ErrorCode.INTERNAL,
                                running.task().where()
                                        + " has not ended "
                                        + settings.cancelTimeout().toMillis()
                                        + " ms after its cancel; the worker process ends, since"
                                        + " nothing else stops the user's code. See"
                                        + " task.cancel-timeout."));
                running.giveUp();
            } else if (sinceNanos >= settings.cancelGrace().toNanos()) {
                running.handle().interrupt();
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
        for (RunningTask running : tasks.values()) {
            if (running.isOf(ended.jobId()) && !running.task().state().isTerminal()) {
                running.task().checkpointEnded(ended.checkpointId(), ended.complete());
            }
        }
    }

    @Override
    public void stop(ToWorker.StopTasks request) {
        List<AttemptId> unknown = new ArrayList<>();
        for (AttemptId attempt : request.tasks()) {
            RunningTask running = tasks.get(attempt);
            if (running == null || running.task().state().isTerminal()) {
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
            checkpoints.beginSavepoint(trigger, savepoints.get(trigger.jobId()));
        } else {
            checkpoints.begin(
                    trigger,
                    directories.get(trigger.jobId()),
                    copies.getOrDefault(trigger.jobId(), LocalCopies.NONE));
        }
    }

    @Override
    public void releaseJob(ToWorker.ReleaseJob job) {
        releasing.put(job.jobId(), true);
        long now = System.nanoTime();
        for (RunningTask running : tasks.values()) {
            if (running.isOf(job.jobId()) && !running.task().state().isTerminal()) {
                running.cancel(now);
            }
        }
        releaseIfEnded(job.jobId());
    }

    @Override
    public void abandonTasks() {
        long now = System.nanoTime();
        for (RunningTask running : tasks.values()) {
            if (!running.task().state().isTerminal()) {
                running.cancel(now);
            }
        }
        Set<JobId> kept = stored.held().stream().map(ResultId::jobId).collect(Collectors.toSet());
        for (JobId jobId : jobs.keySet()) {
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
        for (RunningTask running : tasks.values()) {
            if (running.isOf(jobId) && !running.task().state().isTerminal()) {
                return;
            }
        }
        if (releasing.remove(jobId) != null) {
            tasks.values().removeIf(running -> running.isOf(jobId));
            exchange.releaseJob(jobId);
            stored.releaseJob(jobId);
            checkpoints.releaseJob(jobId);
            copies.remove(jobId);
            directories.remove(jobId);
            savepoints.remove(jobId);
            closeIfThere(jobs.remove(jobId));
            userLoaders.release(jobId);
        }
    }

    private static void closeIfThere(JobScope job) {
        if (job != null) {
            job.close();
        }
    }

    @Override
    public List<TaskProgress> progress() {
        return tasks.values().stream().map(running -> running.task().beat()).toList();
    }

    @Override
    public void close() {
        long now = System.nanoTime();
        for (RunningTask running : tasks.values()) {
            if (!running.task().state().isTerminal()) {
                running.cancel(now);
            }
        }
        awaitEndOfTasks(now + settings.cancelGrace().toNanos());
        snapshotThread.shutdown();
        tablesThread.shutdown();
        try (stored;
                metrics;
                threads) {
            jobs.keySet().forEach(jobId -> closeIfThere(jobs.remove(jobId)));
            copies.values().forEach(LocalCopies::close);
        }
    }

    private void awaitEndOfTasks(long deadlineNanos) {
        while (System.nanoTime() - deadlineNanos < 0
                && tasks.values().stream().anyMatch(r -> !r.task().state().isTerminal())) {
            LockSupport.parkNanos(this, CLOSE_CHECK_NANOS);
        }
    }
}
