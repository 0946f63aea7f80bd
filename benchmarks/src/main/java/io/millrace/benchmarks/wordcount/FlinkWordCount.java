package io.millrace.benchmarks.wordcount;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** WordCount on Flink. */
public final class FlinkWordCount {
    private FlinkWordCount() {}

    public static void main(String[] args) throws Exception {
        JobArguments arguments = JobArguments.parse(args);
        Stopwatch.measure(arguments.runs(), run -> runOnce(arguments, run));
    }

    private static void runOnce(JobArguments arguments, int run) throws Exception {
        StreamExecutionEnvironment env = environment();
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

    /** Embedded, or on the cluster that the system properties name. */
    private static StreamExecutionEnvironment environment() {
        String host = System.getProperty("flink.cluster.host");
        return host == null
                ? StreamExecutionEnvironment.getExecutionEnvironment()
                : StreamExecutionEnvironment.createRemoteEnvironment(
                        host,
                        Integer.getInteger("flink.cluster.port"),
                        System.getProperty("flink.cluster.jar"));
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
