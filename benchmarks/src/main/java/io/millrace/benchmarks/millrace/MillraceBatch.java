package io.millrace.benchmarks.millrace;

import io.millrace.api.bounded.Bounded;
import io.millrace.api.file.Path;
import io.millrace.api.function.KeySelector;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.Types;
import io.millrace.benchmarks.batch.BatchJob;
import io.millrace.benchmarks.batch.Rows;
import io.millrace.benchmarks.batch.Sales;
import io.millrace.benchmarks.batch.SortRecords;
import io.millrace.benchmarks.wordcount.MillraceWordCount;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.parquet.ParquetReaders;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;

/** The batch jobs on Millrace, in this process. */
public final class MillraceBatch {
    private MillraceBatch() {}

    public static void main(String[] args) throws Exception {
        BatchJob.run(args, MillraceBatch::run);
    }

    private static void run(BatchJob job) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                Map.of("task.spill-directory", job.temporary().toString())));
        env.setParallelism(BatchJob.PARALLELISM);
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        switch (job.contest()) {
            case "sort" -> sort(env, job);
            case "wordcount" -> wordCount(env, job);
            case "aggregate" -> aggregate(env, job);
            case "join" -> join(env, job);
            case "parquet" -> parquet(env, job);
            case "json-parquet", "json-parquet-hdfs" -> JsonCopy.toParquet(env, job);
            case "many-files" -> JsonCopy.count(env, job);
            default -> throw new IllegalArgumentException("no contest '" + job.contest() + "'");
        }
        env.execute(job.contest());
    }

    static void sort(StreamExecutionEnvironment env, BatchJob job) {
        Bounded.of(
                        env.fromSource(
                                FileSource.forRecordStreamFormat(
                                                new RecordsFormat(),
                                                new Path(job.input().toString()))
                                        .build(),
                                WatermarkStrategy.noWatermarks(),
                                "records"))
                .sort(new Key())
                .sinkTo(
                        FileSink.<byte[]>forRowFormat(
                                        new Path(job.output().toString()),
                                        (record, out) -> out.write(record))
                                .build());
    }

    private static final class Key implements KeySelector<byte[], byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] getKey(byte[] record) {
            return Arrays.copyOf(record, SortRecords.KEY);
        }
    }

    private static void wordCount(StreamExecutionEnvironment env, BatchJob job) {
        MillraceWordCount.counts(env, job.input().toString())
                .sinkTo(
                        FileSink.<Tuple2<String, Integer>>forRowFormat(
                                        new Path(job.output().toString()),
                                        new SimpleStringEncoder<>())
                                .build());
    }

    private static void aggregate(StreamExecutionEnvironment env, BatchJob job) throws Exception {
        Files.createDirectories(job.output());
        long keys = job.keys();
        env.fromSequence(0, job.rows() - 1)
                .map(row -> Tuple3.of(Rows.key(row, keys), Rows.value(row), 1L))
                .returns(Types.TUPLE(Types.LONG, Types.LONG, Types.LONG))
                .keyBy(row -> row.f0)
                .reduce((a, b) -> Tuple3.of(a.f0, a.f1 + b.f1, a.f2 + b.f2))
                .sinkTo(
                        new TallySink<>(
                                "sums", row -> Rows.ofSum(row.f0, row.f1, row.f2), job.output()));
    }

    private static void join(StreamExecutionEnvironment env, BatchJob job) throws Exception {
        Files.createDirectories(job.output());
        long keys = job.keys();
        var rows =
                env.fromSequence(0, job.rows() - 1)
                        .map(row -> Tuple2.of(Rows.key(row, keys), Rows.value(row)))
                        .returns(Types.<Tuple2<Long, Long>>TUPLE(Types.LONG, Types.LONG));
        var attributes =
                env.fromSequence(0, keys - 1)
                        .map(key -> Tuple2.of(key, Rows.attribute(key)))
                        .returns(Types.<Tuple2<Long, Long>>TUPLE(Types.LONG, Types.LONG));
        Bounded.of(rows)
                .join(attributes)
                .where(row -> row.f0)
                .equalTo(row -> row.f0)
                .with(
                        (row, attribute) -> Tuple3.of(row.f0, row.f1, attribute.f1),
                        Types.<Tuple3<Long, Long, Long>>TUPLE(Types.LONG, Types.LONG, Types.LONG))
                .sinkTo(
                        new TallySink<>(
                                "pairs",
                                pair -> Rows.ofPair(pair.f0, pair.f1, pair.f2),
                                job.output()));
    }

    /** The columns that are wanted. */
    public record Sale(long id, int quantity, double price, float discount, String product) {}

    private static void parquet(StreamExecutionEnvironment env, BatchJob job) throws Exception {
        Files.createDirectories(job.output());
        env.fromSource(
                        FileSource.forBulkFileFormat(
                                        ParquetReaders.forClass(Sale.class),
                                        new Path(job.input().toString()))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "sales")
                .sinkTo(new TallySink<>("sales", MillraceBatch::checksum, job.output()));
    }

    private static long checksum(Sale sale) {
        String product = sale.product();
        return Sales.checksum(
                sale.id(),
                sale.quantity(),
                sale.price(),
                sale.discount(),
                product.length(),
                product.charAt(product.length() - 1));
    }
}
