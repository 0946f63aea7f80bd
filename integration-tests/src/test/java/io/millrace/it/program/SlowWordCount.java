package io.millrace.it.program;

import io.millrace.api.file.Path;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.file.TextLineInputFormat;
import java.util.concurrent.locks.LockSupport;

/** WordCount that takes a while for each line, so that there is a middle of it. */
public final class SlowWordCount {
    private SlowWordCount() {}

    /** Input, output, nanoseconds for each line. */
    public static void main(String[] args) throws Exception {
        long pauseNanos = Long.parseLong(args[2]);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.fromSource(
                        FileSource.forRecordStreamFormat(
                                        new TextLineInputFormat(), new Path(args[0]))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "lines")
                .<Tuple2<String, Integer>>flatMap(
                        (line, out) -> {
                            LockSupport.parkNanos(pauseNanos);
                            for (String word : line.toLowerCase().split("[^a-z0-9]+")) {
                                if (!word.isEmpty()) {
                                    out.collect(Tuple2.of(word, 1));
                                }
                            }
                        })
                .keyBy(pair -> pair.f0)
                .sum(1)
                .sinkTo(
                        FileSink.<Tuple2<String, Integer>>forRowFormat(
                                        new Path(args[1]), new SimpleStringEncoder<>())
                                .withBucketAssigner(new BasePathBucketAssigner<>())
                                .build());
        env.execute("SlowWordCount");
    }
}
