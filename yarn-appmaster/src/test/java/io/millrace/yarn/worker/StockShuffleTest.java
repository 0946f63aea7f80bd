package io.millrace.yarn.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Config;
import io.millrace.api.type.Types;
import io.millrace.batch.shuffle.DiskExchange;
import io.millrace.batch.shuffle.ShuffleSettings;
import io.millrace.batch.shuffle.node.NodeClient;
import io.millrace.batch.shuffle.node.NodeFiles;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ChunkCodecs;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.stored.ResultLostException;
import io.millrace.runtime.exchange.stored.ResultTransport;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.yarn.launch.ShuffleAccess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of workers that have ended, read from the shuffle service that NodeManagers run. */
class StockShuffleTest {
    private static final ApplicationId APPLICATION =
            ApplicationId.newInstance(1_700_000_000_000L, 42);
    private static final JobId JOB = new JobId("c".repeat(32));
    private static final Supplier<ChunkCodec> CODEC =
            ChunkCodecs.of(
                    Serializers.of(Types.LONG, StockShuffleTest.class.getClassLoader()), false);
    private static final int CHUNK_RECORDS = 200;
    private static final long PATIENCE_S = 30;

    private final AppSecret secret = AppSecret.random();
    private final Semaphore bell = new Semaphore(0);
    private StockService service;
    private Path directory;

    @BeforeEach
    void start(@TempDir Path local) throws IOException {
        service = new StockService(local);
        directory = service.directoryOf(APPLICATION);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** A worker whose results the node serves. */
    private DiskExchange worker(String id, AppSecret with) {
        return DiskExchange.start(
                new WorkerAddress(id, "localhost", 1),
                ShuffleSettings.from(
                        Config.empty().with("batch.shuffle-memory", "64 kb"), List.of(directory)),
                ResultTransport.none(),
                new DiskExchange.Nodes(
                        new NodeClient(ShuffleAccess.jobOf(APPLICATION), ShuffleAccess.keyOf(with)),
                        true));
    }

    /** The numbers of a producer for a consumer. */
    private static List<Long> numbers(int producer, int consumer, int count) {
        return LongStream.range(0, count)
                .map(i -> (i * 31 + producer) * 1_000 + consumer)
                .boxed()
                .toList();
    }

    private StoredResult store(DiskExchange exchange, int producer, int consumers, int count) {
        ResultId id = new ResultId(JOB, 3, producer, 0);
        try (ResultWriter writer = exchange.openWriter(id, consumers, CODEC)) {
            for (int consumer = 0; consumer < consumers; consumer++) {
                List<Long> all = numbers(producer, consumer, count);
                for (int from = 0; from < count; from += CHUNK_RECORDS) {
                    RecordChunk chunk = new RecordChunk(false);
                    all.subList(from, Math.min(count, from + CHUNK_RECORDS))
                            .forEach(each -> chunk.add(each, RecordChunk.NO_TIMESTAMP));
                    writer.channel(consumer).offer(chunk);
                }
                writer.channel(consumer).offer(new ControlEvent.EndOfInput());
            }
            return writer.finish().servedBy(service.address());
        }
    }

    private static StoredExchange.Input input(StoredResult result, int from, int to) {
        return new StoredExchange.Input(
                result.id(), result.worker(), result.slice(from, to), result.node());
    }

    /** By producer, what a consumer reads. */
    private List<List<Long>> read(DiskExchange exchange, int consumer, List<StoredResult> results) {
        return read(
                exchange,
                results.stream().map(result -> input(result, consumer, consumer + 1)).toList());
    }

    private List<List<Long>> read(DiskExchange exchange, List<StoredExchange.Input> inputs) {
        List<ChannelReader> readers = exchange.openReaders(inputs, CODEC, index -> bell::release);
        List<List<Long>> read = new ArrayList<>();
        readers.forEach(reader -> read.add(new ArrayList<>()));
        int ended = 0;
        while (ended < readers.size()) {
            bell.drainPermits();
            boolean any = false;
            for (int i = 0; i < readers.size(); i++) {
                Item item = readers.get(i).poll();
                any |= item != null;
                if (item instanceof RecordChunk chunk) {
                    for (int at = 0; at < chunk.size; at++) {
                        read.get(i).add((Long) chunk.values[at]);
                    }
                } else if (item instanceof ControlEvent.EndOfInput) {
                    ended++;
                }
            }
            if (!any && ended < readers.size()) {
                awaitBell();
            }
        }
        readers.forEach(ChannelReader::close);
        return read;
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

    private Path onlyFile(String name) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
        }
    }

    @Test
    void theServiceHasWhatWorkersWroteThatHaveEnded() {
        service.initialize(APPLICATION, secret);
        List<StoredResult> results = new ArrayList<>();
        for (int producer = 0; producer < 50; producer++) {
            DiskExchange worker = worker("container_" + producer % 3, secret);
            results.add(store(worker, producer, 3, 100 * producer));
            worker.close();
        }
        DiskExchange reader = worker("container_reader", secret);
        for (int consumer = 0; consumer < 3; consumer++) {
            List<List<Long>> read = read(reader, consumer, results);
            for (int producer = 0; producer < 50; producer++) {
                assertThat(read.get(producer))
                        .isEqualTo(numbers(producer, consumer, 100 * producer));
            }
        }
        reader.close();
    }

    @Test
    void largeRangesComeThroughSmallWindows() {
        service.initialize(APPLICATION, secret);
        DiskExchange writer = worker("container_1", secret);
        StoredResult result = store(writer, 0, 2, 1_000_000);
        writer.close();
        assertThat(result.bytes()).isGreaterThan(4 << 20);
        DiskExchange reader = worker("container_2", secret);
        assertThat(read(reader, 1, List.of(result)).get(0)).isEqualTo(numbers(0, 1, 1_000_000));
        reader.close();
    }

    @Test
    void neighbouringRangesComeOneAfterTheOther() {
        service.initialize(APPLICATION, secret);
        List<StoredExchange.Input> slices = new ArrayList<>();
        List<List<Long>> expected = new ArrayList<>();
        for (int producer = 0; producer < 30; producer++) {
            DiskExchange writer = worker("container_" + producer, secret);
            int count = 50 * (producer % 7);
            StoredResult result = store(writer, producer, 6, count);
            writer.close();
            if (count > 0) {
                slices.add(input(result, 1, 5));
                List<Long> all = new ArrayList<>();
                for (int range = 1; range < 5; range++) {
                    all.addAll(numbers(producer, range, count));
                }
                expected.add(all);
            }
        }
        DiskExchange reader = worker("container_reader", secret);
        assertThat(read(reader, slices)).isEqualTo(expected);
        reader.close();
    }

    @Test
    void aReaderOfAnotherApplicationIsRefused() {
        service.initialize(APPLICATION, secret);
        DiskExchange writer = worker("container_1", secret);
        StoredResult result = store(writer, 0, 2, 100);
        DiskExchange stranger = worker("container_2", AppSecret.random());
        assertThatThrownBy(() -> read(stranger, 0, List.of(result)))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("it answers 401")
                .hasMessageContaining("localhost:" + service.address().port())
                .hasMessageContaining(NodeFiles.nameOf("container_1", result.id()));
        stranger.close();
        writer.close();
    }

    @Test
    void anApplicationThatTheServiceDoesNotKnowIsRefused() {
        DiskExchange writer = worker("container_1", secret);
        StoredResult result = store(writer, 0, 2, 100);
        DiskExchange reader = worker("container_2", secret);
        assertThatThrownBy(() -> read(reader, 0, List.of(result)))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("it answers 401");
        reader.close();
        writer.close();
    }

    @Test
    void aResultThatIsGoneIsLost() {
        service.initialize(APPLICATION, secret);
        DiskExchange writer = worker("container_1", secret);
        StoredResult result = store(writer, 0, 2, 100);
        writer.close();
        DiskExchange other = worker("container_2", secret);
        other.drop(result.id());
        assertThat(directory.resolve("output")).isEmptyDirectory();
        assertThatThrownBy(() -> read(other, 0, List.of(result)))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("it answers 500");
        other.close();
    }

    @Test
    void aDamagedBlockIsNamed() throws IOException {
        service.initialize(APPLICATION, secret);
        DiskExchange writer = worker("container_1", secret);
        StoredResult result = store(writer, 0, 2, 1_000);
        writer.close();
        try (RandomAccessFile data = new RandomAccessFile(onlyFile("file.out").toFile(), "rw")) {
            data.seek(100);
            int was = data.read();
            data.seek(100);
            data.write(was ^ 1);
        }
        DiskExchange reader = worker("container_2", secret);
        assertThatThrownBy(() -> read(reader, 0, List.of(result)))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("checksum")
                .hasMessageContaining(NodeFiles.nameOf("container_1", result.id()));
        reader.close();
    }

    @Test
    void theEndOfTheJobLeavesNothing() {
        service.initialize(APPLICATION, secret);
        DiskExchange ended = worker("container_1", secret);
        store(ended, 0, 2, 100);
        ended.close();
        DiskExchange last = worker("container_2", secret);
        store(last, 1, 2, 100);
        last.releaseJob(JOB);
        assertThat(directory.resolve("output")).isEmptyDirectory();
        last.close();
    }
}
