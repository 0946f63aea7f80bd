package io.millrace.runtime.task;

import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Config;
import io.millrace.api.source.SourceEvent;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.OperatorRestore;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import io.millrace.runtime.exchange.stored.NoStoredExchange;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.TaskTime;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.RestoredState;
import io.millrace.runtime.operator.TaskScope;
import io.millrace.runtime.operator.TaskServices;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobPlanner;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.serde.JavaSerialization;
import io.millrace.runtime.state.MemorySegments;
import io.millrace.runtime.testing.ManualClock;
import io.millrace.runtime.testing.ScriptedExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One task of a job without threads: the test gives the turns, the exchange is a script, the clock
 * stands still. Confined to the test.
 */
public final class TaskHarness {
    // Tasks of one process share what was generated for them, as those of a worker do.
    private static final WarmCode WARM = new WarmCode();

    private final JobGraph graph;
    private final ScriptedExchange exchange;
    private final ManualClock clock = new ManualClock();
    private final List<ToCoordinator> told = new ArrayList<>();
    private final Task task;
    private final CutRecorder cuts = new CutRecorder();
    private int wakeUps;
    private int waits;

    /**
     * @param vertexId the vertex that is tested, subtask 0
     */
    public TaskHarness(
            StreamGraph program,
            int vertexId,
            OperatorCatalogue catalogue,
            ScriptedExchange exchange,
            Path spillDirectory) {
        this(program, vertexId, catalogue, exchange, spillDirectory, RestoredState.NONE);
    }

    public TaskHarness(
            StreamGraph program,
            int vertexId,
            OperatorCatalogue catalogue,
            ScriptedExchange exchange,
            Path spillDirectory,
            RestoredState restored) {
        this.graph =
                JobPlanner.plan(program, new JobId("0000000000000000000000000000000a"), List.of());
        this.exchange = exchange;
        CheckpointSettings settings = CheckpointSettings.of(graph);
        JobVertex vertex = graph.vertex(vertexId);
        AttemptId attempt = new AttemptId(graph.jobId(), vertexId, 0, 0);
        TaskScope scope =
                new TaskScope(
                        attempt,
                        "test",
                        graph.mode(),
                        vertex,
                        Config.of(graph.config()),
                        false,
                        TaskHarness.class.getClassLoader(),
                        "localhost",
                        told::add,
                        spillDirectory,
                        restored,
                        TaskServices.alone(
                                attempt,
                                "test",
                                vertex,
                                TaskHarness.class.getClassLoader(),
                                "localhost",
                                spillDirectory.resolve("files")),
                        clock::wallMs);
        List<Placement> placements = new ArrayList<>();
        for (JobVertex each : graph.vertices()) {
            placements.add(new Placement(each.id(), new int[each.parallelism()], 0));
        }
        this.task =
                new Task(
                        attempt,
                        "task '" + vertex.name() + "'",
                        new ChainAssembly(
                                graph,
                                scope,
                                new PlacementTable(
                                        List.of(new WorkerAddress("w", "localhost", 0)),
                                        placements),
                                exchange,
                                new StoredEdges(new NoStoredExchange(), graph, List.of()),
                                catalogue,
                                WARM,
                                settings),
                        scope.userLoader(),
                        scope.services(),
                        told::add,
                        new StandingClock(),
                        settings,
                        restored,
                        vertex.parallelism(),
                        cuts);
        task.handle().onWake(() -> wakeUps++);
    }

    private final class StandingClock implements TaskClock {
        @Override
        public long nanos() {
            return clock.nanos();
        }

        @Override
        public long wallMs() {
            return clock.wallMs();
        }

        @Override
        public void pause(long nanos) {
            if (task.handle().state() == TaskState.RUNNING && waits++ > 10_000) {
                throw new AssertionError("a turn waits for space for ever");
            }
        }
    }

    public int turn() {
        return task.turn();
    }

    /**
     * Gives turns until the task rests and nothing has woken it in its last one, as a loop does.
     * Returns how many there were.
     */
    public int turnUntilIdle() {
        int turns = 0;
        while (!task.isDone()) {
            int wakeUpsBefore = wakeUps;
            if (task.turn() == 0 && wakeUps == wakeUpsBefore) {
                break;
            }
            turns++;
            if (turns > 1_000_000) {
                throw new AssertionError(
                        "the task never comes to rest: " + task.handle().progress());
            }
        }
        return turns;
    }

    /** Gives turns until the task has ended, as a loop does whose wake-ups never stop. */
    public void turnUntilDone() {
        for (int turns = 0; !task.isDone(); turns++) {
            task.turn();
            if (turns > 1_000_000) {
                throw new AssertionError("the task never ends: " + task.handle().progress());
            }
        }
    }

    public JobGraph graph() {
        return graph;
    }

    public ScriptedExchange exchange() {
        return exchange;
    }

    public ManualClock clock() {
        return clock;
    }

    /** What the task has handed over at barriers. */
    CutRecorder cuts() {
        return cuts;
    }

    public void triggerCheckpoint(long checkpointId) {
        task.handle().triggerCheckpoint(barrier(checkpointId));
    }

    /**
     * Takes a checkpoint with a barrier on the one channel of each input.
     *
     * @return what a new attempt begins with
     */
    public TaskRestore checkpoint(long checkpointId, CheckpointKind kind, MemorySegments files)
            throws IOException {
        Barrier barrier = new Barrier(checkpointId, 1000 * checkpointId, kind);
        for (JobEdge input : graph.inputsOf(task.handle().attempt().vertexId())) {
            exchange.feed(input.id(), 0, barrier);
        }
        turnUntilIdle();
        TaskCut cut = cuts.cuts().get(checkpointId);
        if (cut == null) {
            throw new AssertionError(
                    "no cut for " + checkpointId + ": " + cuts.declined() + lastChange());
        }
        return restoreOf(checkpointId, files.file("checkpoint-" + checkpointId));
    }

    /**
     * What a new attempt would be given of a checkpoint, written to {@code out}; null if the task
     * has not come to its cut.
     */
    public TaskRestore restoreOf(long checkpointId, SegmentOutput out) {
        TaskCut cut = cuts.cuts().get(checkpointId);
        if (cut == null) {
            return null;
        }
        try (cut) {
            List<OperatorRestore> operators = new ArrayList<>();
            for (TaskCut.OperatorCut operator : cut.operators()) {
                List<StatePart> parts = new ArrayList<>(operator.parts());
                for (FrozenState frozen : operator.frozen()) {
                    parts.addAll(frozen.writeTo(out));
                }
                operators.add(new OperatorRestore(operator.operatorIndex(), whole(parts)));
            }
            List<StatePart> channels = new ArrayList<>();
            for (FrozenState frozen : cut.channels()) {
                channels.addAll(frozen.writeTo(out));
            }
            return new TaskRestore(
                    task.handle().attempt().vertexId(),
                    0,
                    checkpointId,
                    false,
                    operators,
                    whole(channels));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<RestoredPart> whole(List<StatePart> parts) {
        return parts.stream().map(part -> new RestoredPart(part, 0, 0, part.items())).toList();
    }

    public void checkpointEnded(long checkpointId, boolean complete) {
        task.handle().checkpointEnded(checkpointId, complete);
    }

    /** As the tasks before would send it. */
    public static Barrier barrier(long checkpointId) {
        return new Barrier(checkpointId, 1000 * checkpointId, CheckpointKind.FULL);
    }

    /** The monitor of the threads looks at the task, which may be in a turn. */
    public void monitorLooks() {
        task.handle().onCheck(clock.nanos());
    }

    public void cancel() {
        task.handle().cancel();
    }

    public void assignSplits(List<byte[]> splits, boolean noMore) {
        task.handle().assignSplits(1, splits, noMore);
    }

    /** An event of the enumerator for the reader. */
    public void sourceEvent(SourceEvent event) {
        task.handle().sourceEvent(JavaSerialization.write(event, "a test's event"));
    }

    /** How far the others of its group let the source come. */
    public void sourceLimit(long limitMs) {
        task.handle().sourceLimit(limitMs);
    }

    /** What the task said last about where its source is. */
    public ToCoordinator.SourceWatermark lastSourceWatermark() {
        ToCoordinator.SourceWatermark last = null;
        for (ToCoordinator message : told) {
            last = message instanceof ToCoordinator.SourceWatermark now ? now : last;
        }
        return last;
    }

    /** What two heartbeats, one after the other, learn of event time. */
    public TaskTime time() {
        task.handle().beat();
        turnUntilIdle();
        return task.handle().beat().time();
    }

    public TaskState state() {
        return task.handle().state();
    }

    public TaskProgress progress() {
        return task.handle().progress();
    }

    public int wakeUps() {
        return wakeUps;
    }

    public List<ToCoordinator> told() {
        return told;
    }

    /** What the task said last about its state. */
    public ToCoordinator.TaskChanged lastChange() {
        ToCoordinator.TaskChanged last = null;
        for (ToCoordinator message : told) {
            if (message instanceof ToCoordinator.TaskChanged changed) {
                last = changed;
            }
        }
        return last;
    }
}
