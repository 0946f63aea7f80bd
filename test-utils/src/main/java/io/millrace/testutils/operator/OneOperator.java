package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.chain.ClassCopies;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.TurnGuard;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.ChainParts;
import io.millrace.runtime.operator.ChunkReceiver;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.operator.OperatorMail;
import io.millrace.runtime.operator.PieceEnd;
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
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.time.ProcessingTimers;
import io.millrace.runtime.time.SteadyTime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One operator of the engine without a task around it: time stands still until it is moved, mail
 * waits until it is fetched. The function is the test's own object, so that the test can look at
 * it. Confined to the test, except that any thread may post mail.
 */
final class OneOperator {
    private static final String HOST = "localhost";
    private static final int KEY_GROUPS = 128;

    /** The one vertex of the job that a harness seems to be. */
    static final int VERTEX = 1;

    private final KeySelector<?, ?>[] keys;
    private final ProcessingTimers timers = new ProcessingTimers();
    private final SteadyTime steady = new SteadyTime(this::clockNanos);
    private final PieceEnd piece = new PieceEnd(); // never ended
    private final TurnGuard guard = new TurnGuard(() -> {});
    private final Queue<Runnable> mail = new ConcurrentLinkedQueue<>();
    // Whether the operator has been told of the end.
    private boolean ending;
    private final OperatorMail operatorMail =
            new OperatorMail(
                    mail::add,
                    condition -> {
                        throw new IllegalStateException(
                                "The operator waits for mail, and the test has sent none.");
                    });
    private final Operator operator;
    private final ChunkReceiver[] entrances;
    private final long[] watermarksMs;
    private long clockMs;

    /**
     * @param keys one for each input, null where it has no keys
     * @param main takes what is emitted
     * @param sides gives the place behind a side output by the id of its tag
     * @param restored what it starts from
     */
    OneOperator(
            OperatorSpec spec,
            KeySelector<?, ?>[] keys,
            Receiver main,
            Function<String, Receiver> sides,
            RestoredState restored) {
        this.keys = keys.clone();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ChainedOperator planned = planned(spec);
        JobSerializers serializers = new JobSerializers(loader);
        Serializer<Object> unknown = serializers.of(null);
        Serializer<Object>[] inputs = serializers(keys.length, unknown);
        OperatorContext context =
                new OperatorContext(
                        scope(planned, loader, restored),
                        planned,
                        0,
                        new TaskLinks(
                                () -> {},
                                output -> {},
                                mail::add,
                                timers,
                                steady,
                                operatorMail,
                                guard),
                        new SideOutputs(sides),
                        List.of(inputs),
                        unknown,
                        serializers);
        this.operator =
                ChainParts.operator(
                        new StreamOperators()
                                .operatorFor(spec.kind(), ExecutionMode.STREAMING, true),
                        spec,
                        context,
                        main);
        this.entrances = new ChunkReceiver[keys.length];
        for (int i = 0; i < keys.length; i++) {
            entrances[i] = ChainParts.entrance(operator, i, new ClassCopies(false));
        }
        this.watermarksMs = new long[keys.length];
        Arrays.fill(watermarksMs, Long.MIN_VALUE);
    }

    @SuppressWarnings("unchecked") // an array of one kind of serializer
    private static Serializer<Object>[] serializers(int number, Serializer<Object> each) {
        Serializer<Object>[] all = new Serializer[number];
        Arrays.fill(all, each);
        return all;
    }

    private static ChainedOperator planned(OperatorSpec spec) {
        return new ChainedOperator(
                1, null, "tested", spec.kind(), new byte[0], null, List.of(), List.of());
    }

    private TaskScope scope(ChainedOperator planned, ClassLoader loader, RestoredState restored) {
        JobVertex vertex =
                new JobVertex(VERTEX, planned.name(), 1, KEY_GROUPS, "default", List.of(planned));
        AttemptId attempt =
                new AttemptId(new JobId("0000000000000000000000000000000a"), vertex.id(), 0, 0);
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), "millrace-harness");
        return new TaskScope(
                attempt,
                "test",
                ExecutionMode.STREAMING,
                vertex,
                Config.empty(),
                false,
                loader,
                HOST,
                message -> {},
                directory,
                restored,
                TaskServices.alone(
                        attempt, "test", vertex, loader, HOST, directory.resolve("files")),
                () -> clockMs);
    }

    void open() throws Exception {
        call(
                () -> {
                    operator.open();
                    return null;
                });
    }

    void record(int input, Object value, long timestampMs) throws Exception {
        call(
                () -> {
                    RecordChunk chunk = new RecordChunk(keys[input] != null);
                    if (keys[input] == null) {
                        chunk.add(value, timestampMs);
                    } else {
                        chunk.add(value, timestampMs, hash(keys[input], value));
                    }
                    entrances[input].accept(chunk, piece);
                    return null;
                });
    }

    @SuppressWarnings("unchecked") // the selector takes the input's records
    private static int hash(KeySelector<?, ?> selector, Object value) throws Exception {
        return KeyGroups.hash(((KeySelector<Object, Object>) selector).getKey(value));
    }

    /** As in a job, a watermark that is not higher than the one before is no news. */
    void watermark(int input, long timestampMs) throws Exception {
        if (timestampMs > watermarksMs[input]) {
            watermarksMs[input] = timestampMs;
            call(
                    () -> {
                        entrances[input].watermark(timestampMs);
                        return null;
                    });
        }
    }

    void clock(long timeMs) throws Exception {
        clockMs = timeMs;
        call(
                () -> {
                    while (timers.runDue(clockMs) + steady.runDue() > 0) {
                        runMail();
                    }
                    return null;
                });
    }

    private long clockNanos() {
        return TimeUnit.MILLISECONDS.toNanos(clockMs);
    }

    long clockMs() {
        return clockMs;
    }

    /** Returns false if the operator waits for mail or timers before it can end. */
    boolean finish() throws Exception {
        return call(
                () -> {
                    if (!ending && !operator.mayEnd()) {
                        return false;
                    }
                    ending = true;
                    boolean finished = operator.finish();
                    while (!finished && !operator.awaitsMail()) {
                        finished = operator.finish();
                    }
                    return finished;
                });
    }

    /** As at a barrier. */
    OperatorSubtaskState snapshot(long checkpointId, long timestampMs) throws Exception {
        HarnessTurn turn = new HarnessTurn(checkpointId, timestampMs);
        call(
                () -> {
                    operator.beforeSnapshot(checkpointId);
                    operator.snapshot(turn);
                    return null;
                });
        return turn.write();
    }

    void checkpointEnded(long checkpointId, boolean complete) throws Exception {
        call(
                () -> {
                    operator.checkpointEnded(checkpointId, complete);
                    return null;
                });
    }

    void release() throws Exception {
        call(
                () -> {
                    operator.release();
                    return null;
                });
    }

    long stateEntries() {
        return operator.stateEntries();
    }

    int timers(TimeDomain domain) {
        return operator.timers(domain);
    }

    /** Runs something, and then the mail; what the function throws comes out as it was. */
    private <T> T call(Callable<T> step) throws Exception {
        guard.begin();
        try {
            T result = step.call();
            runMail();
            return result;
        } catch (UserCodeException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw e;
        } finally {
            guard.end();
        }
    }

    private void runMail() {
        for (Runnable next = mail.poll(); next != null; next = mail.poll()) {
            next.run();
        }
    }
}
