package io.millrace.benchmarks.wordcount;

import io.millrace.api.file.Path;
import io.millrace.api.function.Collector;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.file.TextLineInputFormat;

/** WordCount on Millrace. */
public final class MillraceWordCount {
    private MillraceWordCount() {}

    public static void main(String[] args) throws Exception {
        JobArguments arguments = JobArguments.parse(args);
        Stopwatch.measure(arguments.runs(), run -> runOnce(arguments, run));
    }

    private static void runOnce(JobArguments arguments, int run) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(arguments.parallelism());
        env.setRuntimeMode(
                arguments.batch() ? RuntimeExecutionMode.BATCH : RuntimeExecutionMode.STREAMING);
        DataStream<Tuple2<String, Integer>> counts = counts(env, arguments.input());
        if (arguments.batch()) {
            counts.sinkTo(
                    FileSink.<Tuple2<String, Integer>>forRowFormat(
                                    new Path(arguments.output() + "/" + run),
                                    new SimpleStringEncoder<>())
                            .build());
        } else {
            counts.sinkTo(new DiscardingSink<>());
        }
        env.execute("WordCount");
    }

    /** How often each word is in the files of a directory. */
    public static DataStream<Tuple2<String, Integer>> counts(
            StreamExecutionEnvironment env, String input) {
        return env.fromSource(
                        FileSource.forRecordStreamFormat(new TextLineInputFormat(), new Path(input))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "lines")
                .flatMap(new Tokenizer())
                .name("words")
                .keyBy(pair -> pair.f0)
                .sum(1)
                .name("counts");
    }

    /** Lines to words. */
    private static final class Tokenizer
            implements FlatMapFunction<String, Tuple2<String, Integer>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void flatMap(String line, Collector<Tuple2<String, Integer>> out) {
            Words.forEach(line, word -> out.collect(Tuple2.of(word, 1)));
        }
    }
}
