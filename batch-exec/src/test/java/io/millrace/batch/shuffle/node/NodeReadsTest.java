package io.millrace.batch.shuffle.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.batch.shuffle.node.ServiceFake.Fault;
import io.millrace.runtime.exchange.stored.RangeBytes;
import io.millrace.runtime.exchange.stored.ResultLostException;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeReadsTest {
    private static final JobId JOB = new JobId("b".repeat(32));
    private static final WorkerAddress WORKER = new WorkerAddress("container_1", "gone", 1);
    private static final long WINDOW = 64 << 10;
    private static final long PATIENCE_S = 30;

    private final Semaphore bell = new Semaphore(0);
    private final NodeClient client = client(Duration.ofSeconds(20));
    private ServiceFake service;

    @BeforeEach
    void start() throws IOException {
        service = new ServiceFake();
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    private static NodeClient client(Duration silence) {
        return new NodeClient(
                ServiceFake.JOB,
                ServiceFake.KEY,
                new NodeClient.Patience(Duration.ofSeconds(20), silence, 3, Duration.ofMillis(1)));
    }

    private static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** A result that the service has. */
    private StoredResult stored(int producer, byte[]... ranges) {
        StoredResult result = told(producer, service.address(), ranges);
        service.has(NodeFiles.nameOf(WORKER.workerId(), result.id()), ranges);
        return result;
    }

    private static StoredResult told(int producer, NodeService at, byte[]... ranges) {
        List<StoredResult.Range> told = new ArrayList<>();
        for (byte[] range : ranges) {
            told.add(new StoredResult.Range(1, range.length));
        }
        return new StoredResult(new ResultId(JOB, 0, producer, 0), WORKER, told, at);
    }

    private RangeBytes open(NodeReads reads, StoredResult result, int range) {
        return reads.open(input(result, range, range + 1), WINDOW, bell::release, nowhere(result));
    }

    private static StoredExchange.Input input(StoredResult result, int from, int to) {
        return new StoredExchange.Input(
                result.id(), result.worker(), result.slice(from, to), result.node());
    }

    private static Supplier<RangeBytes> nowhere(StoredResult result) {
        return () -> {
            throw new ResultLostException(result.id(), "the worker is gone.", null);
        };
    }

    /** All bytes of these ranges, which are polled in turn as a task polls. */
    private List<byte[]> readAll(List<RangeBytes> ranges, List<Integer> lengths) {
        List<ByteArrayOutputStream> read = new ArrayList<>();
        ranges.forEach(range -> read.add(new ByteArrayOutputStream()));
        boolean all = false;
        while (!all) {
            bell.drainPermits();
            boolean any = false;
            all = true;
            for (int i = 0; i < ranges.size(); i++) {
                if (read.get(i).size() < lengths.get(i)) {
                    all = false;
                    ByteBuffer piece = ranges.get(i).poll();
                    if (piece != null) {
                        any = true;
                        assertThat(piece.remaining()).isPositive();
                        read.get(i)
                                .write(
                                        piece.array(),
                                        piece.arrayOffset() + piece.position(),
                                        piece.remaining());
                    }
                }
            }
            if (!any && !all) {
                awaitBell();
            }
        }
        ranges.forEach(RangeBytes::close);
        return read.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }

    private byte[] read(RangeBytes range, int length) {
        return readAll(List.of(range), List.of(length)).get(0);
    }

    private void awaitBell() {
        try {
            if (!bell.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody said that there is more");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 64 << 10, 3_000_000})
    void bringsARangeOfAnySize(int length) {
        byte[] bytes = random(length, length);
        StoredResult result = stored(0, random(1, 77), bytes);
        assertThat(read(open(client.begin(), result, 1), length)).isEqualTo(bytes);
    }

    @Test
    void bringsManySmallRangesWithFewRequests() {
        NodeReads reads = client.begin();
        List<RangeBytes> ranges = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        List<byte[]> expected = new ArrayList<>();
        for (int producer = 0; producer < 100; producer++) {
            byte[] bytes = random(producer, 100 + producer);
            expected.add(bytes);
            lengths.add(bytes.length);
            ranges.add(open(reads, stored(producer, bytes), 0));
        }
        assertThat(readAll(ranges, lengths)).containsExactlyElementsOf(expected);
        assertThat(service.requests().size()).isLessThan(50);
        assertThat(service.requests()).allMatch(names -> names.size() <= 20);
    }

    @Test
    void aRangeThatIsNotPolledHoldsBackNoOtherEdge() {
        byte[] large = random(1, 3_000_000);
        byte[] small = random(2, 3_000);
        RangeBytes waits = open(client.begin(), stored(0, large), 0);
        assertThat(read(open(client.begin(), stored(1, small), 0), small.length)).isEqualTo(small);
        assertThat(read(waits, large.length)).isEqualTo(large);
    }

    @Test
    void whatIsClosedMakesRoomForTheNext() {
        NodeReads reads = client.begin();
        List<RangeBytes> closed = new ArrayList<>();
        for (int producer = 0; producer < 10; producer++) {
            closed.add(open(reads, stored(producer, random(producer, 1_000_000)), 0));
        }
        byte[] bytes = random(9, 9_000);
        RangeBytes wanted = open(reads, stored(10, bytes), 0);
        closed.forEach(RangeBytes::close);
        assertThat(read(wanted, bytes.length)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 100, 50_000, 250_000})
    void goesOnWhereAConnectionBroke(int afterBytes) {
        byte[] bytes = random(3, 300_000);
        service.fails(new Fault.Cut(afterBytes), new Fault.Cut(afterBytes + 1));
        assertThat(read(open(client.begin(), stored(0, bytes), 0), bytes.length)).isEqualTo(bytes);
    }

    @Test
    void aServiceThatIsSilentIsAskedAgain() {
        byte[] bytes = random(4, 1_000);
        service.fails(new Fault.Silence());
        try (NodeClient impatient = client(Duration.ofMillis(300))) {
            RangeBytes range = open(impatient.begin(), stored(0, bytes), 0);
            assertThat(read(range, bytes.length)).isEqualTo(bytes);
        }
    }

    @Test
    void aMissingResultCostsNoOtherOfTheSameRequest() {
        NodeReads reads = client.begin();
        byte[] bytes = random(5, 500);
        StoredResult missing = told(0, service.address(), bytes);
        List<RangeBytes> lost = new ArrayList<>();
        lost.add(open(reads, missing, 0));
        lost.add(open(reads, told(1, service.address(), bytes), 0));
        lost.add(open(reads, told(2, service.address(), bytes), 0));
        List<RangeBytes> found = new ArrayList<>();
        for (int producer = 3; producer < 9; producer++) {
            found.add(open(reads, stored(producer, bytes), 0));
        }
        assertThat(readAll(found, java.util.Collections.nCopies(found.size(), bytes.length)))
                .allSatisfy(read -> assertThat(read).isEqualTo(bytes));
        assertThatThrownBy(() -> read(lost.get(0), bytes.length))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("range 0")
                .hasMessageContaining(service.address().host() + ":" + service.address().port())
                .hasMessageContaining(NodeFiles.nameOf(WORKER.workerId(), missing.id()))
                .hasMessageContaining("it answers 500: no such result")
                .hasMessageContaining("Nor from its worker: RESULT_LOST: the worker is gone.");
    }

    @Test
    void anAnswerOfSomebodyWithoutTheKeyIsRefused() {
        byte[] bytes = random(6, 500);
        service.fails(new Fault.NoProof(), new Fault.NoProof());
        RangeBytes range = open(client.begin(), stored(0, bytes), 0);
        assertThatThrownBy(() -> read(range, bytes.length))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("does not show that it knows the application's key");
    }

    @Test
    void aReaderWithoutTheKeyIsRefused() {
        byte[] bytes = random(6, 500);
        StoredResult result = stored(0, bytes);
        try (NodeClient stranger = new NodeClient(ServiceFake.JOB, new byte[] {1, 2, 3})) {
            RangeBytes range = open(stranger.begin(), result, 0);
            assertThatThrownBy(() -> read(range, bytes.length))
                    .isInstanceOf(ResultLostException.class)
                    .hasMessageContaining("401: who are you?");
        }
    }

    @Test
    void anotherResultThanAskedForIsRefused() {
        byte[] bytes = random(7, 500);
        service.fails(new Fault.OtherResult(), new Fault.OtherResult());
        RangeBytes range = open(client.begin(), stored(0, bytes), 0);
        assertThatThrownBy(() -> read(range, bytes.length))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("range 0 of other with 500 bytes");
    }

    @Test
    void aSliceIsOneRangeAfterTheOther() {
        byte[][] ranges = {
            random(1, 10), random(2, 200_000), {}, random(3, 1), random(4, 70_000), {}, {}
        };
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (byte[] range : ranges) {
            expected.writeBytes(range);
        }
        service.fails(new Fault.Cut(20), new Fault.Cut(5));
        StoredResult result = stored(0, ranges);
        RangeBytes slice =
                client.begin()
                        .open(
                                input(result, 0, ranges.length),
                                WINDOW,
                                bell::release,
                                nowhere(result));
        assertThat(read(slice, expected.size())).isEqualTo(expected.toByteArray());
    }

    @Test
    void aRangeOfAnotherSizeThanItsProducerToldIsRefused() {
        StoredResult result = told(0, service.address(), random(1, 100));
        service.has(NodeFiles.nameOf(WORKER.workerId(), result.id()), random(1, 99));
        RangeBytes range = open(client.begin(), result, 0);
        assertThatThrownBy(() -> read(range, 100))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("with 99 bytes");
    }

    @Test
    void aNodeThatIsGoneIsNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        NodeService gone = new NodeService("node:1", "127.0.0.1", port);
        RangeBytes range = open(client.begin(), told(0, gone, random(8, 10)), 0);
        assertThatThrownBy(() -> read(range, 10))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("at attempt 3");
    }

    @Test
    void theWorkerIsAskedForWhatTheNodeHasNotBrought() {
        byte[] bytes = random(9, 200_000);
        service.fails(new Fault.Cut(100_000), new Fault.Cut(100_000), new Fault.Cut(100_000));
        StoredResult result = stored(0, bytes);
        RangeBytes range =
                client.begin()
                        .open(
                                input(result, 0, 1),
                                WINDOW,
                                bell::release,
                                () -> new InMemory(bytes));
        assertThat(read(range, bytes.length)).isEqualTo(bytes);
    }

    /** What a worker would send. */
    private static final class InMemory implements RangeBytes {
        private final byte[] bytes;
        private int at;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public ByteBuffer poll() {
            int length = Math.min(7_777, bytes.length - at);
            at += length;
            return ByteBuffer.wrap(bytes, at - length, length);
        }

        @Override
        public String where(long position) {
            return "in memory";
        }

        @Override
        public void close() {}
    }
}
