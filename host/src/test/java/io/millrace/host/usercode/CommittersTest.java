package io.millrace.host.usercode;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.OperatorSpec.SinkSpec;
import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.Metric;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsOutputEnd;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.metrics.CoordinatorMetrics;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommittersTest {
    private static final List<String> COMMITTED = Collections.synchronizedList(new ArrayList<>());

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Long> pauses = Collections.synchronizedList(new ArrayList<>());
    private final CoordinatorMetrics metrics = CoordinatorMetrics.withoutReporters();
    private final Committers committers =
            new Committers(graph -> getClass().getClassLoader(), events::add, metrics, pauses::add);

    @BeforeEach
    void forget() {
        COMMITTED.clear();
    }

    @AfterEach
    void close() {
        committers.close();
    }

    @Test
    void commitsTheCommittablesOfAllSubtasksInOneCall() throws Exception {
        FailureReport failure =
                commit(
                        (requests, calls) ->
                                COMMITTED.add(
                                        requests.stream()
                                                .map(Committer.CommitRequest::getCommittable)
                                                .toList()
                                                .toString()),
                        prepared(0, "a", "b"),
                        prepared(1, "c"));

        assertThat(failure).isNull();
        assertThat(COMMITTED).containsExactly("[a v2, b v2, c v2]", "closed");
    }

    @Test
    void bringsOnlyThoseAgainThatAskForIt() throws Exception {
        FailureReport failure =
                commit(
                        (requests, calls) -> {
                            for (Committer.CommitRequest<String> request : requests) {
                                String name = request.getCommittable();
                                COMMITTED.add(name + "#" + request.getNumberOfRetries());
                                if (name.startsWith("later") && request.getNumberOfRetries() < 2) {
                                    request.retryLater();
                                } else if (name.startsWith("old")) {
                                    request.signalAlreadyCommitted();
                                } else if (name.startsWith("change")) {
                                    request.updateAndRetryLater("other");
                                }
                            }
                        },
                        prepared(0, "now", "later", "old", "change"));

        assertThat(failure).isNull();
        assertThat(COMMITTED)
                .containsExactly(
                        "now v2#0",
                        "later v2#0",
                        "old v2#0",
                        "change v2#0",
                        "later v2#1",
                        "other#1",
                        "later v2#2",
                        "closed");
        assertThat(pauses).containsExactly(50L, 100L);
    }

    @Test
    void countsWhatBecomesOfCommittablesUntilTheJobHasEnded() throws Exception {
        Script script =
                (requests, calls) -> {
                    for (Committer.CommitRequest<String> request : requests) {
                        if (request.getNumberOfRetries() == 0
                                && request.getCommittable().startsWith("later")) {
                            request.retryLater();
                        } else if (request.getCommittable().startsWith("old")) {
                            request.signalAlreadyCommitted();
                        } else if (request.getCommittable().startsWith("lost")) {
                            request.signalFailedWithKnownReason(new IOException("gone"));
                        }
                    }
                };
        commit(script, prepared(0, "now", "later"), prepared(1, "old"));
        commit(script, prepared(0, "now"));

        assertThat(counted("totalCommittables")).isEqualTo(4);
        assertThat(counted("successfulCommittables")).isEqualTo(3);
        assertThat(counted("alreadyCommittedCommittables")).isEqualTo(1);
        assertThat(counted("retriedCommittables")).isEqualTo(1);
        assertThat(counted("failedCommittables")).isZero();
        assertThat(pending()).isZero();

        commit(script, prepared(0, "now", "lost"));

        assertThat(counted("successfulCommittables")).isEqualTo(4);
        assertThat(counted("failedCommittables")).isEqualTo(1);
        assertThat(pending()).as("the two of the commit that failed").isEqualTo(2);

        committers.jobEnded(Graphs.JOB);

        assertThat(metrics.snapshot()).isEmpty();
    }

    private long counted(String name) {
        return ((Counter) metric(name)).getCount();
    }

    private int pending() {
        return (Integer) ((Gauge<?>) metric("pendingCommittables")).getValue();
    }

    private Metric metric(String name) {
        return metrics.snapshot().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".files.committer." + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + metrics.snapshot()))
                .getValue();
    }

    @Test
    void reportsCommittablesThatNeverStopAskingForARetry() throws Exception {
        FailureReport failure =
                commit(
                        (requests, calls) -> requests.forEach(Committer.CommitRequest::retryLater),
                        prepared(0, "a", "b"));

        assertThat(failure.code()).isEqualTo(ErrorCode.COMMIT_FAILED);
        assertThat(failure.operator()).isEqualTo("files");
        assertThat(failure.summary()).contains("2 of 2 committables");
        assertThat(pauses).hasSize(CommitRunner.MAX_ROUNDS - 1);
    }

    @Test
    void callsOutputThatCanNeverBeCommittedLost() throws Exception {
        FailureReport failure =
                commit(
                        (requests, calls) ->
                                requests.forEach(
                                        request ->
                                                request.signalFailedWithKnownReason(
                                                        new IOException("the part is gone"))),
                        prepared(0, "a"));

        assertThat(failure.code()).isEqualTo(ErrorCode.DATA_LOSS);
        assertThat(failure.summary()).contains("the part is gone");
    }

    @Test
    void reportsAnUnknownReasonAsOneThatMayPass() throws Exception {
        FailureReport failure =
                commit(
                        (requests, calls) ->
                                requests.forEach(
                                        request ->
                                                request.signalFailedWithUnknownReason(
                                                        new IOException("time-out"))),
                        prepared(0, "a"));

        assertThat(failure.code()).isEqualTo(ErrorCode.COMMIT_FAILED);
        assertThat(failure.code().advice()).isEqualTo(ErrorCode.Advice.RETRY);
    }

    @Test
    void reportsWhatTheCommitterThrew() throws Exception {
        FailureReport failure =
                commit(
                        (requests, calls) -> {
                            throw new IOException("disk full");
                        },
                        prepared(0, "a"));

        assertThat(failure.code()).isEqualTo(ErrorCode.COMMIT_FAILED);
        assertThat(failure.operator()).isEqualTo("files");
        assertThat(failure.stackTrace()).startsWith("java.io.IOException: disk full");
        assertThat(COMMITTED).containsExactly("closed");
    }

    @Test
    void hasNothingToDoForNoCommittables() throws Exception {
        FailureReport failure =
                commit(
                        (requests, calls) -> {
                            throw new IOException("never called");
                        });

        assertThat(failure).isNull();
    }

    @Test
    void theEndOfTheOutputIsToldBehindTheLastCommitOnly() throws Exception {
        Script script =
                (requests, calls) -> {
                    if (requests != null) {
                        COMMITTED.add("commit");
                    }
                };
        assertThat(commit(script, false, prepared(0, "a"))).isNull();
        assertThat(COMMITTED).containsExactly("commit", "closed");
        assertThat(commit(script, true, prepared(0, "b"))).isNull();
        assertThat(COMMITTED).containsExactly("commit", "closed", "commit", "closed", "ended");
        assertThat(commit(script, true)).isNull();
        assertThat(COMMITTED).endsWith("ended", "ended");
    }

    @Test
    void anEndThatCannotBeToldFailsTheCommitSoThatItIsTriedAgain() throws Exception {
        FailureReport failure =
                commit(
                        (requests, calls) -> {
                            if (requests == null) {
                                throw new IOException("no space left");
                            }
                        },
                        true,
                        prepared(0, "a"));
        assertThat(failure.code()).isEqualTo(ErrorCode.COMMIT_FAILED);
        assertThat(failure.headline()).contains("the end of the output", "no space left");
    }

    private static OperatorCommittables prepared(int subtask, String... names) {
        List<byte[]> bytes = new ArrayList<>();
        for (String name : names) {
            bytes.add(name.getBytes(StandardCharsets.UTF_8));
        }
        return new OperatorCommittables(1, 0, subtask, 2, bytes);
    }

    private FailureReport commit(Script script, OperatorCommittables... prepared)
            throws InterruptedException {
        return commit(script, false, prepared);
    }

    private FailureReport commit(Script script, boolean last, OperatorCommittables... prepared)
            throws InterruptedException {
        committers.commit(
                new Effect.Commit(
                        Graphs.of("files", new SinkSpec(new ScriptedSink(script)), 2),
                        List.of(prepared),
                        last));
        Event event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).as("an event within 30 s").isInstanceOf(Event.CommitEnded.class);
        Event.CommitEnded ended = (Event.CommitEnded) event;
        assertThat(ended.jobId()).isEqualTo(Graphs.JOB);
        return ended.failure();
    }

    private interface Script extends Serializable {
        void commit(Collection<Committer.CommitRequest<String>> requests, int calls)
                throws IOException;
    }

    private record ScriptedSink(Script script)
            implements Sink<String>, SupportsCommitter<String>, SupportsOutputEnd, Serializable {
        /** The script hears of it by requests that are null. */
        @Override
        public void outputEnded(CommitterInitContext context) throws IOException {
            script.commit(null, 0);
            COMMITTED.add("ended");
        }

        @Override
        public SinkWriter<String> createWriter(WriterInitContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Committer<String> createCommitter(CommitterInitContext context) {
            return new Committer<>() {
                private int calls;

                @Override
                public void commit(Collection<CommitRequest<String>> requests) throws IOException {
                    script.commit(requests, calls++);
                }

                @Override
                public void close() {
                    COMMITTED.add("closed");
                }
            };
        }

        @Override
        public SimpleVersionedSerializer<String> getCommittableSerializer() {
            return new SimpleVersionedSerializer<>() {
                @Override
                public int getVersion() {
                    return 9;
                }

                @Override
                public byte[] serialize(String text) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public String deserialize(int version, byte[] bytes) {
                    return new String(bytes, StandardCharsets.UTF_8) + " v" + version;
                }
            };
        }
    }
}
