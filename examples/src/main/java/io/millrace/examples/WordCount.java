package io.millrace.examples;

import io.millrace.api.file.Path;
import io.millrace.api.function.Collector;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.file.OutputMode;
import io.millrace.connector.file.TextLineInputFormat;
import java.util.Locale;

/**
 * Counts the words of text files.
 *
 * <p>{@code --input PATH --output PATH [--mode automatic|batch|streaming]}. The output has lines of
 * the form {@code (word,count)}; in streaming mode one for each word read, otherwise one for each
 * distinct word. It must not exist.
 */
public final class WordCount {
    private WordCount() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        Path input = new Path(arguments.required("input"));
        Path output = new Path(arguments.required("output"));
        String mode = arguments.or("mode", "automatic").toUpperCase(Locale.ROOT);

        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.valueOf(mode));
        env.fromSource(
                        FileSource.forRecordStreamFormat(new TextLineInputFormat(), input).build(),
                        WatermarkStrategy.noWatermarks(),
                        "lines")
                .flatMap(new Tokenizer())
                .name("words")
                .keyBy(pair -> pair.f0)
                .sum(1)
                .name("counts")
                .sinkTo(
                        FileSink.<Tuple2<String, Integer>>forRowFormat(
                                        output, new SimpleStringEncoder<>())
                                .withBucketAssigner(new BasePathBucketAssigner<>())
                                .withOutputMode(OutputMode.FAIL_IF_EXISTS)
                                .build())
                .name("files");
        env.execute("WordCount");
    }

    /** Cuts a line into words of letters and digits, in lower case. */
    public static final class Tokenizer
            implements FlatMapFunction<String, Tuple2<String, Integer>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void flatMap(String line, Collector<Tuple2<String, Integer>> out) {
            int start = -1;
            for (int i = 0; i <= line.length(); i++) {
                boolean inWord = i < line.length() && Character.isLetterOrDigit(line.charAt(i));
                if (inWord && start < 0) {
                    start = i;
                } else if (!inWord && start >= 0) {
                    out.collect(Tuple2.of(line.substring(start, i).toLowerCase(Locale.ROOT), 1));
                    start = -1;
                }
            }
        }
    }
}
