package io.millrace.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.file.OutputMode;
import io.millrace.connector.file.PartitionBucketAssigner;
import io.millrace.connector.file.PartitionedFormat;
import io.millrace.connector.file.compactor.ConcatFileCompactor;
import io.millrace.connector.file.compactor.FileCompactStrategy;
import io.millrace.connector.orc.OrcReaders;
import io.millrace.connector.orc.writer.OrcWriters;
import io.millrace.connector.parquet.AvroParquetWriters;
import io.millrace.connector.parquet.ParquetReaders;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.orc.CompressionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/connectors/files.md}. */
class FilesGuideTest {
    @TempDir java.nio.file.Path work;

    /** What the files hold. */
    public static class Order {
        public long id;
        public String day;
        public int amount;

        public Order() {}

        public Order(long id, String day, int amount) {
            this.id = id;
            this.day = day;
            this.amount = amount;
        }
    }

    @Test
    void partitionsAreReplacedEachTimeThatTheJobRuns() throws Exception {
        String input = work.resolve("orders").toUri().toString();
        String output = work.resolve("by-day").toUri().toString();
        java.nio.file.Path other = Files.createDirectories(work.resolve("by-day/dt=2025-12-31"));
        Files.writeString(other.resolve("part"), "kept");
        writeOrders(input);

        program(input, output);
        program(input, output);

        assertThat(directories())
                .containsExactly("dt=2025-12-31", "dt=2026-01-01", "dt=2026-01-02");
        assertThat(work.resolve("by-day/_SUCCESS")).isEmptyFile();
        assertThat(other.resolve("part")).hasContent("kept");
        Files.delete(other.resolve("part"));
        assertThat(ordersWithDays(output))
                .hasSize(999)
                .doesNotHaveDuplicates()
                .contains("1 of dt 2026-01-02");
    }

    @Test
    void smallFilesArePutTogether() throws Exception {
        String output = work.resolve("together").toUri().toString();
        FileSink<String> sink =
                FileSink.forRowFormat(new Path(output), new SimpleStringEncoder<String>())
                        .enableCompact(
                                FileCompactStrategy.Builder.newBuilder()
                                        .setSizeThreshold(
                                                128 << 20) // a directory has so many bytes, or
                                        .enableCompactionOnCheckpoint(
                                                10) // has waited for so many checkpoints
                                        .setNumCompactThreads(2) // in each subtask
                                        .build(),
                                new ConcatFileCompactor())
                        .build();
        StreamExecutionEnvironment env = environment();
        env.fromSequence(1, 100).map(number -> "line " + number).sinkTo(sink);
        env.execute();

        List<String> lines = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = Files.walk(work.resolve("together"))) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        assertThat(lines).hasSize(100).doesNotHaveDuplicates().contains("line 1", "line 100");
    }

    /** What a file of ORC holds. */
    public record Sale(long id, BigDecimal price, String city) {}

    @Test
    void columnsOfOrcAreWhatTheirSchemaSays() throws Exception {
        String output = work.resolve("sales").toUri().toString();
        String columns = "struct<id:bigint,price:decimal(12,2),city:varchar(40)>";
        FileSink<Sale> sales =
                FileSink.forBulkFormat(
                                new Path(output),
                                OrcWriters.forClass(Sale.class, columns, CompressionKind.ZSTD))
                        .build();
        StreamExecutionEnvironment env = environment();
        Sale sale = new Sale(1, new BigDecimal("12.50"), "Vaasa");
        env.fromData(sale).sinkTo(sales);
        env.execute();

        List<Sale> found = new ArrayList<>();
        try (var records =
                environment()
                        .fromSource(
                                FileSource.forBulkFileFormat(
                                                OrcReaders.forClass(Sale.class), new Path(output))
                                        .build(),
                                WatermarkStrategy.noWatermarks(),
                                "sales")
                        .executeAndCollect()) {
            records.forEachRemaining(found::add);
        }
        assertThat(found).hasSize(1);
        assertThat(found.get(0).price()).isEqualByComparingTo("12.5");
        assertThat(found.get(0).city()).isEqualTo("Vaasa");
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.setParallelism(2);
        return env;
    }

    private static void writeOrders(String input) throws Exception {
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            orders.add(new Order(i, "2026-01-0" + (1 + i % 2), i));
        }
        StreamExecutionEnvironment env = environment();
        env.fromData(orders)
                .sinkTo(
                        FileSink.forBulkFormat(
                                        new Path(input),
                                        AvroParquetWriters.forReflectRecord(Order.class))
                                .build());
        env.execute();
    }

    private static void program(String input, String output) throws Exception {
        StreamExecutionEnvironment env = environment();
        FileSource<Order> orders =
                FileSource.forBulkFileFormat(ParquetReaders.forClass(Order.class), new Path(input))
                        .build();

        FileSink<Order> byDay =
                FileSink.forBulkFormat(
                                new Path(output), AvroParquetWriters.forReflectRecord(Order.class))
                        .withBucketAssigner(PartitionBucketAssigner.by("dt", order -> order.day))
                        .withOutputMode(OutputMode.OVERWRITE_PARTITIONS)
                        .withSuccessMarker()
                        .build();

        env.fromSource(orders, WatermarkStrategy.noWatermarks(), "orders")
                .filter(order -> order.amount > 0)
                .sinkTo(byDay);
        env.execute();
    }

    private static List<String> ordersWithDays(String output) throws Exception {
        StreamExecutionEnvironment env = environment();
        List<String> found = new ArrayList<>();
        var format =
                PartitionedFormat.of(
                        ParquetReaders.forClass(Order.class),
                        (order, partition) -> order.id + " of dt " + partition.get("dt"),
                        Types.STRING);
        try (var records =
                env.fromSource(
                                FileSource.forBulkFileFormat(format, new Path(output)).build(),
                                WatermarkStrategy.noWatermarks(),
                                "orders")
                        .executeAndCollect()) {
            records.forEachRemaining(found::add);
        }
        return found;
    }

    private List<String> directories() throws IOException {
        try (Stream<java.nio.file.Path> children = Files.list(work.resolve("by-day"))) {
            return children.filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
