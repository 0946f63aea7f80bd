package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.batch.BatchJob;
import io.millrace.benchmarks.batch.SaleLine;
import org.apache.avro.Schema;
import org.apache.avro.reflect.ReflectData;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Lines of JSON to Parquet by Snappy. */
final class JsonCopy {
    private JsonCopy() {}

    static void toParquet(StreamExecutionEnvironment env, BatchJob job) {
        String schema = ReflectData.get().getSchema(SaleLine.class).toString();
        ParquetWriterFactory<SaleLine> parquet =
                new ParquetWriterFactory<>(
                        out ->
                                AvroParquetWriter.<SaleLine>builder(out)
                                        .withSchema(new Schema.Parser().parse(schema))
                                        .withDataModel(ReflectData.get())
                                        .withCompressionCodec(CompressionCodecName.SNAPPY)
                                        .build());
        JsonSales.of(env, job)
                .sinkTo(FileSink.forBulkFormat(new Path(job.outputPlace()), parquet).build());
    }
}
