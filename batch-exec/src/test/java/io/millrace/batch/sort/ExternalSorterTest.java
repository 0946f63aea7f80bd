package io.millrace.batch.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.compress.BlockCompression;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalSorterTest {
    private static final ClassLoader LOADER = ExternalSorterTest.class.getClassLoader();
    private static final long SMALL = SortSettings.MIN_MEMORY_BYTES;
    private static final long LARGE = 64L << 20;
    private static final Executor NEVER = work -> {};

    record Version(int major) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            return Integer.compare(other.major, major);
        }
    }

    /** Keys, and how their records are sorted. */
    enum Keys {
        LONG(Types.LONG, Random::nextLong),
        FEW_LONGS(Types.LONG, random -> (long) random.nextInt(3)),
        STRING(Types.STRING, random -> "key " + random.nextInt(1_000)),
        LONG_STRING(Types.STRING, random -> "the same beginning ".repeat(5) + random.nextInt(100)),
        EQUAL(Types.STRING, random -> "one and the same key"),
        BIG_DECIMAL(Types.BIG_DEC, random -> BigDecimal.valueOf(random.nextInt(500), 2)),
        COMPARABLE(TypeInformation.of(Version.class), random -> new Version(random.nextInt(2_000))),
        TUPLE(
                Types.TUPLE(Types.STRING, Types.INT),
                random -> Tuple2.of("k" + random.nextInt(9), random.nextInt(50)));

        private final KeyNormalizer<Object> order;
        private final Serializer<Object> serializer;
        private final Function<Random, Object> generator;

        Keys(TypeInformation<?> type, Function<Random, Object> generator) {
            this.order = KeyNormalizers.of(Serializers.of(type, LOADER).schema());
            this.serializer = Serializers.of(Types.TUPLE(type, Types.INT, Types.STRING), LOADER);
            this.generator = generator;
        }

        List<Object> records(int count) {
            Random random = new Random(5);
            List<Object> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                records.add(
                        io.millrace.api.tuple.Tuple3.of(
                                generator.apply(random), i, "x".repeat(random.nextInt(60))));
            }
            return records;
        }

        SortOrder<Object> sortOrder(boolean ascending) {
            return SortOrder.by(Keys::keyOf, ascending ? order : order.descending());
        }

        static Object keyOf(Object record) {
            return ((io.millrace.api.tuple.Tuple3<?, ?, ?>) record).f0;
        }

        /** As the JDK sorts: stable. */
        List<Object> sorted(List<Object> records, boolean ascending) {
            Comparator<Object> byKey = Comparator.comparing(Keys::keyOf, order);
            List<Object> sorted = new ArrayList<>(records);
            sorted.sort(ascending ? byKey : byKey.reversed());
            return sorted;
        }
    }

    @TempDir Path directory;

    private SortSettings settings(long memoryBytes) {
        return SortSettings.of(directory.resolve("spill"), memoryBytes, "test.memory");
    }

    private static List<Object> rest(SortedRecords<Object> sorted) {
        List<Object> records = new ArrayList<>();
        while (sorted.advance()) {
            records.add(sorted.record());
        }
        return records;
    }

    private List<Object> sort(Keys keys, boolean ascending, SortSettings settings, int count) {
        List<Object> records = keys.records(count);
        try (var sorter =
                new ExternalSorter<>(keys.sortOrder(ascending), keys.serializer, settings)) {
            records.forEach(sorter::add);
            List<Object> sorted = rest(sorter.sorted());
            assertThat(sorter.peakMemoryBytes()).isLessThanOrEqualTo(settings.memoryBytes());
            assertThat(sorted).isEqualTo(keys.sorted(records, ascending));
            return sorted;
        } finally {
            assertThat(directory.resolve("spill")).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sortsInMemoryAndKeepsTheOrderOfEqualKeys(Keys keys) {
        sort(keys, true, settings(LARGE), 5_000);
        sort(keys, false, settings(LARGE), 2_000);
    }

    @ParameterizedTest
    @EnumSource
    void sortsFromDiskAndKeepsTheOrderOfEqualKeys(Keys keys) {
        sort(keys, true, settings(SMALL), 5_000);
        sort(keys, false, settings(SMALL), 5_000);
    }

    @ParameterizedTest
    @EnumSource
    void sortsWithEachCompression(BlockCompression compression) {
        sort(Keys.STRING, true, settings(SMALL).compressed(compression), 4_000);
    }

    @Test
    void sortsTwentyTimesItsMemoryWithinIt() {
        Keys keys = Keys.LONG;
        SortSettings settings = settings(SMALL).compressed(BlockCompression.NONE);
        try (var sorter = new ExternalSorter<>(keys.sortOrder(true), keys.serializer, settings)) {
            long bytes = 0;
            int added = 0;
            List<Object> records = keys.records(1_000);
            BinaryWriter size = new BinaryWriter(100);
            while (bytes < 20 * SMALL) {
                Object record = records.get(added++ % records.size());
                keys.serializer.write(record, size);
                bytes += size.size();
                size.clear();
                sorter.add(record);
            }
            SortedRecords<Object> sorted = sorter.sorted();
            long before = Long.MIN_VALUE;
            int count = 0;
            while (sorted.advance()) {
                long key = (Long) Keys.keyOf(sorted.record());
                assertThat(key).isGreaterThanOrEqualTo(before);
                before = key;
                count++;
            }
            assertThat(count).isEqualTo(added);
            // More runs than can be read at once, so some are merged on the way.
            assertThat(sorter.runsWritten()).isGreaterThan(20);
            assertThat(sorter.bytesWritten()).isGreaterThan(20 * SMALL);
            assertThat(sorter.peakMemoryBytes()).isLessThanOrEqualTo(SMALL);
        }
    }

    @Test
    void writesAndReadsInAnotherThread() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            sort(Keys.STRING, true, settings(4L << 20).background(executor), 150_000);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void needsNobodyWhereTheOtherThreadIsBusy() {
        sort(Keys.LONG, true, settings(4L << 20).background(NEVER), 150_000);
    }

    @Test
    void givesAllOfAPartitionBeforeTheNextOne() {
        Keys keys = Keys.STRING;
        for (int partitions : new int[] {2, 300}) {
            List<Object> records = keys.records(6_000);
            List<List<Object>> expected = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                expected.add(new ArrayList<>());
            }
            SortSettings settings = settings(SMALL).partitioned(partitions);
            try (var sorter =
                    new ExternalSorter<>(keys.sortOrder(true), keys.serializer, settings)) {
                for (Object record : records) {
                    int partition = (record.hashCode() & 0xFFFF) % partitions;
                    sorter.add(partition, record);
                    expected.get(partition).add(record);
                }
                SortedRecords<Object> sorted = sorter.sorted();
                for (int i = 0; i < partitions; i++) {
                    for (Object record : keys.sorted(expected.get(i), true)) {
                        assertThat(sorted.advance()).isTrue();
                        assertThat(sorted.partition()).isEqualTo(i);
                        assertThat(sorted.record()).isEqualTo(record);
                    }
                }
                assertThat(sorted.advance()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {SMALL, LARGE})
    void keepsRecordsWithoutOrderAsTheyCame(long memoryBytes) {
        List<Object> records = Keys.STRING.records(5_000);
        try (var sorter =
                new ExternalSorter<>(
                        SortOrder.none(), Keys.STRING.serializer, settings(memoryBytes))) {
            records.forEach(sorter::add);
            assertThat(rest(sorter.sorted())).isEqualTo(records);
        }
    }

    @Test
    void sortsTypesThatShowAtRunTime() {
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            records.add(i % 3 == 0 ? new Version(i) : i % 3 == 1 ? Tuple2.of("a", i) : "text " + i);
        }
        SortOrder<Object> backwards =
                SortOrder.by(
                        record -> -records.indexOf(record) % 7,
                        KeyNormalizers.<Integer>of(Serializers.of(Types.INT, LOADER).schema()));
        List<Object> expected = new ArrayList<>(records);
        expected.sort(Comparator.comparingInt(record -> -records.indexOf(record) % 7));
        try (var sorter =
                new ExternalSorter<>(backwards, Serializers.of(null, LOADER), settings(SMALL))) {
            records.forEach(sorter::add);
            assertThat(rest(sorter.sorted())).isEqualTo(expected);
            assertThat(sorter.runsWritten()).isPositive();
        }
    }

    @Test
    void givesTheBytesOfARecord() {
        Serializer<Object> longs = Serializers.of(Types.LONG, LOADER);
        SortOrder<Object> order = SortOrder.of(KeyNormalizers.of(longs.schema()));
        try (var sorter = new ExternalSorter<>(order, longs, settings(SMALL))) {
            sorter.add(2L);
            sorter.add(1L);
            SortedRecords<Object> sorted = sorter.sorted();
            BinaryWriter out = new BinaryWriter(16);
            while (sorted.advance()) {
                sorted.writeTo(out);
            }
            BinaryReader in = new BinaryReader(out.toByteArray());
            assertThat(in.readLong()).isEqualTo(1);
            assertThat(in.readLong()).isEqualTo(2);
        }
    }

    @Test
    void sortsNothing() {
        try (var sorter =
                new ExternalSorter<>(
                        Keys.LONG.sortOrder(true), Keys.LONG.serializer, settings(SMALL))) {
            assertThat(sorter.sorted().advance()).isFalse();
        }
    }

    @Test
    void sortsRecordsThatAreLargerThanAPage() {
        Serializer<Object> texts = Serializers.of(Types.STRING, LOADER);
        SortOrder<Object> order = SortOrder.of(KeyNormalizers.of(texts.schema()));
        Random random = new Random(8);
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String text = Integer.toString(random.nextInt(1_000));
            records.add(i % 3 == 0 ? text.repeat(random.nextInt(3_000) + 1) : text);
        }
        try (var sorter = new ExternalSorter<>(order, texts, settings(SMALL))) {
            records.forEach(sorter::add);
            List<Object> sorted = rest(sorter.sorted());
            records.sort(null);
            assertThat(sorted).isEqualTo(records);
            assertThat(sorter.peakMemoryBytes()).isLessThanOrEqualTo(SMALL);
        }
    }

    @Test
    void refusesARecordThatItsMemoryDoesNotAllow() {
        Serializer<Object> texts = Serializers.of(Types.STRING, LOADER);
        SortOrder<Object> order = SortOrder.of(KeyNormalizers.of(texts.schema()));
        try (var sorter = new ExternalSorter<>(order, texts, settings(SMALL))) {
            assertThatThrownBy(() -> sorter.add("x".repeat(70_000)))
                    .hasMessageStartingWith("RECORD_TOO_LARGE: a record of 700")
                    .hasMessageContaining("65536 bytes of memory")
                    .hasMessageContaining("Raise test.memory to 5 times what it is");
        }
    }
}
