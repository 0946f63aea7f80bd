package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.job.Job;
import io.millrace.benchmarks.job.Stamps;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Files of a directory that is watched; line for line what the other engine runs. */
final class WatchPrograms {
    private WatchPrograms() {}

    /** Parameter: {@code input}, a directory of files of numbers. */
    static void watch(StreamExecutionEnvironment env, Job job) {
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        FileSource<String> source =
                FileSource.forRecordStreamFormat(
                                new TextLineInputFormat(), new Path(job.parameters().get("input")))
                        .monitorContinuously(Duration.ofMillis(500))
                        .build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "watched")
                .sinkTo(new StampSink(job.results().toString()));
    }

    /** Writes when each number came. */
    private static final class StampSink implements Sink<String> {
        private static final long serialVersionUID = 1L;

        private final String results;

        StampSink(String results) {
            this.results = results;
        }

        @Override
        public SinkWriter<String> createWriter(WriterInitContext context) throws IOException {
            Stamps stamps =
                    Stamps.create(
                            java.nio.file.Path.of(results),
                            context.getTaskInfo().getIndexOfThisSubtask());
            return new SinkWriter<>() {
                @Override
                public void write(String record, Context about) throws IOException {
                    stamps.add(Long.parseLong(record));
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() throws IOException {
                    stamps.close();
                }
            };
        }
    }
}
