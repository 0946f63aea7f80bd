package io.millrace.batch.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.batch.shuffle.Edge.Sent;
import io.millrace.runtime.compress.BlockCompression;
import io.millrace.runtime.exchange.stored.ResultLostException;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.message.StoredResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiskExchangeTest {
    private static final long PLENTY = 64 << 20;
    private static final long TINY = 64 << 10;
    private static final Edge STRINGS = new Edge(Types.STRING, false);

    @TempDir Path directory;
    private final List<ShuffleWorker> workers = new ArrayList<>();

    /** Where the reader is. */
    enum Where {
        SAME_WORKER,
        OTHER_WORKER
    }

    @AfterEach
    void closeAll() {
        workers.forEach(ShuffleWorker::close);
    }

    private ShuffleSettings settings(long memory, BlockCompression compression) {
        return new ShuffleSettings(memory, TINY, compression, List.of(directory), 1);
    }

    private ShuffleWorker worker(long memory) {
        return worker(settings(memory, BlockCompression.LZ4), Disk.LOCAL);
    }

    private ShuffleWorker worker(ShuffleSettings settings, Disk disk) {
        ShuffleWorker worker = new ShuffleWorker("worker-" + workers.size(), settings, disk);
        workers.add(worker);
        return worker;
    }

    private DiskExchange reader(Where where, ShuffleWorker writer) {
        return where == Where.SAME_WORKER ? writer.disk() : worker(PLENTY).disk();
    }

    private static List<List<Sent>> strings(int consumers, int records) {
        List<List<Sent>> all = new ArrayList<>();
        for (int consumer = 0; consumer < consumers; consumer++) {
            List<Sent> own = new ArrayList<>();
            for (int i = 0; i < records; i++) {
                own.add(Sent.of("record " + i + " of consumer " + consumer));
            }
            all.add(own);
        }
        return all;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private Path onlyFile(String ending) throws IOException {
        List<Path> found = files().stream().filter(f -> f.toString().endsWith(ending)).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static void assertReadsBack(
            Edge edge, DiskExchange exchange, StoredResult result, List<List<Sent>> written) {
        for (int range = 0; range < written.size(); range++) {
            assertThat(edge.read(exchange, range, result)).isEqualTo(written.get(range));
            assertThat(result.ranges().get(range).records()).isEqualTo(written.get(range).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesEachConsumerItsRecordsInOrderAndThenTheEndOfTime(Where where) {
        ShuffleWorker worker = worker(PLENTY);
        List<List<Sent>> written = strings(5, 10_000);

        StoredResult result = STRINGS.store(worker.disk(), 0, written);

        assertReadsBack(STRINGS, reader(where, worker), result, written);
    }

    @ParameterizedTest
    @EnumSource
    void givesNeighbouringRangesToOneConsumerOneAfterTheOther(Where where) {
        ShuffleWorker worker = worker(PLENTY);
        List<List<Sent>> written = new ArrayList<>(strings(6, 1_000));
        written.set(3, List.of());

        StoredResult result = STRINGS.store(worker.disk(), 0, written);

        List<Sent> wanted = new ArrayList<>(written.get(2));
        wanted.addAll(written.get(4));
        try (Edge.Reading reading = STRINGS.reading(reader(where, worker), 2, 5, result)) {
            assertThat(reading.all()).isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameWhenItHasSpilledManyTimes(Where where) throws IOException {
        ShuffleWorker worker = worker(TINY);
        List<List<Sent>> written = strings(7, 20_000);
        StoredResult result;
        try (ResultWriter writer = STRINGS.open(worker.disk(), 0, written.size())) {
            STRINGS.write(writer, written);
            assertThat(onlyFile(".spill")).isNotEmptyFile();
            result = STRINGS.finish(writer, written.size());
        }

        assertReadsBack(STRINGS, reader(where, worker), result, written);
        assertThat(files()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void servesAThousandConsumersFromTinyMemory(Where where) {
        ShuffleWorker worker = worker(TINY);
        List<List<Sent>> written = strings(1_000, 60);

        StoredResult result = STRINGS.store(worker.disk(), 0, written);

        assertReadsBack(STRINGS, reader(where, worker), result, written);
    }

    @ParameterizedTest
    @EnumSource
    void movesNothingWhereThereIsOneConsumer(Where where) throws IOException {
        ShuffleWorker worker = worker(TINY);
        List<List<Sent>> written = strings(1, 50_000);

        StoredResult result = STRINGS.store(worker.disk(), 0, written);

        assertReadsBack(STRINGS, reader(where, worker), result, written);
        assertThat(onlyFile(".data")).hasSize(result.bytes());
    }

    @ParameterizedTest
    @EnumSource
    void keepsTimestampsKeyHashesAndNulls(Where where) {
        Edge keyed = new Edge(Types.LONG, true);
        ShuffleWorker worker = worker(PLENTY);
        List<Sent> records =
                List.of(
                        new Sent(1L, 1_000, 17),
                        new Sent(null, Long.MIN_VALUE, -1),
                        new Sent(3L, -5, Integer.MIN_VALUE));

        StoredResult result = keyed.store(worker.disk(), 0, List.of(records, List.of()));

        assertReadsBack(keyed, reader(where, worker), result, List.of(records, List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void readsRecordsThatAreLargerThanItsMemory(Where where) {
        ShuffleWorker worker = worker(TINY);
        List<List<Sent>> written = List.of(new ArrayList<>(), new ArrayList<>());
        Random random = new Random(1);
        for (int i = 0; i < 6; i++) {
            byte[] bytes = new byte[700_000];
            random.nextBytes(bytes);
            written.get(i % 2)
                    .add(Sent.of(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)));
        }

        StoredResult result = STRINGS.store(worker.disk(), 0, written);

        assertReadsBack(STRINGS, reader(where, worker), result, written);
    }

    @ParameterizedTest
    @EnumSource
    void readsRecordsWhoseClassesAreFoundAsTheyCome(Where where) {
        Edge any = new Edge(null, false);
        ShuffleWorker worker = worker(TINY);
        List<List<Sent>> written = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 20_000; i++) {
            Object value = i % 3 == 0 ? (Object) ("text " + i) : Tuple2.of("pair " + i, (long) i);
            written.get(i % 2).add(Sent.of(value));
        }

        StoredResult result = any.store(worker.disk(), 0, written);

        assertReadsBack(any, reader(where, worker), result, written);
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryCompression(BlockCompression compression) {
        ShuffleWorker worker = worker(settings(TINY, compression), Disk.LOCAL);
        List<List<Sent>> written = strings(3, 5_000);

        StoredResult result = STRINGS.store(worker.disk(), 0, written);

        assertReadsBack(STRINGS, worker.disk(), result, written);
        long raw = written.stream().mapToLong(DiskExchangeTest::textBytes).sum();
        assertThat(result.bytes() < raw / 2).isEqualTo(compression != BlockCompression.NONE);
    }

    private static long textBytes(List<Sent> records) {
        return records.stream().mapToLong(sent -> sent.value().toString().length()).sum();
    }

    @ParameterizedTest
    @EnumSource
    void endsAtOnceWhereNothingWasWritten(Where where) {
        ShuffleWorker worker = worker(PLENTY);
        List<List<Sent>> nothing = List.of(List.of(), List.of());

        StoredResult result = STRINGS.store(worker.disk(), 0, nothing);

        assertThat(result.bytes()).isZero();
        assertReadsBack(STRINGS, reader(where, worker), result, nothing);
    }

    @ParameterizedTest
    @EnumSource
    void readsManyProducersAlthoughTheirShareOfMemoryIsSmall(Where where) {
        ShuffleWorker worker = worker(PLENTY);
        List<StoredResult> results = new ArrayList<>();
        for (int producer = 0; producer < 200; producer++) {
            results.add(STRINGS.store(worker.disk(), producer, strings(3, 400)));
        }

        try (Edge.Reading reading = STRINGS.reading(reader(where, worker), 2, results)) {
            assertThat(reading.all()).hasSize(200 * 400);
        }
    }

    @Test
    void writesAnIndexThatSaysWhereTheRangesAre() throws IOException {
        ShuffleWorker worker = worker(PLENTY);
        StoredResult result = STRINGS.store(worker.disk(), 0, strings(4, 100));

        Path file = onlyFile(".index");
        ResultIndex index = ResultIndex.of(Files.readAllBytes(file), file);

        assertThat(index.ranges()).isEqualTo(4);
        assertThat(index.offset(0)).isZero();
        assertThat(index.bytes(3)).isEqualTo(result.ranges().get(3).bytes());
        assertThat(index.offset(3) + index.bytes(3)).isEqualTo(Files.size(onlyFile(".data")));
    }

    @Test
    void everyDamagedByteOfABlockIsFoundAndNamed() throws IOException {
        ShuffleWorker worker = worker(PLENTY);
        StoredResult result = STRINGS.store(worker.disk(), 7, strings(1, 20));
        Path data = onlyFile(".data");
        byte[] whole = Files.readAllBytes(data);
        assertThat(whole.length).isLessThan(1_000);

        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(data, damaged);
            ResultLostException lost =
                    catchThrowableOfType(
                            ResultLostException.class,
                            () -> STRINGS.read(worker.disk(), 0, result));
            assertThat(lost).as("byte %s of the block", at).isNotNull();
            assertThat(lost.result()).isEqualTo(result.id());
            assertThat(lost)
                    .hasMessageContaining("worker-0")
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("at offset 0 is damaged");
        }
        Files.write(data, whole);
        assertThat(STRINGS.read(worker.disk(), 0, result)).hasSize(20);
    }

    @Test
    void damageIsFoundAtTheOtherWorkerToo() throws IOException {
        ShuffleWorker worker = worker(PLENTY);
        StoredResult result = STRINGS.store(worker.disk(), 0, strings(2, 5_000));
        Path data = onlyFile(".data");
        byte[] bytes = Files.readAllBytes(data);
        bytes[bytes.length - 1] ^= 1;
        Files.write(data, bytes);
        DiskExchange other = worker(PLENTY).disk();

        assertThat(STRINGS.read(other, 0, result)).hasSize(5_000);
        assertThatThrownBy(() -> STRINGS.read(other, 1, result))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("at worker worker-0 is damaged");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatWasCutIsLost(Where where) throws IOException {
        ShuffleWorker worker = worker(PLENTY);
        StoredResult result = STRINGS.store(worker.disk(), 0, strings(1, 5_000));
        Path data = onlyFile(".data");
        byte[] bytes = Files.readAllBytes(data);
        Files.write(data, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> STRINGS.read(reader(where, worker), 0, result))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining(data + " ends at " + bytes.length / 2);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasDroppedIsLost(Where where) throws IOException {
        ShuffleWorker worker = worker(PLENTY);
        StoredResult result = STRINGS.store(worker.disk(), 0, strings(2, 100));

        worker.disk().drop(result.id());
        worker.disk().drop(result.id());

        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> STRINGS.read(reader(where, worker), 1, result))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("worker worker-0 has no result " + result.id());
    }

    @Test
    void aReaderHearsThatItsResultWasDropped() {
        ShuffleWorker worker = worker(PLENTY);
        Edge random = new Edge(Types.LONG, false);
        List<Sent> records = new ArrayList<>();
        new Random(1).longs(500_000).forEach(number -> records.add(Sent.of(number)));
        StoredResult result = random.store(worker.disk(), 0, List.of(records));
        try (Edge.Reading reading = random.reading(worker.disk(), 0, List.of(result))) {
            assertThat(reading.next()).isNotEmpty();

            worker.disk().releaseJob(Edge.JOB);

            assertThatThrownBy(reading::all)
                    .isInstanceOf(ResultLostException.class)
                    .hasMessageContaining("was dropped");
        }
    }

    @Test
    void aWorkerThatIsGoneHasLostItsResults() {
        ShuffleWorker worker = worker(PLENTY);
        StoredResult result = STRINGS.store(worker.disk(), 0, strings(1, 100));
        DiskExchange other = worker(PLENTY).disk();
        worker.close();

        assertThatThrownBy(() -> STRINGS.read(other, 0, result))
                .isInstanceOfSatisfying(
                        ResultLostException.class,
                        lost -> assertThat(lost.result()).isEqualTo(result.id()))
                .hasMessageContaining("worker worker-0 cannot be reached for its data");
    }

    @Test
    void aWorkerThatEndsWhileItIsReadLosesWhatIsNotOut() {
        ShuffleWorker worker = worker(PLENTY);
        Edge random = new Edge(Types.LONG, false);
        List<Sent> records = new ArrayList<>();
        new Random(1).longs(1_000_000).forEach(number -> records.add(Sent.of(number)));
        StoredResult result = random.store(worker.disk(), 0, List.of(records));
        DiskExchange other = worker(PLENTY).disk();
        try (Edge.Reading reading = random.reading(other, 0, List.of(result))) {
            assertThat(reading.next()).isNotEmpty();

            worker.close();

            assertThatThrownBy(reading::all)
                    .isInstanceOf(ResultLostException.class)
                    .hasMessageContaining("worker-0");
        }
    }

    @Test
    void aFullDiskIsNamedWhileSpilling() throws IOException {
        ShuffleWorker worker = worker(settings(TINY, BlockCompression.NONE), new FullDisk(200_000));

        assertThatThrownBy(() -> STRINGS.store(worker.disk(), 0, strings(2, 20_000)))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED))
                .hasMessageContaining(".spill")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("bytes are free there")
                .hasMessageContaining("batch.shuffle-directories");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFullDiskIsNamedWhileMerging() throws IOException {
        long data = 20_000L * 2 * 30;
        ShuffleWorker worker =
                worker(settings(TINY, BlockCompression.NONE), new FullDisk(data + data / 2));

        assertThatThrownBy(() -> STRINGS.store(worker.disk(), 0, strings(2, 20_000)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(".data.part")
                .hasMessageContaining("No space left on device");
        assertThat(files()).isEmpty();
    }

    @Test
    void anAbandonedWriterLeavesNothing() throws IOException {
        ShuffleWorker worker = worker(TINY);
        ResultWriter writer = STRINGS.open(worker.disk(), 0, 2);
        STRINGS.write(writer, strings(2, 20_000));
        assertThat(files()).isNotEmpty();

        writer.close();
        writer.close();

        assertThat(files()).isEmpty();
    }

    @Test
    void nothingIsLeftOfAReleasedJob() throws IOException {
        ShuffleWorker worker = worker(PLENTY);
        STRINGS.store(worker.disk(), 0, strings(2, 100));

        worker.disk().releaseJob(Edge.JOB);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void nothingIsLeftOfAClosedWorker() throws IOException {
        ShuffleWorker worker = worker(PLENTY);
        STRINGS.store(worker.disk(), 0, strings(2, 100));

        worker.close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void holdsNoMoreThanItsMemory() {
        ShuffleWorker worker = worker(TINY);
        Edge longs = new Edge(Types.LONG, false);
        Random random = new Random(1);
        try (DiskWriter writer = (DiskWriter) longs.open(worker.disk(), 0, 8)) {
            long most = 0;
            for (int i = 0; i < 4_000; i++) {
                longs.write(writer, someLongs(random, 8));
                most = Math.max(most, writer.heldBytes());
            }
            assertThat(most).isBetween(TINY / 2, TINY);
        }
    }

    private static List<List<Sent>> someLongs(Random random, int consumers) {
        List<List<Sent>> all = new ArrayList<>();
        for (int consumer = 0; consumer < consumers; consumer++) {
            all.add(random.longs(20).mapToObj(Sent::of).toList());
        }
        return all;
    }

    @Test
    void spreadsResultsOverItsDirectories() throws IOException {
        List<Path> disks = List.of(directory.resolve("disk-1"), directory.resolve("disk-2"));
        ShuffleWorker worker =
                worker(
                        new ShuffleSettings(PLENTY, TINY, BlockCompression.LZ4, disks, 1),
                        Disk.LOCAL);
        for (int producer = 0; producer < 6; producer++) {
            STRINGS.store(worker.disk(), producer, strings(1, 10));
        }

        for (Path disk : disks) {
            assertThat(files().stream().filter(file -> file.startsWith(disk))).hasSize(6);
        }
    }

    @Test
    void goesOnWithTheDirectoriesThatItCanUse() throws IOException {
        Path file = Files.createFile(directory.resolve("no-directory"));
        List<Path> disks = List.of(file, directory.resolve("disk"));
        ShuffleWorker worker =
                worker(
                        new ShuffleSettings(PLENTY, TINY, BlockCompression.LZ4, disks, 1),
                        Disk.LOCAL);

        for (int producer = 0; producer < 4; producer++) {
            StoredResult result = STRINGS.store(worker.disk(), producer, strings(1, 10));
            assertThat(STRINGS.read(worker.disk(), 0, result)).hasSize(10);
        }
    }

    @Test
    void namesTheDirectoriesIfItCanUseNone() throws IOException {
        Path file = Files.createFile(directory.resolve("no-directory"));
        ShuffleWorker worker =
                worker(
                        new ShuffleSettings(PLENTY, TINY, BlockCompression.LZ4, List.of(file), 1),
                        Disk.LOCAL);

        assertThatThrownBy(() -> STRINGS.open(worker.disk(), 0, 1))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining(file.toString());
    }

    @Test
    void anEndWithoutAllConsumersIsRefused() {
        ShuffleWorker worker = worker(PLENTY);
        try (ResultWriter writer = STRINGS.open(worker.disk(), 0, 2)) {
            STRINGS.write(writer, strings(2, 10));

            assertThatThrownBy(writer::finish).hasMessageContaining("0 of 2 ranges");
        }
    }

    @Test
    void whatTheProducerToldIsCompared() {
        ShuffleWorker worker = worker(PLENTY);
        StoredResult told = STRINGS.store(worker.disk(), 0, strings(1, 10));
        StoredResult.Range range = told.ranges().get(0);
        StoredResult other =
                new StoredResult(
                        told.id(),
                        told.worker(),
                        List.of(new StoredResult.Range(range.records() + 1, range.bytes())));

        assertThatThrownBy(() -> STRINGS.read(worker.disk(), 0, other))
                .isInstanceOf(ResultLostException.class)
                .hasMessageContaining("has 10 records, its producer told 11");
    }
}
