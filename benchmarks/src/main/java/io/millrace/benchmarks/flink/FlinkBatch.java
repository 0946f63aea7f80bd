package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.batch.BatchJob;
import io.millrace.benchmarks.batch.Rows;
import io.millrace.benchmarks.batch.SortRecords;
import io.millrace.benchmarks.wordcount.FlinkWordCount;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.operators.Order;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.ValueTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;

/** The batch jobs on Flink, on a cluster of one task manager in this process. */
public final class FlinkBatch {
    private static final int SAMPLES = 10_000;

    private FlinkBatch() {}

    public static void main(String[] args) throws Exception {
        BatchJob.run(args, FlinkBatch::run);
    }

    private static void run(BatchJob job) throws Exception {
        Configuration options = Configuration.fromMap(options(job));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        env.setParallelism(BatchJob.PARALLELISM);
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        switch (job.contest()) {
            case "sort" -> sort(env, job);
            case "wordcount" -> wordCount(env, job);
            case "aggregate" -> aggregate(env, job);
            case "join" -> join(env, job);
            case "parquet" -> ParquetScan.build(env, job);
            case "json-parquet", "json-parquet-hdfs" -> JsonCopy.toParquet(env, job);
            case "many-files" -> JsonSales.count(env, job);
            default -> throw new IllegalArgumentException("no contest '" + job.contest() + "'");
        }
        MiniClusterConfiguration configuration =
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(options)
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(BatchJob.PARALLELISM)
                        .withRandomPorts()
                        .build();
        try (MiniCluster cluster = new MiniCluster(configuration)) {
            cluster.start();
            cluster.executeJobBlocking(env.getStreamGraph().getJobGraph());
        }
    }

    /** Heap and managed memory are the memory that others have as heap. */
    private static Map<String, String> options(BatchJob job) {
        Map<String, String> options = new HashMap<>();
        options.put("taskmanager.memory.managed.size", job.memoryMb() * 2 / 5 + "m");
        options.put("taskmanager.memory.network.min", "64m");
        options.put("taskmanager.memory.network.max", "64m");
        options.put("io.tmp.dirs", job.temporary().toString());
        return options;
    }

    /** There is no sort of the whole: ranges by a sample, each of which is sorted. */
    private static void sort(StreamExecutionEnvironment env, BatchJob job) throws Exception {
        env.fromSource(
                        FileSource.forRecordStreamFormat(
                                        new RecordsFormat(), new Path(job.input().toString()))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "records")
                .map(
                        record ->
                                Tuple2.of(
                                        Arrays.copyOfRange(
                                                record, SortRecords.KEY, SortRecords.LENGTH),
                                        TeraKey.of(record)))
                .returns(
                        Types.TUPLE(
                                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
                                new ValueTypeInfo<>(TeraKey.class)))
                .partitionCustom(
                        new Ranges(SortRecords.cuts(job.input(), SAMPLES, BatchJob.PARALLELISM)),
                        record -> record.f1)
                .fullWindowPartition()
                .sortPartition(1, Order.ASCENDING) // field 0 is refused
                .sinkTo(
                        FileSink.<Tuple2<byte[], TeraKey>>forRowFormat(
                                        new Path(job.output().toString()),
                                        (record, out) -> {
                                            out.write(record.f1.bytes());
                                            out.write(record.f0);
                                        })
                                .build());
    }

    private static final class Ranges implements Partitioner<TeraKey> {
        private static final long serialVersionUID = 1L;
        private final List<byte[]> cuts;

        Ranges(List<byte[]> cuts) {
            this.cuts = cuts;
        }

        @Override
        public int partition(TeraKey key, int partitions) {
            int range = 0;
            while (range < cuts.size()
                    && Arrays.compareUnsigned(key.bytes(), cuts.get(range)) >= 0) {
                range++;
            }
            return range;
        }
    }

    private static void wordCount(StreamExecutionEnvironment env, BatchJob job) {
        FlinkWordCount.counts(env, job.input().toString())
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
                        .returns(Types.TUPLE(Types.LONG, Types.LONG));
        var attributes =
                env.fromSequence(0, keys - 1)
                        .map(key -> Tuple2.of(key, Rows.attribute(key)))
                        .returns(Types.TUPLE(Types.LONG, Types.LONG));
        rows.join(attributes)
                .where(row -> row.f0)
                .equalTo(row -> row.f0)
                .window(GlobalWindows.createWithEndOfStreamTrigger())
                .apply(
                        (row, attribute) -> Tuple3.of(row.f0, row.f1, attribute.f1),
                        Types.TUPLE(Types.LONG, Types.LONG, Types.LONG))
                .sinkTo(
                        new TallySink<>(
                                "pairs",
                                pair -> Rows.ofPair(pair.f0, pair.f1, pair.f2),
                                job.output()));
    }
}
