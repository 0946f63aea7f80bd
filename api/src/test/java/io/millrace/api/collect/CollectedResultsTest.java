package io.millrace.api.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.type.Types;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CollectedResultsTest {
    private final FakeExecutor engine = new FakeExecutor(Config.empty());
    private CollectSink<String> sink;

    @Test
    void givesTheRecordsOfAllSubtasksAndEndsWithTheJob() throws Exception {
        try (CloseableIterator<String> results = start(false)) {
            runSubtask(0, 0, "a", "b");
            runSubtask(1, 0, "c");
            engine.finish();
            assertThat(rest(results)).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void cannotBeReadBeforeTheProgramIsExecuted() throws Exception {
        try (CollectedResults<String> results = toStart()) {
            assertThatThrownBy(results::hasNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("executeAsync()");
        }
    }

    @Test
    void givesTheRecordsOfAJobThatWasStartedLater() throws Exception {
        try (CollectedResults<String> results = toStart()) {
            results.started(engine);
            runSubtask(0, 0, "a");
            engine.finish();
            assertThat(rest(results)).containsExactly("a");
        }
    }

    @Test
    void letsAJobGoOnThatWasNotStartedForIt() throws Exception {
        CollectedResults<String> results = toStart();
        results.started(engine);
        results.close();
        assertThat(engine.getJobExecutionResult()).isNotDone();
        runSubtask(0, 0, "nobody reads this");
        engine.finish();
    }

    private CollectedResults<String> toStart() {
        return CollectedResults.toStart(
                engine,
                Types.STRING,
                getClass().getClassLoader(),
                false,
                added -> sink = (CollectSink<String>) added);
    }

    @Test
    void givesRecordsOfAStreamBeforeItsEnd() throws Exception {
        try (CloseableIterator<String> results = start(false);
                SinkWriter<String> writer = writer(0, 0)) {
            writer.write("early", null);
            assertThat(results.next()).isEqualTo("early");
        }
    }

    @Test
    void holdsTheWriterBackUntilTheReaderReads() throws Exception {
        String large = "x".repeat(CollectProtocol.FRAME_BYTES);
        int records = 2_000;
        try (CloseableIterator<String> results = start(false)) {
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> runSubtask(0, 0, copies(large, records)));
            assertThat(results.next()).isEqualTo(large);
            assertThat(writing).as("64 frames and socket buffers are far less").isNotDone();
            for (int i = 1; i < records; i++) {
                assertThat(results.next()).hasSameSizeAs(large);
            }
            writing.get(40, TimeUnit.SECONDS);
            engine.finish();
            assertThat(results.hasNext()).isFalse();
        }
    }

    private static String[] copies(String text, int count) {
        String[] copies = new String[count];
        java.util.Arrays.fill(copies, text);
        return copies;
    }

    @Test
    void givesNothingTwiceIfABatchJobStartsAgain() throws Exception {
        try (CloseableIterator<String> results = start(true)) {
            runSubtask(0, 0, "lost");
            try (SinkWriter<String> dying = writer(1, 0)) {
                dying.write("half", null);
                dying.flush(false);
            }
            runSubtask(0, 1, "a");
            runSubtask(1, 1, "b");
            engine.finish();
            assertThat(rest(results)).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void failsIfAStreamStartsAgainBehindRecordsThatWereGiven() throws Exception {
        try (CloseableIterator<String> results = start(false)) {
            runSubtask(0, 0, "a");
            assertThat(results.next()).isEqualTo("a");
            runSubtask(0, 1, "a");
            assertThat(results.next()).isEqualTo("a");
            assertThatThrownBy(results::hasNext)
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e ->
                                    assertThat(e.code())
                                            .isEqualTo(ErrorCode.NO_CHECKPOINT_TO_RESTORE));
        }
    }

    @Test
    void dropsRecordsOfAnEarlierAttemptThatNobodyHasSeen() throws Exception {
        try (CloseableIterator<String> results = start(false)) {
            runSubtask(0, 0, "old");
            runSubtask(0, 1, "new");
            engine.finish();
            assertThat(rest(results)).containsExactly("new");
        }
    }

    @Test
    void throwsWhatTheJobFailedWithAfterTheRecordsThatCame() throws Exception {
        try (CloseableIterator<String> results = start(false)) {
            runSubtask(0, 0, "a");
            engine.fail(new CompletionException(new IllegalStateException("broken")));
            assertThat(results.next()).isEqualTo("a");
            assertThatThrownBy(results::next).hasMessage("broken");
        }
    }

    @Test
    void cancelsTheJobWhenItIsClosedEarly() throws Exception {
        CloseableIterator<String> results = start(false);
        results.close();
        results.close();
        assertThat(engine.getJobExecutionResult()).isCompletedExceptionally();
        assertThatThrownBy(() -> writer(0, 0))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.EXCHANGE_FAILED));
    }

    @Test
    void refusesConnectionsWithoutTheToken() throws Exception {
        LiveBuffer buffer = new LiveBuffer();
        try (ResultServer server = ResultServer.open("localhost", buffer);
                Socket stranger = new Socket("localhost", server.port())) {
            DataOutputStream out = new DataOutputStream(stranger.getOutputStream());
            out.writeInt(CollectProtocol.MAGIC);
            out.write(new byte[CollectProtocol.TOKEN_BYTES]);
            out.writeInt(0);
            out.writeInt(0);
            out.writeInt(4);
            out.writeInt(0);
            assertThat(closedBy(stranger)).isTrue();
            buffer.end();
            assertThat(buffer.take()).isNull();
        }
    }

    /** A reset is as good as an end: bytes were still on their way. */
    private static boolean closedBy(Socket peer) {
        try {
            return peer.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void saysWhereItCouldNotConnect() {
        CollectSink<String> nowhere = new CollectSink<>("localhost", 1, new byte[32], Types.STRING);
        assertThatThrownBy(() -> nowhere.createWriter(new FakeWriterContext(0, 0)))
                .hasMessageContaining("EXCHANGE_FAILED: could not connect to localhost:1");
        assertThat(nowhere).hasToString("Collect to localhost:1");
    }

    private CloseableIterator<String> start(boolean onlyWhenComplete) throws Exception {
        return CollectedResults.of(
                engine,
                Types.STRING,
                getClass().getClassLoader(),
                onlyWhenComplete,
                collecting -> {
                    sink = (CollectSink<String>) collecting;
                    return engine;
                });
    }

    private SinkWriter<String> writer(int subtask, int attempt) throws IOException {
        return sink.createWriter(new FakeWriterContext(subtask, attempt));
    }

    private void runSubtask(int subtask, int attempt, String... records) {
        try (SinkWriter<String> writer = writer(subtask, attempt)) {
            for (String record : records) {
                writer.write(record, null);
            }
            writer.flush(true);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> rest(CloseableIterator<String> results) {
        List<String> all = new ArrayList<>();
        results.forEachRemaining(all::add);
        return all;
    }
}
