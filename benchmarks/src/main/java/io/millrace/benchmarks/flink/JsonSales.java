package io.millrace.benchmarks.flink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.benchmarks.batch.BatchJob;
import io.millrace.benchmarks.batch.SaleLine;
import java.nio.file.Files;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Lines of JSON by a mapper of Jackson, as programs of Flink have it; without Parquet. */
final class JsonSales {
    private JsonSales() {}

    static void count(StreamExecutionEnvironment env, BatchJob job) throws Exception {
        Files.createDirectories(job.output());
        of(env, job).sinkTo(new TallySink<>("sales", SaleLine::checksum, job.output()));
    }

    static DataStream<SaleLine> of(StreamExecutionEnvironment env, BatchJob job) {
        return env.fromSource(
                        FileSource.forRecordStreamFormat(
                                        new TextLineInputFormat(), new Path(job.inputPlace()))
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
