package io.millrace.benchmarks.millrace;

import io.millrace.api.file.Path;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.benchmarks.batch.BatchJob;
import io.millrace.benchmarks.batch.SaleLine;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.json.JsonLineFormat;
import io.millrace.connector.parquet.AvroParquetWriters;
import java.nio.file.Files;

/** Lines of JSON by the format that is there for them; to Parquet by Snappy. */
final class JsonCopy {
    private JsonCopy() {}

    static void toParquet(StreamExecutionEnvironment env, BatchJob job) {
        sales(env, job)
                .sinkTo(
                        FileSink.forBulkFormat(
                                        new Path(job.outputPlace()),
                                        AvroParquetWriters.forReflectRecord(SaleLine.class))
                                .build());
    }

    static void count(StreamExecutionEnvironment env, BatchJob job) throws Exception {
        Files.createDirectories(job.output());
        sales(env, job).sinkTo(new TallySink<>("sales", SaleLine::checksum, job.output()));
    }

    private static DataStream<SaleLine> sales(StreamExecutionEnvironment env, BatchJob job) {
        return env.fromSource(
                FileSource.forRecordStreamFormat(
                                JsonLineFormat.forClass(SaleLine.class), new Path(job.inputPlace()))
                        .build(),
                WatermarkStrategy.noWatermarks(),
                "sales");
    }
}
