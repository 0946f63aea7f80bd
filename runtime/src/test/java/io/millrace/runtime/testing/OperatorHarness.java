package io.millrace.runtime.testing;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.task.TaskHarness;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs one operator as a task of its own, in hostile modes: chunks of 1, 2 and 256 records, and an
 * output that is full every second time. All of them must give the same. Confined to the test.
 */
public final class OperatorHarness {
    private static final int[] CHUNK_RECORDS = {1, 2, RecordChunk.CAPACITY};
    private static final int TESTED = 2;

    private final OperatorSpec spec;
    private final TypeInformation<?> inputType;
    private final TypeInformation<?> outputType;
    private ExecutionMode mode = ExecutionMode.STREAMING;
    private OperatorCatalogue catalogue = new StreamOperators();
    private KeySelector<Object, Object> keySelector;
    private String[] options = {};
    private Path spillDirectory = Path.of(System.getProperty("java.io.tmpdir"), "unused");

    private OperatorHarness(
            OperatorSpec spec, TypeInformation<?> inputType, TypeInformation<?> outputType) {
        this.spec = spec;
        this.inputType = inputType;
        this.outputType = outputType;
    }

    public static OperatorHarness of(
            OperatorSpec spec, TypeInformation<?> inputType, TypeInformation<?> outputType) {
        return new OperatorHarness(spec, inputType, outputType);
    }

    @SuppressWarnings("unchecked")
    public OperatorHarness keyedBy(KeySelector<?, ?> selector) {
        keySelector = (KeySelector<Object, Object>) selector;
        return this;
    }

    public OperatorHarness batch(OperatorCatalogue operators, Path directory) {
        mode = ExecutionMode.BATCH;
        catalogue = operators;
        spillDirectory = directory;
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
        List<Object> first = null;
        for (int chunkRecords : CHUNK_RECORDS) {
            for (boolean fullEverySecondTime : new boolean[] {false, true}) {
                List<Object> emitted = run(records.get(), chunkRecords, fullEverySecondTime);
                if (first != null && !first.equals(emitted)) {
                    throw new AssertionError(
                            "chunks of "
                                    + chunkRecords
                                    + (fullEverySecondTime ? " and a full output" : "")
                                    + " give "
                                    + emitted
                                    + ", not "
                                    + first);
                }
                first = emitted;
            }
        }
        return first;
    }

    private List<Object> run(List<?> records, int chunkRecords, boolean fullEverySecondTime) {
        TaskHarness task =
                new TaskHarness(
                        graph(),
                        TESTED,
                        catalogue,
                        new ScriptedExchange(fullEverySecondTime),
                        spillDirectory);
        task.turnUntilIdle();
        JobEdge input = task.graph().inputsOf(TESTED).get(0);
        RecordChunk chunk = null;
        for (Object record : records) {
            if (chunk == null) {
                chunk = new RecordChunk(keySelector != null);
            }
            add(chunk, record);
            if (chunk.size == chunkRecords) {
                task.exchange().feed(input.id(), 0, chunk);
                task.turnUntilIdle();
                chunk = null;
            }
        }
        if (chunk != null) {
            task.exchange().feed(input.id(), 0, chunk);
        }
        task.exchange().feed(input.id(), 0, new ControlEvent.EndOfInput());
        task.turnUntilDone();
        if (task.state() != TaskState.FINISHED) {
            throw new AssertionError(task.lastChange());
        }
        int output = input.id() + 1;
        List<ControlEvent> events = task.exchange().events(output, 0);
        if (!(events.get(events.size() - 1) instanceof ControlEvent.EndOfInput)) {
            throw new AssertionError("the output does not end: " + events);
        }
        return task.exchange().records(output, 0);
    }

    private void add(RecordChunk chunk, Object record) {
        if (keySelector == null) {
            chunk.add(record, RecordChunk.NO_TIMESTAMP);
            return;
        }
        try {
            chunk.add(record, RecordChunk.NO_TIMESTAMP, KeyGroups.hash(keySelector.getKey(record)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private StreamGraph graph() {
        Graphs graphs =
                Graphs.in(mode)
                        .node(
                                "before",
                                new OperatorSpec.SourceSpec(
                                        new RangeSource<>(0, number -> number),
                                        WatermarkStrategy.noWatermarks()),
                                inputType)
                        .node("tested", spec, outputType, "default", StreamNode.Chaining.NEVER)
                        .node(
                                "behind",
                                new OperatorSpec.SinkSpec(new CollectSink<>()),
                                null,
                                "default",
                                StreamNode.Chaining.NEVER);
        for (int i = 0; i < options.length; i += 2) {
            graphs.with(options[i], options[i + 1]);
        }
        return (keySelector == null
                        ? graphs.edge(1, TESTED, Partitioning.Kind.FORWARD)
                        : graphs.edge(1, TESTED, new Partitioning.ByKey(keySelector)))
                .edge(TESTED, 3, Partitioning.Kind.FORWARD)
                .build();
    }
}
