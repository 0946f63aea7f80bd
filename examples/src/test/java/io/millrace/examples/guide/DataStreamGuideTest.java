package io.millrace.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.async.ResultFuture;
import io.millrace.api.async.RichAsyncFunction;
import io.millrace.api.file.Path;
import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.option.ParameterTool;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.sink.Sink;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.stream.AsyncDataStream;
import io.millrace.api.stream.CachedDataStream;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSinkCommittable;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.file.TextLineInputFormat;
import io.millrace.testutils.connector.SinkContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/datastream.md}, run. */
@Timeout(60)
class DataStreamGuideTest {
    @TempDir private java.nio.file.Path directory;

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();

    private static <T> List<T> results(DataStream<T> stream) throws Exception {
        List<T> collected = new ArrayList<>();
        try (CloseableIterator<T> results = stream.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        return collected;
    }

    @Test
    void firstProgram() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        DataStream<Tuple2<String, Integer>> counts =
                env.fromData("to be", "or not", "to be")
                        .flatMap(
                                (String line, Collector<Tuple2<String, Integer>> out) -> {
                                    for (String word : line.split(" ")) {
                                        out.collect(Tuple2.of(word, 1));
                                    }
                                })
                        .keyBy(pair -> pair.f0)
                        .sum(1);

        counts.print();
        env.execute("words");

        assertThat(
                        env.fromData("to be", "or not", "to be")
                                .map(String::length)
                                .executeAndCollect(3))
                .containsExactlyInAnyOrder(5, 6, 5);
    }

    @Test
    void files() throws Exception {
        java.nio.file.Path text = Files.writeString(directory.resolve("in.txt"), "a\nb\n");
        String input = text.toString();
        String output = directory.resolve("out").toString();

        FileSource<String> source =
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), new Path(input))
                        .build();
        FileSink<String> sink =
                FileSink.forRowFormat(new Path(output), new SimpleStringEncoder<String>()).build();

        env.fromSource(source, WatermarkStrategy.noWatermarks(), "lines")
                .map(line -> line.toUpperCase())
                .sinkTo(sink);
        env.execute();

        List<String> written = new ArrayList<>();
        try (var files = Files.walk(directory.resolve("out"))) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                written.addAll(Files.readAllLines(file));
            }
        }
        assertThat(written).containsExactlyInAnyOrder("A", "B");
    }

    /** A reading of a sensor. */
    record Reading(String sensor, long atMs, double degrees) {}

    private DataStream<Reading> readings() {
        return env.fromData(
                new Reading("a", 1_000, 20),
                new Reading("b", 2_000, 50),
                new Reading("a", 3_000, 22),
                new Reading("b", 4_000, 49));
    }

    @Test
    void reduce() throws Exception {
        DataStream<Reading> hottest =
                readings()
                        .keyBy(Reading::sensor)
                        .reduce((one, two) -> one.degrees() >= two.degrees() ? one : two);

        assertThat(results(hottest)).contains(new Reading("a", 3_000, 22));
    }

    @Test
    void aggregateAField() throws Exception {
        DataStream<Reading> hottest = readings().keyBy(Reading::sensor).maxBy("degrees");

        assertThat(results(hottest)).contains(new Reading("b", 2_000, 50));
    }

    @Test
    void sideOutput() throws Exception {
        OutputTag<String> hot = new OutputTag<>("hot") {};

        SingleOutputStreamOperator<Reading> normal =
                readings()
                        .process(
                                new ProcessFunction<Reading, Reading>() {
                                    @Override
                                    public void processElement(
                                            Reading reading, Context ctx, Collector<Reading> out) {
                                        if (reading.degrees() > 40) {
                                            ctx.output(hot, reading.sensor() + " is hot");
                                        } else {
                                            out.collect(reading);
                                        }
                                    }
                                });

        DataStream<String> alarms = normal.getSideOutput(hot);

        assertThat(results(alarms)).containsExactlyInAnyOrder("b is hot", "b is hot");
    }

    /** Says so when a sensor has been silent for a second of event time. */
    static class Silence extends KeyedProcessFunction<String, Reading, String> {
        @Override
        public void processElement(Reading reading, Context ctx, Collector<String> out) {
            ctx.timerService().registerEventTimeTimer(reading.atMs() + 1_000);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            out.collect(ctx.getCurrentKey() + " was silent at " + timestamp);
        }
    }

    @Test
    void timers() throws Exception {
        DataStream<String> silent =
                readings()
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Reading>forMonotonousTimestamps()
                                        .withTimestampAssigner((reading, old) -> reading.atMs()))
                        .keyBy(Reading::sensor)
                        .process(new Silence());

        assertThat(results(silent)).hasSize(4).contains("a was silent at 2000");
    }

    @Test
    void connect() throws Exception {
        DataStream<Integer> numbers = env.fromData(1, 2);
        DataStream<String> words = env.fromData("a");

        DataStream<String> both =
                numbers.connect(words)
                        .map(
                                new CoMapFunction<Integer, String, String>() {
                                    @Override
                                    public String map1(Integer number) {
                                        return "number " + number;
                                    }

                                    @Override
                                    public String map2(String word) {
                                        return "word " + word;
                                    }
                                });

        assertThat(results(both)).containsExactlyInAnyOrder("number 1", "number 2", "word a");
    }

    static final MapStateDescriptor<String, Double> LIMITS =
            new MapStateDescriptor<>("limits", String.class, Double.class);

    /** Lets readings pass that exceed the limit which was broadcast for their sensor. */
    static class AboveLimit
            extends BroadcastProcessFunction<Reading, Tuple2<String, Double>, String> {
        @Override
        public void processElement(Reading reading, ReadOnlyContext ctx, Collector<String> out)
                throws Exception {
            Double limit = ctx.getBroadcastState(LIMITS).get(reading.sensor());
            if (limit != null && reading.degrees() > limit) {
                out.collect(reading.sensor() + " is above " + limit);
            }
        }

        @Override
        public void processBroadcastElement(
                Tuple2<String, Double> rule, Context ctx, Collector<String> out) throws Exception {
            ctx.getBroadcastState(LIMITS).put(rule.f0, rule.f1);
        }
    }

    @Test
    void broadcast() throws Exception {
        DataStream<Tuple2<String, Double>> rules = env.fromData(Tuple2.of("a", 21.0));

        DataStream<String> above =
                readings().connect(rules.broadcast(LIMITS)).process(new AboveLimit());

        // Which comes first, rule or reading, nobody knows: none or one.
        assertThat(results(above)).isSubsetOf("a is above 21.0");
    }

    /** Asks a service, here a thread, for the name of a sensor. */
    static class Names extends RichAsyncFunction<Reading, String> {
        private transient ExecutorService service;

        @Override
        public void open(OpenContext openContext) {
            service = Executors.newFixedThreadPool(4);
        }

        @Override
        public void close() {
            service.shutdown();
        }

        @Override
        public void asyncInvoke(Reading reading, ResultFuture<String> result) {
            service.submit(() -> result.complete(List.of("sensor " + reading.sensor())));
        }
    }

    @Test
    void asynchronous() throws Exception {
        DataStream<String> names =
                AsyncDataStream.unorderedWait(readings(), new Names(), 5, TimeUnit.SECONDS, 100);

        assertThat(results(names)).hasSize(4).contains("sensor a");
    }

    @Test
    void partitioning() throws Exception {
        DataStream<Reading> spread = readings().rebalance();
        DataStream<Reading> own =
                readings()
                        .partitionCustom(
                                (String sensor, int partitions) -> sensor.charAt(0) % partitions,
                                Reading::sensor);

        assertThat(results(spread.map(Reading::sensor).union(own.map(Reading::sensor)))).hasSize(8);
    }

    @Test
    void chaining() throws Exception {
        DataStream<Double> parsed =
                readings()
                        .map(Reading::degrees)
                        .name("degrees")
                        .uid("degrees")
                        .setParallelism(2)
                        .startNewChain()
                        .slotSharingGroup("parsers");

        assertThat(results(parsed)).hasSize(4);
    }

    @Test
    void resultsThatAreUsedAgain() throws Exception {
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);

        CachedDataStream<Double> degrees = readings().map(Reading::degrees).cache();
        List<Double> warm = degrees.filter(value -> value > 20).executeAndCollect(100);
        List<Double> cold = degrees.filter(value -> value < 5).executeAndCollect(100);
        degrees.invalidate();

        assertThat(warm).hasSize(3);
        assertThat(cold).isEmpty();
    }

    @Test
    void parameters() throws Exception {
        String[] args = {"--limit", "21"};

        ParameterTool parameters = ParameterTool.fromArgs(args);
        env.getConfig().setGlobalJobParameters(parameters);
        int limit = parameters.getInt("limit", 40);

        assertThat(results(readings().filter(reading -> reading.degrees() > limit))).hasSize(3);
    }

    @Test
    void errorsNameTheOperator() {
        DataStream<Integer> failing = env.fromData("1", "two").map(Integer::parseInt).name("parse");

        assertThatThrownBy(() -> results(failing))
                .hasStackTraceContaining("parse")
                .hasStackTraceContaining("NumberFormatException");
    }

    @Nested
    class LinesSinkTest extends SinkContract<String, FileSinkCommittable> {
        @Override
        protected Sink<String> sink() {
            return FileSink.forRowFormat(new Path(output()), new SimpleStringEncoder<String>())
                    .build();
        }

        @Override
        protected String record(int number) {
            return "record " + number;
        }

        @Override
        protected List<String> visible() throws IOException {
            return linesOfFilesThatReadersSee(output());
        }

        private String output() {
            return directory.resolve("lines").toUri().toString();
        }
    }

    /** Names with a dot are passed over, as readers of a directory do. */
    private static List<String> linesOfFilesThatReadersSee(String output) throws IOException {
        java.nio.file.Path root = java.nio.file.Path.of(URI.create(output));
        List<String> lines = new ArrayList<>();
        if (!Files.exists(root)) {
            return lines;
        }
        try (Stream<java.nio.file.Path> files = Files.walk(root)) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                if (!root.relativize(file).toString().startsWith(".")) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        return lines;
    }
}
