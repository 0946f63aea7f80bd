package io.millrace.state.api.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.TurnGuard;
import io.millrace.runtime.checkpoint.OperatorRestore;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.ChainParts;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.operator.OperatorMail;
import io.millrace.runtime.operator.RestoredState;
import io.millrace.runtime.operator.SideOutputs;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.operator.TaskLinks;
import io.millrace.runtime.operator.TaskScope;
import io.millrace.runtime.operator.TaskServices;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.JavaSerialization;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.time.ProcessingTimers;
import io.millrace.runtime.time.SteadyTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * An operator of the engine that takes records one by one and whose timers do not fire by
 * themselves, as one subtask of a job. Confined to the thread that makes it.
 */
public final class LoneOperator implements AutoCloseable {
    private static final int VERTEX = 1;

    /** Later than any time, with room behind it. */
    private static final long LATEST_MS = Long.MAX_VALUE >> 1;

    private static final JobId JOB = new JobId("0".repeat(31) + "a");

    private final KeySelector<Object, Object> keys; // null if it has none
    private final ProcessingTimers timers = new ProcessingTimers();
    private final TurnGuard guard = new TurnGuard(() -> {});
    private final Queue<Runnable> mail = new ArrayDeque<>();
    private final Path directory;
    private final Operator operator;

    private LoneOperator(
            Blueprint blueprint,
            Place place,
            RestoredState restored,
            Receiver out,
            Path directory) {
        this.directory = directory;
        this.keys = selector(blueprint);
        JobSerializers serializers = new JobSerializers(place.loader());
        ChainedOperator planned = planned(blueprint);
        OperatorContext context =
                new OperatorContext(
                        scope(planned, place, restored, directory),
                        planned,
                        0,
                        new TaskLinks(
                                () -> {},
                                output -> {},
                                mail::add,
                                timers,
                                new SteadyTime(System::nanoTime),
                                new OperatorMail(
                                        mail::add,
                                        condition -> {
                                            throw new IllegalStateException(
                                                    blueprint.name()
                                                            + " waits for mail, and nobody sends"
                                                            + " any.");
                                        }),
                                guard),
                        new SideOutputs(tag -> new Nowhere()),
                        List.of(serializers.of(blueprint.inputType())),
                        serializers.of(null),
                        serializers);
        this.operator =
                ChainParts.operator(
                        new StreamOperators()
                                .operatorFor(
                                        blueprint.spec().kind(), ExecutionMode.STREAMING, true),
                        blueprint.spec(),
                        context,
                        out);
    }

    /** An operator that begins with nothing, and whose results nobody wants. */
    public static LoneOperator empty(Blueprint blueprint, Place place) throws Exception {
        return opened(blueprint, place, RestoredState.NONE, new Nowhere());
    }

    /**
     * An operator that begins with what a savepoint has.
     *
     * @param parts all that concern the subtask
     * @param out takes results
     */
    public static LoneOperator restored(
            Blueprint blueprint,
            Place place,
            List<RestoredPart> parts,
            SegmentSource segments,
            Receiver out)
            throws Exception {
        TaskRestore restore =
                new TaskRestore(
                        VERTEX,
                        place.subtask(),
                        1,
                        false,
                        List.of(new OperatorRestore(0, parts)),
                        List.of());
        return opened(blueprint, place, new RestoredState(restore, segments), out);
    }

    private static LoneOperator opened(
            Blueprint blueprint, Place place, RestoredState restored, Receiver out)
            throws Exception {
        Path directory = Files.createTempDirectory("millrace-lone-operator");
        LoneOperator made = null;
        try {
            made = new LoneOperator(blueprint, place, restored, out, directory);
            made.guard.begin();
            made.operator.open();
            made.guard.end();
            return made;
        } catch (Throwable e) {
            try {
                if (made != null) {
                    made.close();
                } else {
                    remove(directory);
                }
            } catch (Exception also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    @SuppressWarnings("unchecked") // the selector takes the records
    private static KeySelector<Object, Object> selector(Blueprint blueprint) {
        return blueprint.keying() == null
                ? null
                : (KeySelector<Object, Object>) blueprint.keying().selectors().get(0);
    }

    private static ChainedOperator planned(Blueprint blueprint) {
        return new ChainedOperator(
                VERTEX,
                blueprint.id(),
                blueprint.name(),
                blueprint.spec().kind(),
                new byte[0],
                null,
                List.of(),
                List.of(),
                List.of(),
                blueprint.keying() == null
                        ? null
                        : JavaSerialization.write(blueprint.keying(), blueprint.name()),
                Map.of(),
                false);
    }

    private static TaskScope scope(
            ChainedOperator planned, Place place, RestoredState restored, Path directory) {
        JobVertex vertex =
                new JobVertex(
                        VERTEX,
                        planned.name(),
                        place.parallelism(),
                        place.maxParallelism(),
                        "default",
                        List.of(planned));
        AttemptId attempt = new AttemptId(JOB, VERTEX, place.subtask(), 0);
        String host = "localhost";
        return new TaskScope(
                attempt,
                "savepoint",
                ExecutionMode.STREAMING,
                vertex,
                place.config(),
                false,
                place.loader(),
                host,
                message -> {},
                directory,
                restored,
                TaskServices.alone(
                        attempt,
                        "savepoint",
                        vertex,
                        place.loader(),
                        host,
                        directory.resolve("files")),
                System::currentTimeMillis);
    }

    /**
     * @param timestampMs milliseconds since the epoch; {@link Long#MIN_VALUE} for none
     */
    public void push(Object record, long timestampMs) throws Exception {
        guard.begin();
        if (keys == null) {
            operator.push(record, timestampMs);
        } else {
            operator.pushKeyed(record, timestampMs, KeyGroups.hash(keys.getKey(record)));
        }
        runMail();
        guard.end();
    }

    /** What a record without a timestamp has. */
    public static long noTimestamp() {
        return RecordChunk.NO_TIMESTAMP;
    }

    /** No record comes any more. An operator of a program's own hears of it; no time passes. */
    public void endInput() throws Exception {
        guard.begin();
        operator.endInput();
        runMail();
        guard.end();
    }

    /** All time passes, of both kinds: every timer fires. */
    public void endTime() {
        guard.begin();
        operator.watermark(Long.MAX_VALUE);
        runMail();
        while (timers.runDue(LATEST_MS) > 0) {
            runMail();
        }
        guard.end();
    }

    private void runMail() {
        for (Runnable next = mail.poll(); next != null; next = mail.poll()) {
            next.run();
        }
    }

    /**
     * What it holds, as a checkpoint that stands alone has it.
     *
     * @param out takes what is not small
     */
    public List<StatePart> save(long checkpointId, SegmentOutput out) throws Exception {
        WholeTurn turn = new WholeTurn(checkpointId);
        guard.begin();
        operator.beforeSnapshot(checkpointId);
        operator.snapshot(turn);
        guard.end();
        return turn.write(out);
    }

    @Override
    public void close() throws Exception {
        guard.begin();
        try {
            operator.release();
        } finally {
            guard.end();
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
