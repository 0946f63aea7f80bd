package io.millrace.benchmarks.flink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.benchmarks.batch.BatchJob;
import io.millrace.benchmarks.batch.SaleLine;
import java.nio.file.Files;
import org.apache.avro.Schema;
import org.apache.avro.reflect.ReflectData;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Lines of JSON by a mapper of Jackson, as programs of Flink have it; to Parquet by Snappy. */
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
        sales(env, job)
                .sinkTo(
                        FileSink.forBulkFormat(new Path(job.output().toString()), parquet)
                                .build());
    }

    static void count(StreamExecutionEnvironment env, BatchJob job) throws Exception {
        Files.createDirectories(job.output());
        sales(env, job).sinkTo(new TallySink<>("sales", SaleLine::checksum, job.output()));
    }

    private static DataStream<SaleLine> sales(StreamExecutionEnvironment env, BatchJob job) {
        return env.fromSource(
                        FileSource.forRecordStreamFormat(
                                        new TextLineInputFormat(),
                                        new Path(job.input().toString()))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "lines")
                .map(new Parsing());
    }

    private static final class Parsing extends RichMapFunction<String, SaleLine> {
        private static final long serialVersionUID = 1L;

        private transient ObjectReader reader;

        @Override
        public void open(OpenContext context) {
            reader = new ObjectMapper().readerFor(SaleLine.class);
        }

        @Override
        public SaleLine map(String line) throws Exception {
            return reader.readValue(line);
        }
    }
}
