package io.millrace.testutils.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.ThrowingRunnable;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.sink.async.AIMDScalingStrategy;
import io.millrace.api.sink.async.AsyncSinkWriter;
import io.millrace.api.sink.async.AsyncSinkWriterConfiguration;
import io.millrace.api.sink.async.AsyncSinkWriterConfiguration.AsyncSinkWriterConfigurationBuilder;
import io.millrace.api.sink.async.AsyncSinkWriterStateSerializer;
import io.millrace.api.sink.async.BufferedRequestState;
import io.millrace.api.sink.async.CongestionControlRateLimitingStrategy;
import io.millrace.api.sink.async.RequestEntryWrapper;
import io.millrace.api.sink.async.ResultHandler;
import io.millrace.api.stream.JobID;
import io.millrace.api.time.ProcessingTimeService;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

/** A writer of asynchronous requests, with mail and time by hand. */
class AsyncSinkWriterTest {
    private static final long WAITS_MS = 100;
    private static final long TIMEOUT_MS = 1_000;

    private final Clock clock = new Clock();
    private final Mail mail = new Mail();
    private final List<Sent> requests = new ArrayList<>();

    private record Sent(List<String> entries, ResultHandler<String> result) {}

    private final class Writer extends AsyncSinkWriter<String, String> {
        Writer(AsyncSinkWriterConfiguration limits, List<BufferedRequestState<String>> states) {
            super((element, context) -> element, context(), limits, states);
        }

        @Override
        protected void submitRequestEntries(
                List<String> requestEntries, ResultHandler<String> resultHandler) {
            requests.add(new Sent(requestEntries, resultHandler));
        }

        @Override
        protected long getSizeInBytes(String requestEntry) {
            return requestEntry.length();
        }

        Writer write(String... elements) throws Exception {
            for (String element : elements) {
                write(element, null);
            }
            return this;
        }
    }

    /** The contract's scope with this test's mail and clock. */
    private WriterInitContext context() {
        ContractScope scope = new ContractScope(new JobID(), 0);
        return (WriterInitContext)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {WriterInitContext.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "getMailboxExecutor" -> mail;
                                    case "getProcessingTimeService" -> clock;
                                    default -> method.invoke(scope, arguments);
                                });
    }

    /** Two entries or ten bytes a request, one under way, three waiting. */
    private static AsyncSinkWriterConfigurationBuilder limits() {
        return AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(2)
                .setMaxBatchSizeInBytes(10)
                .setMaxInFlightRequests(1)
                .setMaxBufferedRequests(3)
                .setMaxTimeInBufferMS(WAITS_MS)
                .setMaxRecordSizeInBytes(8)
                .setRequestTimeoutMS(TIMEOUT_MS);
    }

    private Writer writer() {
        return new Writer(limits().build(), List.of());
    }

    private List<List<String>> sent() {
        return requests.stream().map(Sent::entries).toList();
    }

    private ResultHandler<String> answer(int request) {
        return requests.get(request).result();
    }

    @Test
    void aBatchGoesOutWhenItIsFull() throws Exception {
        Writer writer = writer().write("a");
        assertThat(sent()).isEmpty();
        writer.write("b", "c");
        assertThat(sent()).containsExactly(List.of("a", "b"));
    }

    @Test
    void aBatchGoesOutWhenItHasEnoughBytes() throws Exception {
        Writer writer = writer().write("12345678", "12");
        assertThat(sent()).containsExactly(List.of("12345678", "12"));
        answer(0).complete();
        mail.runAll();
        writer.write("12345678", "123");
        assertThat(sent()).hasSize(2).endsWith(List.of("12345678"));
    }

    @Test
    void whatHasWaitedLongEnoughGoesOutInASmallBatch() throws Exception {
        writer().write("a");
        clock.advance(WAITS_MS - 1);
        assertThat(sent()).isEmpty();
        clock.advance(1);
        assertThat(sent()).containsExactly(List.of("a"));
    }

    @Test
    void theTaskWaitsWhenTooMuchWaits() throws Exception {
        Writer writer = writer().write("a", "b", "c", "d", "e");
        assertThat(sent()).as("c, d and e wait").containsExactly(List.of("a", "b"));
        mail.onYield = () -> answer(0).complete();
        writer.write("f");
        assertThat(mail.yields).isEqualTo(1);
        assertThat(sent()).containsExactly(List.of("a", "b"), List.of("c", "d"));
    }

    @Test
    void whatIsSentAgainGoesFirst() throws Exception {
        writer().write("a", "b", "c");
        answer(0).retryForEntries(List.of("b"));
        mail.runAll();
        // One of two failed, so the next request is half as large.
        assertThat(sent()).containsExactly(List.of("a", "b"), List.of("b"));
        answer(1).complete();
        mail.runAll();
        clock.advance(WAITS_MS);
        assertThat(sent()).hasSize(3).endsWith(List.of("c"));
    }

    @Test
    void aCheckpointWaitsForAnswersAndHasWhatWaits() throws Exception {
        Writer writer = writer().write("a", "b", "c", "d");
        mail.onYield = () -> answer(0).retryForEntries(List.of("a", "b"));
        writer.flush(false);
        assertThat(sent()).as("nothing new while the checkpoint waits").hasSize(1);

        List<BufferedRequestState<String>> saved = writer.snapshotState(1);
        Texts form = new Texts();
        BufferedRequestState<String> read =
                form.deserialize(form.getVersion(), form.serialize(saved.get(0)));
        assertThat(read.getStateSize()).isEqualTo(4);
        requests.clear();
        new Writer(limits().build(), List.of(read)).write("e");
        assertThat(sent()).containsExactly(List.of("a", "b"));
    }

    @Test
    void theEndOfInputSendsAllAndAgainWhatFails() throws Exception {
        Writer writer = writer().write("a", "b", "c");
        mail.onYield =
                () -> {
                    Sent latest = requests.get(requests.size() - 1);
                    if (requests.size() == 2) {
                        latest.result().retryForEntries(latest.entries());
                    } else {
                        latest.result().complete();
                    }
                };
        writer.flush(true);
        assertThat(sent()).containsExactly(List.of("a", "b"), List.of("c"), List.of("c"));
        assertThat(writer.snapshotState(1).get(0).getBufferedRequestEntries()).isEmpty();
    }

    @Test
    void aRequestWithoutAnswerIsSentAgainAndItsLateAnswerIsNotHeard() throws Exception {
        writer().write("a", "b");
        clock.advance(TIMEOUT_MS);
        assertThat(sent()).startsWith(List.of("a", "b"), List.of("a"));
        answer(0).retryForEntries(List.of("a", "b"));
        answer(0).completeExceptionally(new IOException("late"));
        assertThat(mail.waiting).isEmpty();
    }

    @Test
    void aRequestWithoutAnswerFailsTheTaskIfAsked() throws Exception {
        new Writer(limits().setFailOnTimeout(true).build(), List.of()).write("a", "b");
        assertThatThrownBy(() -> clock.advance(TIMEOUT_MS))
                .hasMessageContaining("A request of 2 entries")
                .hasMessageContaining("no answer within 1000 ms");
    }

    @Test
    void whatCanNeverSucceedFailsTheTask() throws Exception {
        writer().write("a", "b");
        answer(0).completeExceptionally(new IOException("no such stream"));
        assertThatThrownBy(mail::runAll).isInstanceOf(IOException.class);
    }

    @Test
    void anEntryThatIsTooLargeIsNamedWithItsSize() {
        assertThatThrownBy(() -> writer().write("123456789"))
                .hasMessageContaining("has 9 bytes; maxRecordSizeInBytes is 8");
    }

    @Test
    void anAnswerBehindTheEndIsNotHeard() throws Exception {
        Writer writer = writer().write("a", "b", "c");
        writer.close();
        answer(0).retryForEntries(List.of("a", "b"));
        mail.runAll();
        clock.advance(TIMEOUT_MS);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void limitsThatContradictEachOtherAreNamed() {
        AsyncSinkWriterConfigurationBuilder limits = limits();
        limits.setMaxBatchSize(3);
        assertThatThrownBy(limits::build)
                .hasMessageContaining("maxBufferedRequests is 3, maxBatchSize 3");
        limits.setMaxBatchSize(2);
        limits.setMaxRecordSizeInBytes(11);
        assertThatThrownBy(limits::build)
                .hasMessageContaining("maxBatchSizeInBytes is 10, maxRecordSizeInBytes 11");
        limits.setMaxInFlightRequests(0);
        assertThatThrownBy(limits::build).hasMessageContaining("maxInFlightRequests is at least 1");
    }

    @Test
    void theLimitOfEntriesMovesUpByStepsAndDownByHalves() {
        AIMDScalingStrategy scaling = AIMDScalingStrategy.builder(25).build();
        assertThat(scaling.scaleUp(10)).isEqualTo(20);
        assertThat(scaling.scaleUp(20)).isEqualTo(25);
        assertThat(scaling.scaleDown(25)).isEqualTo(13);
        assertThat(scaling.scaleDown(1)).isEqualTo(1);
        CongestionControlRateLimitingStrategy strategy =
                CongestionControlRateLimitingStrategy.builder()
                        .setMaxInFlightRequests(2)
                        .setInitialMaxInFlightMessages(5)
                        .setScalingStrategy(scaling)
                        .build();
        strategy.registerInFlightRequest(() -> 3);
        assertThat(strategy.shouldBlock(() -> 2)).isFalse();
        assertThat(strategy.shouldBlock(() -> 3)).isTrue();
        strategy.registerInFlightRequest(() -> 1);
        assertThat(strategy.shouldBlock(() -> 1)).as("two are under way").isTrue();
    }

    @Test
    void aStateThatIsDamagedIsRefused() throws IOException {
        Texts form = new Texts();
        byte[] bytes =
                form.serialize(
                        new BufferedRequestState<>(List.of(new RequestEntryWrapper<>("abc", 3))));
        assertThatThrownBy(() -> form.deserialize(1, Arrays.copyOf(bytes, bytes.length - 1)))
                .hasMessageContaining("5 bytes by its length, but 4 are left");
    }

    private static final class Texts extends AsyncSinkWriterStateSerializer<String> {
        @Override
        protected void serializeRequestToStream(String request, DataOutputStream out)
                throws IOException {
            out.writeUTF(request);
        }

        @Override
        protected String deserializeRequestFromStream(long requestSize, DataInputStream in)
                throws IOException {
            return in.readUTF();
        }

        @Override
        public int getVersion() {
            return 1;
        }
    }

    /** Runs mail when the test, or a wait, wants it. */
    private static final class Mail implements MailboxExecutor {
        private final Queue<ThrowingRunnable<? extends Exception>> waiting = new ArrayDeque<>();
        private Runnable onYield = () -> {};
        private int yields;

        void runAll() throws Exception {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                run(next);
            }
        }

        private static void run(ThrowingRunnable<? extends Exception> mail) throws Exception {
            try {
                mail.run();
            } catch (Exception e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void execute(
                MailOptions mailOptions,
                ThrowingRunnable<? extends Exception> command,
                String descriptionFormat,
                Object... descriptionArgs) {
            waiting.add(command);
        }

        @Override
        public void yield() {
            yields++;
            onYield.run();
            assertThat(waiting).as("mail for a task that waits").isNotEmpty();
            tryYield();
        }

        @Override
        public boolean tryYield() {
            var next = waiting.poll();
            try {
                if (next != null) {
                    run(next);
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return next != null;
        }

        @Override
        public boolean shouldInterrupt() {
            return false;
        }
    }

    /** Time by hand. */
    private static final class Clock implements ProcessingTimeService {
        private final List<Timer> timers = new ArrayList<>();
        private long nowMs;

        private record Timer(long atMs, ProcessingTimeCallback target) {}

        void advance(long byMs) throws Exception {
            nowMs += byMs;
            for (Timer timer : List.copyOf(timers)) {
                if (timer.atMs() <= nowMs && timers.remove(timer)) {
                    timer.target().onProcessingTime(timer.atMs());
                }
            }
        }

        @Override
        public long getCurrentProcessingTime() {
            return nowMs;
        }

        @Override
        public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
            Timer timer = new Timer(timestamp, target);
            timers.add(timer);
            return (ScheduledFuture<?>)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {ScheduledFuture.class},
                            (proxy, method, arguments) -> timers.remove(timer));
        }
    }
}
