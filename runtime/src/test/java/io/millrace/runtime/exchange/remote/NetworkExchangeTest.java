package io.millrace.runtime.exchange.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.local.LocalExchange;
import io.millrace.runtime.exchange.remote.Ends.Bell;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.wire.AppSecret;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NetworkExchangeTest {
    private static final AppSecret SECRET = AppSecret.random();
    private static final JobId JOB = new JobId("a".repeat(32));
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final long WINDOW = 4096;

    private final List<NetworkExchange> exchanges = new ArrayList<>();
    private final Bell onSpace = new Bell();
    private final Bell onItem = new Bell();

    private NetworkExchange a;
    private NetworkExchange b;
    private WorkerAddress addressA;
    private WorkerAddress addressB;

    @AfterEach
    void closeAll() {
        exchanges.forEach(NetworkExchange::close);
    }

    private void start(Duration openTimeout, Duration abortGrace) {
        a = serve("worker-a", openTimeout, abortGrace);
        b = serve("worker-b", openTimeout, abortGrace);
        addressA = new WorkerAddress("worker-a", "127.0.0.1", a.port());
        addressB = new WorkerAddress("worker-b", "127.0.0.1", b.port());
    }

    private NetworkExchange serve(String worker, Duration openTimeout, Duration abortGrace) {
        NetworkExchange exchange =
                NetworkExchange.serve(
                        worker,
                        "127.0.0.1",
                        0,
                        SECRET,
                        new RemoteExchangeSettings(WINDOW, openTimeout, LONG, 1),
                        new LocalExchange(4),
                        abortGrace);
        exchanges.add(exchange);
        return exchange;
    }

    private static ChannelId channel(int number, int attempt) {
        return new ChannelId(JOB, 1, 0, number, attempt);
    }

    private ChannelWriter writer(ChannelId id) {
        return a.openWriter(id, addressB, TextCodec::new, onSpace);
    }

    private ChannelReader reader(ChannelId id) {
        return b.openReader(id, addressA, TextCodec::new, onItem);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void carriesChunksAndEventsInOrder(boolean writerFirst) throws Exception {
        start(LONG, LONG);
        ChannelId id = channel(0, 0);
        ChannelWriter writer = writerFirst ? writer(id) : null;
        ChannelReader reader = reader(id);
        if (!writerFirst) {
            assertThat(reader.poll()).isNull();
            writer = writer(id);
        }

        Ends.write(writer, onSpace, Ends.chunk("one", "two"));
        Ends.write(writer, onSpace, new ControlEvent.Watermark(42));
        Ends.write(writer, onSpace, Ends.chunk("three"));
        Ends.write(writer, onSpace, new ControlEvent.Barrier(7, 8, CheckpointKind.INCREMENTAL));
        Ends.write(writer, onSpace, new ControlEvent.Idle());
        Ends.write(writer, onSpace, new ControlEvent.Active());
        Ends.write(writer, onSpace, new ControlEvent.EndOfInput());
        writer.close();

        assertThat(Ends.readAll(reader, onItem))
                .containsExactly(
                        "one",
                        "two",
                        "watermark 42",
                        "three",
                        "Barrier[checkpointId=7, timestampMs=8, checkpointKind=INCREMENTAL,"
                                + " purpose=CHECKPOINT]",
                        "IDLE",
                        "ACTIVE",
                        "END_OF_INPUT");
        assertThat(reader.poll()).isNull();
        assertThat(reader.bytesIn()).isEqualTo(writer.bytesOut()).isPositive();
        reader.close();
    }

    @Test
    void whoComesToAReservedPortWaitsUntilItIsOpenedToOthers() throws Exception {
        start(LONG, LONG);
        NetworkExchange alone = reserve("worker-alone");
        ChannelReader reader =
                b.openReader(
                        channel(0, 0),
                        new WorkerAddress("worker-alone", "127.0.0.1", alone.port()),
                        TextCodec::new,
                        onItem);

        alone.openToOthers();
        alone.openToOthers(); // again
        ChannelWriter writer = alone.openWriter(channel(0, 0), addressB, TextCodec::new, onSpace);
        Ends.write(writer, onSpace, Ends.chunk("late"));
        Ends.write(writer, onSpace, new ControlEvent.EndOfInput());
        writer.close();

        assertThat(Ends.readAll(reader, onItem)).containsExactly("late", "END_OF_INPUT");
        reader.close();
    }

    @Test
    void aWorkerThatStaysAloneStartsNoNetworkThreadAndGivesItsPortBack() throws Exception {
        // A name of its own: threads of another test may end a moment after their exchange.
        NetworkExchange alone = reserve("worker-hermit");
        int port = alone.port();
        WorkerAddress itself = new WorkerAddress("worker-hermit", "127.0.0.1", port);
        alone.openWriter(channel(0, 0), itself, TextCodec::new, onSpace);

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("data-worker-hermit"));
        assertThat(alone.directBytes()).isZero();

        alone.close();
        alone.openToOthers(); // too late, and nothing happens
        try (ServerSocket again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress("127.0.0.1", port));
        }
    }

    @Test
    void aPortThatCannotBeHadIsNamed() {
        NetworkExchange first = reserve("worker-first");
        assertThatThrownBy(
                        () ->
                                NetworkExchange.reserve(
                                        "worker-second",
                                        "127.0.0.1",
                                        first.port(),
                                        SECRET,
                                        new RemoteExchangeSettings(WINDOW, LONG, LONG, 1),
                                        new LocalExchange(4)))
                .hasMessageContaining("127.0.0.1:" + first.port())
                .hasMessageContaining("Choose another port");
    }

    private NetworkExchange reserve(String worker) {
        NetworkExchange exchange =
                NetworkExchange.reserve(
                        worker,
                        "127.0.0.1",
                        0,
                        SECRET,
                        new RemoteExchangeSettings(WINDOW, LONG, LONG, 1),
                        new LocalExchange(4));
        exchanges.add(exchange);
        return exchange;
    }

    @Test
    void aChannelInsideTheWorkerIsLocal() throws Exception {
        start(LONG, LONG);
        ChannelWriter writer = a.openWriter(channel(0, 0), addressA, TextCodec::new, onSpace);
        ChannelReader reader = a.openReader(channel(0, 0), addressA, TextCodec::new, onItem);
        RecordChunk chunk = Ends.chunk("by reference");
        writer.offer(chunk);

        assertThat(reader.poll()).isSameAs(chunk);
        assertThat(writer.bytesOut()).isZero();
    }

    @Test
    void aChunkBeyondTheWindowTravelsInPieces() throws Exception {
        start(LONG, LONG);
        ChannelReader reader = reader(channel(0, 0));
        ChannelWriter writer = writer(channel(0, 0));
        String giant = "x".repeat(3 * RemoteWriter.PIECE_BYTES + 17);

        Ends.write(writer, onSpace, Ends.chunk("before", giant, giant));
        assertThat(writer.hasSpace()).isFalse();
        ExecutorService consumer = Executors.newSingleThreadExecutor();
        Future<List<String>> all = consumer.submit(() -> Ends.readAll(reader, onItem));
        Ends.write(writer, onSpace, Ends.chunk("after"));
        Ends.write(writer, onSpace, new ControlEvent.EndOfInput());

        assertThat(all.get(40, TimeUnit.SECONDS))
                .containsExactly("before", giant, giant, "after", "END_OF_INPUT");
        consumer.shutdown();
    }

    @Test
    void aSlowChannelDoesNotHoldUpAnother() throws Exception {
        start(LONG, LONG);
        ChannelReader slowReader = reader(channel(0, 0));
        Bell slowSpace = new Bell();
        ChannelWriter slowWriter = a.openWriter(channel(0, 0), addressB, TextCodec::new, slowSpace);
        Ends.write(slowWriter, slowSpace, Ends.chunk("slow 0"));
        int slowChunks = 1;
        while (slowWriter.offer(Ends.chunk("slow " + slowChunks))) {
            slowChunks++;
        }

        ChannelReader quickReader = reader(channel(1, 0));
        ChannelWriter quickWriter = writer(channel(1, 0));
        ExecutorService consumer = Executors.newSingleThreadExecutor();
        Future<List<String>> quick = consumer.submit(() -> Ends.readAll(quickReader, onItem));
        for (int i = 0; i < 1_000; i++) {
            Ends.write(quickWriter, onSpace, Ends.chunk("quick " + i));
        }
        Ends.write(quickWriter, onSpace, new ControlEvent.EndOfInput());
        assertThat(quick.get(40, TimeUnit.SECONDS)).hasSize(1_001);

        assertThat(slowWriter.hasSpace()).isFalse();
        assertThat(slowWriter.bytesOut()).isLessThan(2 * WINDOW);
        for (int i = 0; i < slowChunks; i++) {
            RecordChunk chunk = (RecordChunk) Ends.read(slowReader, onItem);
            assertThat(chunk.values[0]).isEqualTo("slow " + i);
        }
        slowSpace.await("the slow writer after its reader has read");
        assertThat(slowWriter.hasSpace()).isTrue();
        consumer.shutdown();
    }

    /** Many channels both ways between two workers, with small windows and unlucky schedules. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyItemArrivesOnceAndInOrder(long seed) throws Exception {
        start(LONG, LONG);
        int channels = 8;
        int chunks = 300;
        ExecutorService tasks = Executors.newFixedThreadPool(2 * channels);
        List<Future<?>> writers = new ArrayList<>();
        List<Future<List<String>>> readers = new ArrayList<>();
        for (int number = 0; number < channels; number++) {
            boolean forth = number % 2 == 0;
            ChannelId id = channel(number, 0);
            Random random = new Random(seed * 100 + number);
            writers.add(tasks.submit(() -> writeRandomly(id, forth, chunks, random)));
            Random other = new Random(seed * 1000 + number);
            readers.add(tasks.submit(() -> readRandomly(id, forth, other)));
        }
        for (Future<?> writer : writers) {
            writer.get(50, TimeUnit.SECONDS);
        }
        for (int number = 0; number < channels; number++) {
            List<String> got = readers.get(number).get(50, TimeUnit.SECONDS);
            assertThat(got).as("channel %s, seed %s", number, seed).hasSize(chunks + 1);
            for (int i = 0; i < chunks; i++) {
                assertThat(got.get(i)).startsWith(number + "/" + i + "/");
            }
        }
        tasks.shutdown();
    }

    private Void writeRandomly(ChannelId id, boolean forth, int chunks, Random random)
            throws InterruptedException {
        Bell space = new Bell();
        ChannelWriter writer =
                (forth ? a : b).openWriter(id, forth ? addressB : addressA, TextCodec::new, space);
        for (int i = 0; i < chunks; i++) {
            String filler = "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 9_000 : 300));
            String record = id.consumerSubtask() + "/" + i + "/" + filler;
            Ends.write(writer, space, Ends.chunk(record));
            if (random.nextInt(8) == 0) {
                Thread.yield();
            }
        }
        Ends.write(writer, space, new ControlEvent.EndOfInput());
        writer.close();
        return null;
    }

    private List<String> readRandomly(ChannelId id, boolean forth, Random random)
            throws InterruptedException {
        Bell item = new Bell();
        ChannelReader reader =
                (forth ? b : a).openReader(id, forth ? addressA : addressB, TextCodec::new, item);
        List<String> got = new ArrayList<>();
        String last;
        do {
            if (random.nextInt(8) == 0) {
                Thread.yield();
            }
            var next = Ends.read(reader, item);
            last =
                    next instanceof RecordChunk chunk
                            ? (String) chunk.values[0]
                            : ((ControlEvent) next).kind().name();
            got.add(last);
        } while (!last.equals("END_OF_INPUT"));
        reader.close();
        return got;
    }

    @Test
    void aWriterWhoseReaderNeverComesFailsNamingChannelAndWorker() throws Exception {
        start(SHORT, LONG);
        ChannelWriter writer = writer(channel(0, 0));

        assertThatThrownBy(() -> Ends.write(writer, onSpace, Ends.chunk("x")))
                .satisfies(NetworkExchangeTest::isExchangeFailure)
                .hasMessageContaining("worker-b")
                .hasMessageContaining(channel(0, 0).toString());
        assertThat(writer.hasSpace()).as("its task must come to learn of it").isTrue();
    }

    @Test
    void aReaderWhoseWriterNeverComesFailsNamingChannelAndWorker() throws Exception {
        start(SHORT, LONG);
        ChannelReader reader = reader(channel(0, 0));

        assertThatThrownBy(() -> Ends.read(reader, onItem))
                .satisfies(NetworkExchangeTest::isExchangeFailure)
                .hasMessageContaining("worker-a")
                .hasMessageContaining(channel(0, 0).toString())
                .hasMessageContaining("150 ms");
    }

    @Test
    void endsOfOldAttemptsAreRefused() throws Exception {
        start(LONG, LONG);
        ChannelWriter writer = writer(channel(0, 2));
        ChannelReader stale = reader(channel(0, 1));

        assertThatThrownBy(() -> Ends.read(stale, onItem))
                .satisfies(NetworkExchangeTest::isExchangeFailure)
                .hasMessageContaining("newer attempt");
        assertThatThrownBy(() -> writer(channel(0, 1)))
                .satisfies(NetworkExchangeTest::isExchangeFailure)
                .hasMessageContaining("newer attempt");

        ChannelReader current = reader(channel(0, 2));
        Ends.write(writer, onSpace, new ControlEvent.EndOfInput());
        assertThat(Ends.readAll(current, onItem)).containsExactly("END_OF_INPUT");
    }

    @Test
    void aLostWorkerFailsBothEndsNamingIt() throws Exception {
        start(LONG, LONG);
        ChannelReader reader = reader(channel(0, 0));
        ChannelWriter writer = writer(channel(0, 0));
        Ends.write(writer, onSpace, Ends.chunk("arrives"));
        assertThat(((RecordChunk) Ends.read(reader, onItem)).values[0]).isEqualTo("arrives");
        ChannelReader other = a.openReader(channel(1, 0), addressB, TextCodec::new, onSpace);

        a.close();

        assertThatThrownBy(() -> Ends.read(reader, onItem))
                .satisfies(NetworkExchangeTest::isExchangeFailure)
                .hasMessageContaining("worker-a");
        assertThatThrownBy(() -> Ends.read(other, onSpace))
                .satisfies(NetworkExchangeTest::isExchangeFailure);
    }

    @Test
    void aWriterLearnsThatTheReadingWorkerIsGone() throws Exception {
        start(LONG, LONG);
        reader(channel(0, 0));
        ChannelWriter writer = writer(channel(0, 0));
        Ends.write(writer, onSpace, Ends.chunk("is subscribed by now"));
        while (writer.offer(Ends.chunk("fills the window"))) {
            assertThat(writer.bytesOut()).isLessThan(2 * WINDOW);
        }

        b.close();

        onSpace.await("a writer whose reader is gone");
        assertThatThrownBy(() -> Ends.write(writer, onSpace, Ends.chunk("x")))
                .satisfies(NetworkExchangeTest::isExchangeFailure)
                .hasMessageContaining("worker-b")
                .hasMessageContaining(channel(0, 0).toString());
    }

    @Test
    void aWorkerThatCannotBeReachedFailsTheReader() throws Exception {
        start(LONG, LONG);
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        WorkerAddress gone = new WorkerAddress("worker-c", "127.0.0.1", nobody);
        ChannelReader reader = b.openReader(channel(0, 0), gone, TextCodec::new, onItem);

        assertThatThrownBy(() -> Ends.read(reader, onItem))
                .satisfies(NetworkExchangeTest::isExchangeFailure)
                .hasMessageContaining("worker-c")
                .hasMessageContaining("127.0.0.1:" + nobody);
    }

    @Test
    void aWorkerThatTookOverAPortIsNotMistakenForItsPredecessor() throws Exception {
        start(LONG, LONG);
        WorkerAddress former = new WorkerAddress("worker-0", "127.0.0.1", a.port());
        ChannelReader reader = b.openReader(channel(0, 0), former, TextCodec::new, onItem);

        assertThatThrownBy(() -> Ends.read(reader, onItem))
                .satisfies(NetworkExchangeTest::isExchangeFailure)
                .hasMessageContaining("worker-0");
    }

    @Test
    void aReaderThatClosesEarlyLetsTheWriterRunOn() throws Exception {
        start(LONG, LONG);
        ChannelReader reader = reader(channel(0, 0));
        ChannelWriter writer = writer(channel(0, 0));
        Ends.write(writer, onSpace, Ends.chunk("first"));
        Ends.read(reader, onItem);

        reader.close();
        reader.close();

        for (int i = 0; i < 10_000; i++) {
            Ends.write(writer, onSpace, Ends.chunk("into the void"));
        }
        Ends.write(writer, onSpace, new ControlEvent.EndOfInput());
        writer.close();
    }

    @Test
    void aWriterThatEndsEarlyFailsItsReaderOnlyAfterTheGrace() throws Exception {
        start(LONG, SHORT);
        ChannelReader reader = reader(channel(0, 0));
        ChannelWriter writer = writer(channel(0, 0));
        Ends.write(writer, onSpace, Ends.chunk("first"));
        writer.close();
        writer.close();

        assertThat(((RecordChunk) Ends.read(reader, onItem)).values[0]).isEqualTo("first");
        assertThatThrownBy(() -> Ends.read(reader, onItem))
                .satisfies(NetworkExchangeTest::isExchangeFailure)
                .hasMessageContaining("without end of input");
    }

    @Test
    void releasingAJobFailsWhatIsOpenAndLetsANewAttemptBegin() throws Exception {
        start(LONG, LONG);
        ChannelReader reader = reader(channel(0, 7));
        ChannelWriter writer = writer(channel(0, 7));
        Ends.write(writer, onSpace, Ends.chunk("first"));
        ChannelWriter lonely = writer(channel(1, 7));

        a.releaseJob(JOB);
        b.releaseJob(JOB);

        assertThatThrownBy(() -> writer.offer(Ends.chunk("x")))
                .hasMessageContaining("was released");
        assertThatThrownBy(() -> lonely.offer(Ends.chunk("x")))
                .hasMessageContaining("was released");
        assertThatThrownBy(() -> Ends.readAll(reader, onItem)).hasMessageContaining("was released");

        ChannelReader again = reader(channel(0, 0));
        ChannelWriter anew = writer(channel(0, 0));
        Ends.write(anew, onSpace, new ControlEvent.EndOfInput());
        assertThat(Ends.readAll(again, onItem)).containsExactly("END_OF_INPUT");
    }

    @Test
    void aDecoderThatFindsDamageFailsTheChannel() throws Exception {
        start(LONG, LONG);
        TextCodec outOfStep = new TextCodec();
        outOfStep.encode(Ends.chunk(), new io.millrace.runtime.serde.BinaryWriter(64));
        ChannelWriter writer = a.openWriter(channel(0, 0), addressB, () -> outOfStep, onSpace);
        ChannelReader reader = reader(channel(0, 0));
        Ends.write(writer, onSpace, Ends.chunk("x"));

        assertThatThrownBy(() -> Ends.read(reader, onItem))
                .satisfies(NetworkExchangeTest::isExchangeFailure)
                .hasMessageContaining("damaged");
    }

    private static void isExchangeFailure(Throwable error) {
        assertThat(error).isInstanceOf(MillraceException.class);
        assertThat(((MillraceException) error).code()).isEqualTo(ErrorCode.EXCHANGE_FAILED);
    }
}
