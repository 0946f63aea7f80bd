package io.millrace.runtime.task;

import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import io.millrace.api.option.ProgramOptions;
import io.millrace.runtime.accumulator.TaskAccumulators;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.loader.UserLoaders;
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
import io.millrace.runtime.plan.JobVertex;
import java.util.function.Consumer;

/** Makes the tasks of deployments. Thread-safe; what it makes has not run yet. */
final class TaskBuilder {
    private final WorkerAddress self;
    private final TaskSettings settings;
    private final Exchange exchange;
    private final StoredExchange stored;
    private final OperatorCatalogue catalogue;
    private final WarmCode warmCode;
    private final UserLoaders userLoaders;
    private final MetricRegistry metrics;
    private final WorkerJobs jobs;

    TaskBuilder(
            WorkerAddress self,
            TaskSettings settings,
            Exchange exchange,
            StoredExchange stored,
            OperatorCatalogue catalogue,
            WarmCode warmCode,
            UserLoaders userLoaders,
            MetricRegistry metrics,
            WorkerJobs jobs) {
        this.self = self;
        this.settings = settings;
        this.exchange = exchange;
        this.stored = stored;
        this.catalogue = catalogue;
        this.warmCode = warmCode;
        this.userLoaders = userLoaders;
        this.metrics = metrics;
        this.jobs = jobs;
    }

    /**
     * What all tasks of a deployment have in common.
     *
     * @throws RuntimeException if the job's classes or options are unusable here: none of its tasks
     *     can be made
     */
    Batch batch(ToWorker.DeployTasks deployment) {
        JobGraph graph = deployment.graph();
        ClassLoader userLoader = userLoaders.of(graph.jobId(), graph.userJars());
        JobScope scope = jobs.scopeOf(graph, userLoader);
        Config config = Config.of(graph.config());
        CheckpointDirectory directory = jobs.directoryOf(graph.jobId(), config);
        LocalCopies copies = jobs.copiesOf(graph.jobId(), directory, config);
        jobs.readSavepoints(graph, config);
        return new Batch(
                deployment,
                userLoader,
                scope,
                config,
                CheckpointSettings.of(graph),
                directory,
                copies,
                new PlacementTable(deployment.workers(), deployment.placements()),
                new StoredEdges(stored, graph, deployment.inputs()));
    }

    /** The tasks of one deployment. */
    final class Batch {
        private final ToWorker.DeployTasks deployment;
        private final JobGraph graph;
        private final ClassLoader userLoader;
        private final JobScope job;
        private final Config config;
        private final CheckpointSettings checkpointing;
        private final CheckpointDirectory directory; // null if the job has none
        private final LocalCopies copies;
        private final PlacementTable placement;
        private final StoredEdges storedEdges;

        private Batch(
                ToWorker.DeployTasks deployment,
                ClassLoader userLoader,
                JobScope job,
                Config config,
                CheckpointSettings checkpointing,
                CheckpointDirectory directory,
                LocalCopies copies,
                PlacementTable placement,
                StoredEdges storedEdges) {
            this.deployment = deployment;
            this.graph = deployment.graph();
            this.userLoader = userLoader;
            this.job = job;
            this.config = config;
            this.checkpointing = checkpointing;
            this.directory = directory;
            this.copies = copies;
            this.placement = placement;
            this.storedEdges = storedEdges;
        }

        /**
         * Makes one.
         *
         * @param events hears what functions and sources tell the coordinator by themselves
         * @param changes hears of the task's states
         * @param desk takes what the task hands over at barriers
         */
        Task task(
                AttemptId attempt,
                Consumer<ToCoordinator> events,
                Consumer<ToCoordinator> changes,
                SnapshotDesk desk) {
            TaskScope scope = scope(attempt, events);
            return new Task(
                    attempt,
                    nameOf(scope),
                    new ChainAssembly(
                            graph,
                            scope,
                            placement,
                            exchange,
                            storedEdges,
                            catalogue,
                            warmCode,
                            checkpointing),
                    userLoader,
                    scope.services(),
                    changes,
                    TaskClock.SYSTEM,
                    checkpointing,
                    scope.restored(),
                    scope.vertex().parallelism(),
                    desk);
        }

        private TaskScope scope(AttemptId attempt, Consumer<ToCoordinator> events) {
            JobVertex vertex = graph.vertex(attempt.vertexId());
            return new TaskScope(
                    attempt,
                    graph.name(),
                    graph.mode(),
                    vertex,
                    config,
                    config.get(ProgramOptions.OBJECT_REUSE),
                    userLoader,
                    self.host(),
                    events,
                    settings.spillDirectory()
                            .resolve("millrace-" + attempt.toString().replace('/', '-')),
                    restored(attempt),
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
        }

        private RestoredState restored(AttemptId attempt) {
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
                            restore, new StoredSegments(from, copies, deployment.inManifest()));
                }
            }
            return RestoredState.NONE;
        }

        /** The name of its thread, if it has one of its own. */
        String threadName(AttemptId attempt) {
            return "task-"
                    + graph.vertex(attempt.vertexId()).name()
                    + "-"
                    + attempt.subtask()
                    + "#"
                    + attempt.attempt();
        }
    }

    /** In messages, counted from 1 as people do. */
    private static String nameOf(TaskScope scope) {
        AttemptId attempt = scope.attempt();
        return "task '"
                + scope.vertex().name()
                + "' ("
                + (attempt.subtask() + 1)
                + "/"
                + scope.vertex().parallelism()
                + ")#"
                + attempt.attempt();
    }
}
