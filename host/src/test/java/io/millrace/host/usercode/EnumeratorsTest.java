package io.millrace.host.usercode;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.OperatorSpec.SourceSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.ReaderInfo;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SplitsAssignment;
import io.millrace.api.source.SupportsHandleExecutionAttemptSourceEvent;
import io.millrace.api.testing.Await;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.metrics.CoordinatorMetrics;
import io.millrace.runtime.serde.JavaSerialization;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnumeratorsTest {
    private static final int GENERATION = 3;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CoordinatorMetrics metrics = CoordinatorMetrics.withoutReporters();
    private final Enumerators enumerators =
            new Enumerators(graph -> getClass().getClassLoader(), events::add, metrics);

    @AfterEach
    void close() {
        enumerators.close();
    }

    @Test
    void assignsASplitToTheReaderThatAsksForOne() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("request")) {
                        context.assignSplit(new Split("s-of-" + call.host()), call.subtask());
                    }
                });

        enumerators.splitRequest(
                new Effect.SplitRequest(Graphs.JOB, 1, 0, GENERATION, 1, "host-b"));

        Event.SplitsAssigned assigned = (Event.SplitsAssigned) next();
        assertThat(assigned.subtask()).isEqualTo(1);
        assertThat(assigned.generation()).isEqualTo(GENERATION);
        assertThat(assigned.serializerVersion()).isEqualTo(4);
        assertThat(assigned.noMoreSplits()).isFalse();
        assertThat(assigned.splits())
                .singleElement()
                .satisfies(
                        bytes ->
                                assertThat(new String(bytes, StandardCharsets.UTF_8))
                                        .isEqualTo("s-of-host-b"));
    }

    @Test
    void assignsByItselfToRegisteredReadersAndEndsThem() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("reader") && context.registeredReaders().size() == 2) {
                        context.assignSplits(
                                new SplitsAssignment<>(
                                        Map.of(
                                                0,
                                                List.of(new Split("a"), new Split("b")),
                                                1,
                                                List.of())));
                        context.signalNoMoreSplits(1);
                    }
                });

        enumerators.readerRegistered(
                new Effect.ReaderRegistered(Graphs.JOB, 1, 0, GENERATION, 0, 0, "host-a"));
        enumerators.readerRegistered(
                new Effect.ReaderRegistered(Graphs.JOB, 1, 0, GENERATION, 1, 0, "host-b"));

        assertThat(((Event.SplitsAssigned) next()).splits()).hasSize(2);
        assertThat(((Event.SplitsAssigned) next()).subtask()).isEqualTo(1);
        assertThat(((Event.SplitsAssigned) next()).noMoreSplits()).isTrue();
    }

    @Test
    void handlesAsynchronousAnswersOnTheEnumeratorsThread() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("start")) {
                        Thread owner = Thread.currentThread();
                        context.callAsync(
                                () -> Thread.currentThread() == owner ? "same" : "found elsewhere",
                                (found, failure) ->
                                        context.assignSplit(
                                                new Split(
                                                        found
                                                                + ", handled "
                                                                + (Thread.currentThread() == owner
                                                                        ? "here"
                                                                        : "elsewhere")),
                                                0));
                    }
                });

        assertThat(new String(((Event.SplitsAssigned) next()).splits().get(0)))
                .isEqualTo("found elsewhere, handled here");
    }

    @Test
    void givesTheHandlerWhatAnAsynchronousCallThrew() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("start")) {
                        context.callAsync(
                                () -> {
                                    throw new IllegalStateException("listing failed");
                                },
                                (found, failure) ->
                                        context.assignSplit(new Split(failure.getMessage()), 0));
                    }
                });

        assertThat(new String(((Event.SplitsAssigned) next()).splits().get(0)))
                .isEqualTo("listing failed");
    }

    @Test
    void repeatsAPeriodicCall() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("start")) {
                        context.callAsync(
                                () -> "found",
                                (found, failure) -> context.assignSplit(new Split(found), 0),
                                0,
                                1);
                    }
                });

        for (int i = 0; i < 3; i++) {
            assertThat(next()).isInstanceOf(Event.SplitsAssigned.class);
        }
    }

    @Test
    void carriesEventsBothWays() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("event")) {
                        context.sendEventToSourceReader(0, new Note("answer to " + call.host()));
                    }
                });

        enumerators.readerEvent(
                new Effect.ReaderEvent(
                        Graphs.JOB,
                        1,
                        0,
                        GENERATION,
                        0,
                        0,
                        JavaSerialization.write(new Note("hello"), "test")));

        Event.EnumeratorSpoke spoke = (Event.EnumeratorSpoke) next();
        assertThat(
                        JavaSerialization.read(
                                spoke.event(), getClass().getClassLoader(), SourceEvent.class))
                .isEqualTo(new Note("answer to hello"));
    }

    @Test
    void sendsAnEventToTheAttemptThatRunsAndToNoOther() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("reader")) {
                        assertThat(context.registeredReadersOfAttempts())
                                .isEqualTo(Map.of(1, Map.of(4, new ReaderInfo(1, "host-b"))));
                        context.sendEventToSourceReader(1, 3, new Note("to the attempt before"));
                        context.sendEventToSourceReader(1, 4, new Note("to this attempt"));
                    }
                });

        enumerators.readerRegistered(
                new Effect.ReaderRegistered(Graphs.JOB, 1, 0, GENERATION, 1, 4, "host-b"));

        Event.EnumeratorSpoke spoke = (Event.EnumeratorSpoke) next();
        assertThat(spoke.subtask()).isEqualTo(1);
        assertThat(
                        JavaSerialization.read(
                                spoke.event(), getClass().getClassLoader(), SourceEvent.class))
                .isEqualTo(new Note("to this attempt"));
    }

    @Test
    void tellsAttemptsApartIfSlowSubtasksAreTriedAgain() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("reader")
                            && context.registeredReadersOfAttempts()
                                    .getOrDefault(1, Map.of())
                                    .containsKey(5)) {
                        context.sendEventToSourceReader(1, 5, new Note("second"));
                    }
                    if (call.name().equals("event")) {
                        context.sendEventToSourceReader(1, 4, new Note(call.host()));
                    }
                },
                ExecutionMode.BATCH,
                Map.of("execution.batch.speculative.enabled", "true"));
        assertThat(next()).isInstanceOf(Event.EnumeratorHearsAttempts.class);

        registered(4);
        registered(5);
        assertThat(((Event.EnumeratorSpoke) next()).attempt()).isEqualTo(5);
        says(5);
        Event.EnumeratorSpoke answer = (Event.EnumeratorSpoke) next();
        assertThat(answer.attempt()).isEqualTo(4);
        assertThat(textOf(answer)).isEqualTo("hello from attempt 5");

        enumerators.readerGone(new Effect.ReaderGone(Graphs.JOB, 1, 0, GENERATION, 1, 4));
        says(5);
        registered(5);
        assertThat(((Event.EnumeratorSpoke) next()).attempt())
                .as("attempt 4 is told nothing more")
                .isEqualTo(5);
    }

    @Test
    void hearsOfOneAttemptAtATimeIfNothingIsTriedAgain() throws Exception {
        // A cluster may have the option set for all jobs, also for those that never end.
        start(
                (context, call) -> {
                    if (call.name().equals("event")) {
                        context.sendEventToSourceReader(1, 4, new Note(call.host()));
                    }
                },
                ExecutionMode.STREAMING,
                Map.of("execution.batch.speculative.enabled", "true"));
        registered(4);
        says(4);
        Event.EnumeratorSpoke answer = (Event.EnumeratorSpoke) next();
        assertThat(answer.attempt()).isEqualTo(Event.EnumeratorSpoke.ALL_ATTEMPTS);
        assertThat(textOf(answer)).isEqualTo("hello");
    }

    private void registered(int attempt) {
        enumerators.readerRegistered(
                new Effect.ReaderRegistered(
                        Graphs.JOB, 1, 0, GENERATION, 1, attempt, "host-" + attempt));
    }

    private void says(int attempt) {
        byte[] event = JavaSerialization.write(new Note("hello"), "test");
        enumerators.readerEvent(
                new Effect.ReaderEvent(Graphs.JOB, 1, 0, GENERATION, 1, attempt, event));
    }

    private String textOf(Event.EnumeratorSpoke spoke) {
        return ((Note)
                        JavaSerialization.read(
                                spoke.event(), getClass().getClassLoader(), SourceEvent.class))
                .text();
    }

    @Test
    void countsInTheMetricsOfTheCoordinatorUntilTheEnumeratorIsClosed() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("start")) {
                        context.metricGroup().setUnassignedSplitsGauge(() -> 7L);
                        context.metricGroup().counter("listings").inc(2);
                        context.assignSplit(new Split("counted"), 0);
                    }
                });
        next();

        String scope = "localhost.coordinator.job.lines.enumerator.";
        assertThat(((Gauge<?>) metrics.snapshot().get(scope + "unassignedSplits")).getValue())
                .isEqualTo(7L);
        assertThat(((Counter) metrics.snapshot().get(scope + "listings")).getCount()).isEqualTo(2);

        enumerators.stop(new Effect.StopEnumerators(Graphs.JOB, GENERATION));
        assertThat(CLOSED.computeIfAbsent(id, any -> new CompletableFuture<>()))
                .succeedsWithin(Duration.ofSeconds(30));
        Await.until("its metrics are gone", metrics::snapshot, Map::isEmpty);
    }

    @Test
    void reportsWhatTheEnumeratorThrewWithItsStackFirst() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("request")) {
                        throw new IllegalStateException(
                                "outer", new IllegalArgumentException("no such directory"));
                    }
                });

        enumerators.splitRequest(
                new Effect.SplitRequest(Graphs.JOB, 1, 0, GENERATION, 0, "host-a"));

        Event.EnumeratorFailed failed = (Event.EnumeratorFailed) next();
        assertThat(failed.generation()).isEqualTo(GENERATION);
        assertThat(failed.failure().code()).isEqualTo(ErrorCode.USER_CODE_FAILED);
        assertThat(failed.failure().operator()).isEqualTo("lines");
        assertThat(failed.failure().summary()).contains("'lines'").contains("no such directory");
        assertThat(failed.failure().stackTrace())
                .startsWith("java.lang.IllegalArgumentException: no such directory\n\tat ")
                .contains("EnumeratorsTest");
    }

    @Test
    void reportsAnEnumeratorThatCannotBeMade() throws Exception {
        start(null);

        Event.EnumeratorFailed failed = (Event.EnumeratorFailed) next();
        assertThat(failed.failure().summary()).contains("cannot be made");
    }

    @Test
    void refusesASubtaskThatDoesNotExist() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("start")) {
                        context.assignSplit(new Split("x"), 2);
                    }
                });

        assertThat(((Event.EnumeratorFailed) next()).failure().summary())
                .contains("subtask 2 does not exist")
                .contains("parallelism is 2");
    }

    @Test
    void ignoresRequestsOfAnotherGeneration() throws Exception {
        start(
                (context, call) -> {
                    if (call.name().equals("request")) {
                        context.assignSplit(new Split(call.host()), call.subtask());
                    }
                });

        enumerators.splitRequest(
                new Effect.SplitRequest(Graphs.JOB, 1, 0, GENERATION - 1, 0, "old"));
        enumerators.splitRequest(new Effect.SplitRequest(Graphs.JOB, 1, 0, GENERATION, 0, "new"));

        assertThat(new String(((Event.SplitsAssigned) next()).splits().get(0))).isEqualTo("new");
    }

    @Test
    void closesTheEnumeratorsOfAGeneration() throws Exception {
        start((context, call) -> {});

        enumerators.stop(new Effect.StopEnumerators(Graphs.JOB, GENERATION - 1));
        enumerators.stop(new Effect.StopEnumerators(Graphs.JOB, GENERATION));

        assertThat(CLOSED.computeIfAbsent(id, any -> new CompletableFuture<>()))
                .succeedsWithin(Duration.ofSeconds(30));
        enumerators.splitRequest(
                new Effect.SplitRequest(Graphs.JOB, 1, 0, GENERATION, 0, "host-a"));
        assertThat(events).isEmpty();
    }

    /** By the test's id: enumerators travel serialized, and close after their test has ended. */
    private static final Map<Integer, CompletableFuture<String>> CLOSED = new ConcurrentHashMap<>();

    private static final AtomicInteger IDS = new AtomicInteger();

    private final int id = IDS.incrementAndGet();

    private void start(Script script) {
        start(script, ExecutionMode.BATCH, Map.of());
    }

    private void start(Script script, ExecutionMode mode, Map<String, String> config) {
        enumerators.start(
                new Effect.StartEnumerator(
                        Graphs.of(
                                "lines",
                                new SourceSpec(
                                        new ScriptedSource(script, id),
                                        WatermarkStrategy.noWatermarks()),
                                2,
                                mode,
                                config),
                        1,
                        0,
                        GENERATION));
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).as("an event within 30 s").isNotNull();
        return event;
    }

    /** What was called on the enumerator; {@code host} also carries an event's text. */
    private record Call(String name, int subtask, String host) {}

    private interface Script
            extends BiConsumer<SplitEnumeratorContext<Split>, Call>, Serializable {}

    private record Split(String splitId) implements SourceSplit {}

    private record Note(String text) implements SourceEvent {}

    private record ScriptedSource(Script script, int id)
            implements Source<String, Split, Void>, Serializable {
        @Override
        public Boundedness getBoundedness() {
            return Boundedness.BOUNDED;
        }

        @Override
        public SplitEnumerator<Split, Void> createEnumerator(
                SplitEnumeratorContext<Split> context) {
            if (script == null) {
                throw new IllegalStateException("cannot be made");
            }
            return new ScriptedEnumerator(context, script, id);
        }

        @Override
        public SplitEnumerator<Split, Void> restoreEnumerator(
                SplitEnumeratorContext<Split> context, Void checkpoint) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SimpleVersionedSerializer<Split> getSplitSerializer() {
            return new SimpleVersionedSerializer<>() {
                @Override
                public int getVersion() {
                    return 4;
                }

                @Override
                public byte[] serialize(Split split) {
                    return split.splitId().getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public Split deserialize(int version, byte[] bytes) {
                    return new Split(new String(bytes, StandardCharsets.UTF_8));
                }
            };
        }

        @Override
        public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SourceReader<String, Split> createReader(SourceReaderContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private record ScriptedEnumerator(SplitEnumeratorContext<Split> context, Script script, int id)
            implements SplitEnumerator<Split, Void>, SupportsHandleExecutionAttemptSourceEvent {
        @Override
        public void start() {
            script.accept(context, new Call("start", -1, null));
        }

        @Override
        public void handleSplitRequest(int subtaskId, String host) {
            script.accept(context, new Call("request", subtaskId, host));
        }

        @Override
        public void addSplitsBack(List<Split> splits, int subtaskId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addReader(int subtaskId) {
            script.accept(context, new Call("reader", subtaskId, null));
        }

        @Override
        public void handleSourceEvent(int subtaskId, SourceEvent event) {
            script.accept(context, new Call("event", subtaskId, ((Note) event).text()));
        }

        @Override
        public void handleSourceEvent(int subtaskId, int attemptNumber, SourceEvent event) {
            String text = ((Note) event).text() + " from attempt " + attemptNumber;
            script.accept(context, new Call("event", subtaskId, text));
        }

        @Override
        public Void snapshotState(long checkpointId) {
            return null;
        }

        @Override
        public void close() {
            CLOSED.computeIfAbsent(id, any -> new CompletableFuture<>()).complete("closed");
        }
    }
}
