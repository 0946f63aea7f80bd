package io.millrace.it.program;

import io.millrace.api.file.Path;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.file.TextLineInputFormat;
import java.util.concurrent.locks.LockSupport;

/**
 * WordCount of two directories. The second one is read, by one subtask in slots of its own, only
 * when a file is there; so what was read of the first one waits.
 */
public final class HeldWordCount {
    private static final long PAUSE_NANOS = 50_000_000;
    private static final String HELD = "held";

    private HeldWordCount() {}

    /** Input, input that is held, the file that it waits for, output. */
    public static void main(String[] args) throws Exception {
        String awaited = args[2];
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        DataStream<String> held =
                lines(env, args[1])
                        .setParallelism(1)
                        .slotSharingGroup(HELD)
                        .map(
                                line -> {
                                    await(new Path(awaited));
                                    return line;
                                })
                        .setParallelism(1)
                        .slotSharingGroup(HELD);
        words(lines(env, args[0]))
                .union(words(held).setParallelism(1).slotSharingGroup(HELD))
                .keyBy(pair -> pair.f0)
                .sum(1)
                .slotSharingGroup("default")
                .sinkTo(
                        FileSink.<Tuple2<String, Integer>>forRowFormat(
                                        new Path(args[3]), new SimpleStringEncoder<>())
                                .withBucketAssigner(new BasePathBucketAssigner<>())
                                .build())
                .slotSharingGroup("default");
        env.execute("HeldWordCount");
    }

    private static SingleOutputStreamOperator<String> lines(
            StreamExecutionEnvironment env, String directory) {
        return env.fromSource(
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), new Path(directory))
                        .build(),
                WatermarkStrategy.noWatermarks(),
                "lines of " + directory);
    }

    private static SingleOutputStreamOperator<Tuple2<String, Integer>> words(
            DataStream<String> lines) {
        return lines.<Tuple2<String, Integer>>flatMap(
                (line, out) -> {
                    for (String word : line.toLowerCase().split("[^a-z0-9]+")) {
                        if (!word.isEmpty()) {
                            out.collect(Tuple2.of(word, 1));
                        }
                    }
                });
    }

    private static void await(Path file) throws Exception {
        while (!file.getFileSystem().exists(file)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
