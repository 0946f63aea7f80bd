package io.millrace.runtime.testing;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.RestoredState;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.state.MemorySegments;
import io.millrace.runtime.task.TaskHarness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Runs one operator as a task of its own, in hostile modes: chunks of 1, 2 and 256 records, and an
 * output that is full every second time. All of them must give the same. Confined to the test.
 */
public final class OperatorHarness {
    private static final int[] CHUNK_RECORDS = {1, 2, RecordChunk.CAPACITY};
    private static final int TESTED = 3;
    private static final int BEHIND = 4;

    private final OperatorSpec spec;
    private final TypeInformation<?> inputType;
    private final TypeInformation<?> secondType;
    private final TypeInformation<?> outputType;
    private boolean hasThird;
    private final List<OutputTag<?>> sides = new ArrayList<>();
    private ExecutionMode mode = ExecutionMode.STREAMING;
    private OperatorCatalogue catalogue = new StreamOperators();
    private KeySelector<Object, Object> keySelector;
    private KeySelector<Object, Object> secondSelector;
    private TypeInformation<?> keyType;
    private Comparator<Object> order; // of records that may come in any; else null
    private String[] options = {};
    // Of the job that is made next: some operators are others then.
    private boolean takesCheckpoints;
    private boolean restores;
    private final Random random = new Random(17);
    private int tasks; // so far, of those that go on where others were: each has its directory
    private Path spillDirectory = Path.of(System.getProperty("java.io.tmpdir"), "unused");

    private OperatorHarness(
            OperatorSpec spec,
            TypeInformation<?> inputType,
            TypeInformation<?> secondType,
            TypeInformation<?> outputType) {
        this.spec = spec;
        this.inputType = inputType;
        this.secondType = secondType;
        this.outputType = outputType;
    }

    public static OperatorHarness of(
            OperatorSpec spec, TypeInformation<?> inputType, TypeInformation<?> outputType) {
        return new OperatorHarness(spec, inputType, null, outputType);
    }

    /** An operator of two inputs. */
    public static OperatorHarness ofTwo(
            OperatorSpec spec,
            TypeInformation<?> firstType,
            TypeInformation<?> secondType,
            TypeInformation<?> outputType) {
        return new OperatorHarness(spec, firstType, secondType, outputType);
    }

    /** An operator of three inputs of one type; the third is keyed as the first is. */
    public static OperatorHarness ofThree(
            OperatorSpec spec, TypeInformation<?> inputTypes, TypeInformation<?> outputType) {
        OperatorHarness harness = ofTwo(spec, inputTypes, inputTypes, outputType);
        harness.hasThird = true;
        return harness;
    }

    @SuppressWarnings("unchecked")
    public OperatorHarness keyedBy(KeySelector<?, ?> selector) {
        keySelector = (KeySelector<Object, Object>) selector;
        return this;
    }

    public OperatorHarness keyedBy(KeySelector<?, ?> selector, TypeInformation<?> type) {
        keyType = type;
        return keyedBy(selector);
    }

    @SuppressWarnings("unchecked")
    public OperatorHarness secondKeyedBy(KeySelector<?, ?> selector) {
        secondSelector = (KeySelector<Object, Object>) selector;
        return this;
    }

    /** Somebody wants the side output too. */
    public OperatorHarness side(OutputTag<?> tag) {
        sides.add(tag);
        return this;
    }

    /** As a batch job has it, which takes no checkpoints. */
    public OperatorHarness batch(OperatorCatalogue operators, Path directory) {
        mode = ExecutionMode.BATCH;
        restores = false;
        catalogue = operators;
        spillDirectory = directory;
        return this;
    }

    /**
     * Also stops the operator between any two chunks, and lets a new one go on from its checkpoint:
     * for operators and functions that keep all they know as state.
     */
    public OperatorHarness restoring() {
        restores = true;
        return this;
    }

    /** Tasks keep what is not in memory in directories below. */
    public OperatorHarness spillingTo(Path directory) {
        spillDirectory = directory;
        return this;
    }

    /** The operator's class is what this catalogue says. */
    public OperatorHarness catalogue(OperatorCatalogue operators) {
        catalogue = operators;
        return this;
    }

    /** The order in which records come out may differ between modes; which ones may not. */
    public OperatorHarness inAnyOrder(Comparator<Object> by) {
        order = by;
        return this;
    }

    /** Keys and values, alternating. */
    public OperatorHarness with(String... keysAndValues) {
        options = keysAndValues;
        return this;
    }

    /** What the operator emits for the records and the end of the input; the same in all modes. */
    public List<Object> run(List<?> records) {
        return run(() -> records);
    }

    /** The same with fresh records in each mode, for operators that change what they get. */
    public List<Object> run(Supplier<List<?>> records) {
        return play(() -> Script.of(records.get().toArray())).records();
    }

    /** What the operator emits while the script runs, and at the end; the same in all modes. */
    public Played play(Script script) {
        return play(() -> script);
    }

    /**
     * Brings a script to a task and cancels it before its end.
     *
     * @param endTurns of the task after its input has ended; 0 to cancel before that
     * @param before runs right before the cancel
     */
    public void cancel(Script script, int endTurns, Runnable before) {
        TaskHarness task = task(new ScriptedExchange(true), RestoredState.NONE);
        task.turnUntilIdle();
        Feed feed = new Feed(task, task.graph().inputsOf(TESTED), RecordChunk.CAPACITY);
        script.steps().forEach(feed::step);
        feed.flush();
        if (endTurns > 0) {
            feed.end();
        }
        for (int i = 0; i < endTurns; i++) {
            task.turn();
        }
        before.run();
        task.cancel();
        task.turnUntilDone();
        if (task.state() != TaskState.CANCELED) {
            throw new AssertionError(task.lastChange());
        }
    }

    private Played play(Supplier<Script> script) {
        Played first = null;
        for (int chunkRecords : CHUNK_RECORDS) {
            for (boolean fullEverySecondTime : new boolean[] {false, true}) {
                Played played = play(script.get(), chunkRecords, fullEverySecondTime);
                if (first != null && !equal(first, played)) {
                    throw new AssertionError(
                            "chunks of "
                                    + chunkRecords
                                    + (fullEverySecondTime ? " and a full output" : "")
                                    + " give "
                                    + played
                                    + ", not "
                                    + first);
                }
                first = first == null ? played : first;
            }
        }
        for (CheckpointKind kind : restores ? CheckpointKind.values() : new CheckpointKind[0]) {
            Played played = playRestored(script.get(), kind);
            if (!equal(first, played)) {
                throw new AssertionError(
                        "restored between chunks, from "
                                + kind
                                + " checkpoints, gives "
                                + played
                                + ", not "
                                + first);
            }
        }
        return first;
    }

    private boolean equal(Played first, Played second) {
        return order == null
                ? first.equals(second)
                : first.inOrder(order).equals(second.inOrder(order));
    }

    private Played play(Script script, int chunkRecords, boolean fullEverySecondTime) {
        takesCheckpoints = false;
        TaskHarness task = task(new ScriptedExchange(fullEverySecondTime), RestoredState.NONE);
        task.turnUntilIdle();
        Feed feed = new Feed(task, task.graph().inputsOf(TESTED), chunkRecords);
        script.steps().forEach(feed::step);
        return end(task, feed);
    }

    private Played playRestored(Script script, CheckpointKind kind) {
        takesCheckpoints = true;
        MemorySegments files = new MemorySegments();
        Map<Integer, ControlEvent> lastEvents = new HashMap<>();
        Played all = new Played(List.of(), List.of(), Map.of(), List.of());
        TaskHarness task = task(new ScriptedExchange(false), RestoredState.NONE);
        task.turnUntilIdle();
        long checkpointId = 0;
        for (Script.Step step : script.steps()) {
            Feed feed = new Feed(task, task.graph().inputsOf(TESTED), 1);
            feed.step(step);
            feed.flush();
            if (step instanceof Script.Step.Watermark watermark) {
                lastEvents.put(
                        watermark.input(), new ControlEvent.Watermark(watermark.timestampMs()));
            } else if (step instanceof Script.Step.Idle idle) {
                lastEvents.put(idle.input(), new ControlEvent.Idle());
            }
            checkpointId++;
            TaskRestore restore;
            try {
                restore = task.checkpoint(checkpointId, kind, files);
                task.checkpointEnded(checkpointId, true);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            if (random.nextInt(3) == 0) {
                continue; // goes on: so incremental checkpoints build on each other
            }
            all = all.and(played(task));
            TaskHarness next = task(new ScriptedExchange(false), new RestoredState(restore, files));
            next.clock().advanceMs(task.clock().wallMs() - next.clock().wallMs());
            task.cancel();
            task.turnUntilDone();
            task = next;
            task.turnUntilIdle();
            // As the tasks before do when they start again.
            Feed again = new Feed(task, task.graph().inputsOf(TESTED), 1);
            lastEvents.forEach(again::feed);
        }
        return all.and(end(task, new Feed(task, task.graph().inputsOf(TESTED), 1)));
    }

    private TaskHarness task(ScriptedExchange exchange, RestoredState restored) {
        Path own = restores ? spillDirectory.resolve("task-" + tasks++) : spillDirectory;
        return new TaskHarness(graph(), TESTED, catalogue, exchange, own, restored);
    }

    private Played end(TaskHarness task, Feed feed) {
        feed.end();
        task.turnUntilDone();
        if (task.state() != TaskState.FINISHED) {
            throw new AssertionError(task.lastChange());
        }
        JobEdge main = task.graph().inputsOf(BEHIND).get(0);
        List<ControlEvent> events = task.exchange().events(main.id(), 0);
        if (!(events.get(events.size() - 1) instanceof ControlEvent.EndOfInput)) {
            throw new AssertionError("the output does not end: " + events);
        }
        return played(task);
    }

    private Played played(TaskHarness task) {
        JobEdge main = task.graph().inputsOf(BEHIND).get(0);
        List<ControlEvent> events = task.exchange().events(main.id(), 0);
        Map<String, List<Object>> bySide = new HashMap<>();
        for (int i = 0; i < sides.size(); i++) {
            JobEdge edge = task.graph().inputsOf(BEHIND + 1 + i).get(0);
            bySide.put(sides.get(i).getId(), task.exchange().records(edge.id(), 0));
        }
        return new Played(
                task.exchange().records(main.id(), 0),
                task.exchange().timestampsMs(main.id(), 0),
                bySide,
                Played.watermarksOf(events));
    }

    /** Brings the steps of a script to a task, records in chunks of some size. */
    private final class Feed {
        private final TaskHarness task;
        private final List<JobEdge> inputs;
        private final int chunkRecords;
        private RecordChunk chunk;
        private int chunkInput;

        Feed(TaskHarness task, List<JobEdge> inputs, int chunkRecords) {
            this.task = task;
            this.inputs = inputs;
            this.chunkRecords = chunkRecords;
        }

        void step(Script.Step step) {
            if (step instanceof Script.Step.Record record) {
                add(record);
                return;
            }
            flush();
            if (step instanceof Script.Step.Watermark watermark) {
                feed(watermark.input(), new ControlEvent.Watermark(watermark.timestampMs()));
            } else if (step instanceof Script.Step.Idle idle) {
                feed(idle.input(), new ControlEvent.Idle());
            } else if (step instanceof Script.Step.Pass pass) {
                task.clock().advanceMs(pass.ms());
                task.turnUntilIdle();
            } else if (step instanceof Script.Step.SetBack back) {
                task.clock().setBackMs(back.ms());
                task.turnUntilIdle();
            }
        }

        private void add(Script.Step.Record record) {
            if (chunk != null && chunkInput != record.input()) {
                flush();
            }
            KeySelector<Object, Object> selector =
                    record.input() == 1 ? secondSelector : keySelector;
            if (chunk == null) {
                chunk = new RecordChunk(selector != null);
                chunkInput = record.input();
            }
            if (selector == null) {
                chunk.add(record.value(), record.timestampMs());
            } else {
                chunk.add(record.value(), record.timestampMs(), hash(selector, record.value()));
            }
            if (chunk.size == chunkRecords) {
                flush();
            }
        }

        private void flush() {
            if (chunk != null) {
                RecordChunk full = chunk;
                chunk = null;
                feed(chunkInput, full);
            }
        }

        private void feed(int input, Item item) {
            task.exchange().feed(inputs.get(input).id(), 0, item);
            task.turnUntilIdle();
        }

        void end() {
            flush();
            for (JobEdge input : inputs) {
                task.exchange().feed(input.id(), 0, new ControlEvent.EndOfInput());
            }
        }
    }

    private static int hash(KeySelector<Object, Object> selector, Object value) {
        try {
            return KeyGroups.hash(selector.getKey(value));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private StreamGraph graph() {
        Graphs graphs =
                Graphs.in(mode)
                        .node("before", source(), inputType)
                        .node("second", source(), secondType)
                        .node(
                                "tested",
                                spec,
                                outputType,
                                "default",
                                StreamNode.Chaining.NEVER,
                                keying());
        if (mode == ExecutionMode.BATCH) {
            // Its neighbours run beside it.
            graphs.with("execution.batch-shuffle-mode", "ALL_EXCHANGES_PIPELINED");
        }
        if (takesCheckpoints) {
            graphs.with("execution.checkpointing.interval", "1 h");
        }
        sink(graphs, "behind");
        sides.forEach(side -> sink(graphs, "side"));
        for (int i = 0; i < options.length; i += 2) {
            graphs.with(options[i], options[i + 1]);
        }
        graphs.edge(1, TESTED, 0, null, partitioning(keySelector));
        if (secondType != null) {
            graphs.edge(2, TESTED, 1, null, partitioning(secondSelector));
        }
        if (hasThird) {
            graphs.node("third", source(), secondType);
            graphs.edge(BEHIND + 1 + sides.size(), TESTED, 2, null, partitioning(keySelector));
        }
        graphs.edge(TESTED, BEHIND, Partitioning.Kind.FORWARD);
        for (int i = 0; i < sides.size(); i++) {
            graphs.edge(TESTED, BEHIND + 1 + i, 0, sides.get(i), partitioning(null));
        }
        return graphs.build();
    }

    private Keying keying() {
        if (keySelector == null && secondSelector == null) {
            return null;
        }
        return new Keying(Arrays.asList(keySelector, secondSelector, keySelector), keyType);
    }

    private static OperatorSpec source() {
        return new OperatorSpec.SourceSpec(
                new RangeSource<>(0, number -> number), WatermarkStrategy.noWatermarks());
    }

    private static void sink(Graphs graphs, String name) {
        graphs.node(
                name,
                new OperatorSpec.SinkSpec(new CollectSink<>()),
                null,
                "default",
                StreamNode.Chaining.NEVER);
    }

    private static Partitioning partitioning(KeySelector<Object, Object> selector) {
        return selector == null
                ? new Partitioning.Plain(Partitioning.Kind.FORWARD)
                : new Partitioning.ByKey(selector);
    }
}
