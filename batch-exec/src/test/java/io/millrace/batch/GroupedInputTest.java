package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Played;
import io.millrace.runtime.testing.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keyed operators of batch jobs, which are given one key after another. */
class GroupedInputTest {
    private static final TypeInformation<?> PAIR = Types.TUPLE(Types.STRING, Types.LONG);
    private static final KeySelector<Tuple2<String, Long>, String> BY_WORD = pair -> pair.f0;
    private static final String AT_END = String.valueOf(Long.MAX_VALUE);

    @TempDir Path directory;

    /** Says what comes, and what time it is. */
    private static final class Telling
            extends KeyedProcessFunction<String, Tuple2<String, Long>, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Tuple2<String, Long> pair, Context ctx, Collector<String> out) {
            out.collect(pair.f0 + pair.f1 + "@" + ctx.timestamp());
            if (ctx.timerService().currentWatermark() != Long.MIN_VALUE) {
                out.collect("time has begun");
            }
        }
    }

    /** Sets timers at the numbers of its records: of the wall clock if they are below zero. */
    private static final class Timing
            extends KeyedProcessFunction<String, Tuple2<String, Long>, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Tuple2<String, Long> pair, Context ctx, Collector<String> out) {
            if (pair.f1 < 0) {
                ctx.timerService().registerProcessingTimeTimer(-pair.f1);
            } else {
                ctx.timerService().registerEventTimeTimer(pair.f1);
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            boolean wall = ctx.timeDomain() == TimeDomain.PROCESSING_TIME;
            out.collect(
                    ctx.getCurrentKey()
                            + (wall ? " wall " : " event ")
                            + timestamp
                            + " in "
                            + ctx.timerService().currentWatermark());
            if (wall) {
                ctx.timerService().registerProcessingTimeTimer(timestamp + 1);
            }
        }
    }

    /** Counts the records of each key in states of all shapes. */
    private static final class Counting
            extends KeyedProcessFunction<String, Tuple2<String, Long>, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> count;
        private transient ListState<Long> numbers;
        private transient MapState<Long, Long> seen;

        @Override
        public void open(OpenContext openContext) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
            numbers =
                    getRuntimeContext()
                            .getListState(new ListStateDescriptor<>("numbers", Types.LONG));
            seen =
                    getRuntimeContext()
                            .getMapState(new MapStateDescriptor<>("seen", Types.LONG, Types.LONG));
        }

        @Override
        public void processElement(Tuple2<String, Long> pair, Context ctx, Collector<String> out)
                throws Exception {
            count.update(count.value() == null ? 1 : count.value() + 1);
            numbers.add(pair.f1);
            seen.put(pair.f1, pair.f1);
            ctx.timerService().registerEventTimeTimer(10);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out)
                throws Exception {
            int listed = 0;
            for (Long unused : numbers.get()) {
                listed++;
            }
            int mapped = 0;
            for (Long unused : seen.keys()) {
                mapped++;
            }
            out.collect(ctx.getCurrentKey() + ":" + count.value() + ":" + listed + ":" + mapped);
        }
    }

    private OperatorHarness harness(KeyedProcessFunction<?, ?, ?> function) {
        return OperatorHarness.of(
                        new OperatorSpec.KeyedProcessSpec(BY_WORD, function), PAIR, Types.STRING)
                .keyedBy(BY_WORD)
                .batch(new BatchOperators(), directory.resolve("spill"));
    }

    private static Script pairs(int records, int words) {
        Script script = new Script();
        Random random = new Random(1);
        for (int i = 0; i < records; i++) {
            script.record(Tuple2.of("word" + i % words + "-", (long) i), random.nextInt(50));
        }
        return script;
    }

    @ParameterizedTest
    @ValueSource(strings = {"64KB", "64MB"})
    void givesTheRecordsOfEachKeyTogetherByTheirTimestamps(String memory) {
        List<Object> emitted =
                harness(new Telling())
                        .with("batch.reduce-memory", memory)
                        .play(pairs(4_000, 300).watermark(20))
                        .records();

        assertThat(emitted).hasSize(4_000).doesNotHaveDuplicates();
        Set<String> gone = new HashSet<>();
        String word = "";
        long lastMs = 0;
        long lastNumber = 0;
        for (Object one : emitted) {
            String[] parts = ((String) one).split("[-@]");
            long number = Long.parseLong(parts[1]);
            long timestampMs = Long.parseLong(parts[2]);
            if (!parts[0].equals(word)) {
                assertThat(gone.add(parts[0])).as(parts[0]).isTrue();
                word = parts[0];
            } else {
                assertThat(timestampMs).isGreaterThanOrEqualTo(lastMs);
                if (timestampMs == lastMs) {
                    assertThat(number).as("as they came").isGreaterThan(lastNumber);
                }
            }
            lastMs = timestampMs;
            lastNumber = number;
        }
        assertThat(gone).hasSize(300);
    }

    @Test
    void givesThoseWithoutATimestampFirst() {
        assertThat(
                        harness(new Telling())
                                .play(
                                        new Script()
                                                .record(Tuple2.of("a", 1L), -5)
                                                .record(Tuple2.of("a", 2L))
                                                .record(Tuple2.of("a", 3L), -7)
                                                .record(Tuple2.of("a", 4L)))
                                .records())
                .containsExactly("a2@null", "a4@null", "a3@-7", "a1@-5");
    }

    @Test
    void letsAllTimeOfAKeyPassWhenItEnds() {
        List<Object> emitted =
                harness(new Timing())
                        .play(
                                Script.of(
                                                Tuple2.of("a", 30L),
                                                Tuple2.of("b", 5L),
                                                Tuple2.of("a", -20L),
                                                Tuple2.of("a", 10L),
                                                Tuple2.of("b", -1L))
                                        .passMs(1_000))
                        .records();

        assertThat(emitted)
                .containsExactly(
                        "a event 10 in " + AT_END,
                        "a event 30 in " + AT_END,
                        "a wall 20 in " + AT_END,
                        "b event 5 in " + AT_END,
                        "b wall 1 in " + AT_END);
    }

    @Test
    void letsTimeGoOnBehindItWhenAllKeysHaveCome() {
        Played played =
                harness(new Telling())
                        .play(pairs(600, 7).watermark(20).watermark(40).watermark(Long.MAX_VALUE));

        assertThat(played.records()).hasSize(600);
        assertThat(played.watermarksMs()).containsExactly(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb", "none of these"})
    void forgetsAKeyBeforeTheNextOneComesWhateverTheBackEnd(String backend) {
        MostEntries most = new MostEntries();

        List<Object> emitted =
                harness(new Counting())
                        .catalogue(most)
                        .with("state.backend.type", backend, "batch.reduce-memory", "64KB")
                        .play(pairs(2_000, 200))
                        .records();

        assertThat(emitted)
                .hasSize(200)
                .allSatisfy(one -> assertThat(one).asString().endsWith("-:10:10:10"));
        assertThat(most.seen).as("a row in each of three states").isEqualTo(3);
    }

    @Test
    void tellsKeysOfOneHashApart() {
        Script script = new Script();
        for (long i = 0; i < 20; i++) {
            script.record(Tuple2.of(i % 2 == 0 ? "Aa" : "BB", i), 20 - i);
        }
        assertThat("Aa").hasSameHashCodeAs("BB");

        assertThat(harness(new Counting()).play(script).records())
                .containsExactlyInAnyOrder("Aa:10:10:10", "BB:10:10:10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"64KB", "64MB"})
    void keepsKeysTogetherWhateverTheirClass(String memory) {
        // "Aa" and "BB" have one hash, and so have lists of them.
        KeySelector<Tuple2<String, Long>, List<String>> byList = pair -> List.of(pair.f0, "x");
        List<Tuple2<String, Long>> pairs = new ArrayList<>();
        for (long i = 0; i < 3_000; i++) {
            pairs.add(Tuple2.of(i % 2 == 0 ? "Aa" : "BB", i));
        }
        KeyedProcessFunction<List<String>, Tuple2<String, Long>, String> count =
                new KeyedProcessFunction<>() {
                    private transient ValueState<Long> count;

                    @Override
                    public void open(OpenContext openContext) {
                        count =
                                getRuntimeContext()
                                        .getState(new ValueStateDescriptor<>("n", Types.LONG));
                    }

                    @Override
                    public void processElement(
                            Tuple2<String, Long> pair, Context ctx, Collector<String> out)
                            throws Exception {
                        count.update(count.value() == null ? 1 : count.value() + 1);
                        ctx.timerService().registerEventTimeTimer(1);
                    }

                    @Override
                    public void onTimer(long time, OnTimerContext ctx, Collector<String> out)
                            throws Exception {
                        out.collect(ctx.getCurrentKey() + " " + count.value());
                    }
                };

        assertThat(
                        OperatorHarness.of(
                                        new OperatorSpec.KeyedProcessSpec(byList, count),
                                        PAIR,
                                        Types.STRING)
                                .keyedBy(byList)
                                .batch(new BatchOperators(), directory)
                                .with("batch.reduce-memory", memory)
                                .run(pairs))
                .containsExactlyInAnyOrder("[Aa, x] 1500", "[BB, x] 1500");
    }

    @Test
    void givesAFunctionWithStateOneKeyAfterAnother() {
        RichMapFunction<Tuple2<String, Long>, String> running =
                new RichMapFunction<>() {
                    private transient ValueState<Long> sum;

                    @Override
                    public void open(OpenContext openContext) {
                        sum =
                                getRuntimeContext()
                                        .getState(new ValueStateDescriptor<>("sum", Types.LONG));
                    }

                    @Override
                    public String map(Tuple2<String, Long> pair) throws Exception {
                        sum.update(sum.value() == null ? pair.f1 : sum.value() + pair.f1);
                        return pair.f0 + sum.value();
                    }
                };

        assertThat(
                        OperatorHarness.of(new OperatorSpec.MapSpec(running), PAIR, Types.STRING)
                                .keyedBy(BY_WORD)
                                .batch(new BatchOperators(), directory)
                                .run(
                                        List.of(
                                                Tuple2.of("a", 1L),
                                                Tuple2.of("b", 2L),
                                                Tuple2.of("a", 3L),
                                                Tuple2.of("b", 4L))))
                .containsExactly("a1", "a4", "b2", "b6");
    }

    @Test
    void mergesTwoInputsByKeyAndTimestamp() {
        KeyedCoProcessFunction<String, Tuple2<String, Long>, Tuple2<String, Long>, String> both =
                new KeyedCoProcessFunction<>() {
                    @Override
                    public void processElement1(
                            Tuple2<String, Long> pair, Context ctx, Collector<String> out) {
                        out.collect(pair.f0 + "1@" + ctx.timestamp());
                        ctx.timerService().registerEventTimeTimer(0);
                    }

                    @Override
                    public void processElement2(
                            Tuple2<String, Long> pair, Context ctx, Collector<String> out) {
                        out.collect(pair.f0 + "2@" + ctx.timestamp());
                    }

                    @Override
                    public void onTimer(long time, OnTimerContext ctx, Collector<String> out) {
                        out.collect(ctx.getCurrentKey() + " ends");
                    }
                };
        Played played =
                OperatorHarness.ofTwo(
                                new OperatorSpec.KeyedCoProcessSpec(BY_WORD, BY_WORD, both),
                                PAIR,
                                PAIR,
                                Types.STRING)
                        .keyedBy(BY_WORD)
                        .secondKeyedBy(BY_WORD)
                        .batch(new BatchOperators(), directory)
                        .play(
                                new Script()
                                        .second(Tuple2.of("a", 0L), 2)
                                        .record(Tuple2.of("a", 0L), 3)
                                        .record(Tuple2.of("b", 0L), 9)
                                        .watermark(Long.MAX_VALUE)
                                        .second(Tuple2.of("b", 0L), 8)
                                        .second(Tuple2.of("a", 0L), 4)
                                        .secondWatermark(Long.MAX_VALUE));

        assertThat(played.records())
                .containsExactly("a2@2", "a1@3", "a2@4", "a ends", "b2@8", "b1@9", "b ends");
        assertThat(played.watermarksMs()).containsExactly(Long.MAX_VALUE);
    }

    @Test
    void passesOnWhatIsBroadcastBeforeAnyKey() {
        MapStateDescriptor<String, Long> limits =
                new MapStateDescriptor<>("limits", Types.STRING, Types.LONG);
        KeyedBroadcastProcessFunction<String, Tuple2<String, Long>, Tuple2<String, Long>, String>
                limited =
                        new KeyedBroadcastProcessFunction<>() {
                            @Override
                            public void processElement(
                                    Tuple2<String, Long> pair,
                                    ReadOnlyContext ctx,
                                    Collector<String> out)
                                    throws Exception {
                                out.collect(
                                        pair.f0
                                                + pair.f1
                                                + " of "
                                                + ctx.getBroadcastState(limits).get("limit"));
                            }

                            @Override
                            public void processBroadcastElement(
                                    Tuple2<String, Long> pair, Context ctx, Collector<String> out)
                                    throws Exception {
                                ctx.getBroadcastState(limits).put(pair.f0, pair.f1);
                                out.collect("limit " + pair.f1);
                            }
                        };

        assertThat(
                        OperatorHarness.ofTwo(
                                        new OperatorSpec.KeyedBroadcastProcessSpec(
                                                BY_WORD, limited, List.of(limits)),
                                        PAIR,
                                        PAIR,
                                        Types.STRING)
                                .keyedBy(BY_WORD)
                                .batch(new BatchOperators(), directory)
                                .play(
                                        Script.of(Tuple2.of("b", 1L), Tuple2.of("a", 2L))
                                                .second(Tuple2.of("limit", 8L))
                                                .record(Tuple2.of("b", 3L))
                                                .second(Tuple2.of("limit", 9L)))
                                .records())
                .containsExactly("limit 8", "limit 9", "a2 of 9", "b1 of 9", "b3 of 9");
    }

    @Test
    void takesInputAsItComesWhereSortsAreOff() {
        assertThat(
                        harness(new Telling())
                                .with("execution.sorted-inputs.enabled", "false")
                                .run(
                                        List.of(
                                                Tuple2.of("a", 1L),
                                                Tuple2.of("b", 2L),
                                                Tuple2.of("a", 3L))))
                .containsExactly("a1@null", "b2@null", "a3@null");
    }

    @Test
    void keepsAllKeysWhereItIsNotToForgetThem() {
        List<Object> emitted =
                harness(new Timing())
                        .with("execution.batch-state-backend.enabled", "false")
                        .play(
                                Script.of(
                                                Tuple2.of("b", 1L),
                                                Tuple2.of("a", 3L),
                                                Tuple2.of("b", 4L),
                                                Tuple2.of("a", 2L))
                                        .watermark(Long.MAX_VALUE))
                        .records();

        assertThat(emitted)
                .containsExactly(
                        "b event 1 in " + AT_END,
                        "a event 2 in " + AT_END,
                        "a event 3 in " + AT_END,
                        "b event 4 in " + AT_END);
    }

    @Test
    void namesTheOperatorWhoseFunctionFailsForOneKey() {
        KeyedProcessFunction<String, Tuple2<String, Long>, String> failing =
                new KeyedProcessFunction<>() {
                    @Override
                    public void processElement(
                            Tuple2<String, Long> pair, Context ctx, Collector<String> out) {
                        ctx.timerService().registerEventTimeTimer(pair.f1);
                    }

                    @Override
                    public void onTimer(long time, OnTimerContext ctx, Collector<String> out) {
                        if (ctx.getCurrentKey().equals("word7-")) {
                            throw new IllegalStateException("not this key");
                        }
                    }
                };

        assertThatThrownBy(
                        () ->
                                harness(failing)
                                        .with("batch.reduce-memory", "64KB")
                                        .play(pairs(3_000, 50)))
                .hasMessageContaining("tested")
                .hasMessageContaining("not this key");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void failsWhereWhatExceedsItsMemoryCannotBeWritten() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(
                        () ->
                                harness(new Telling())
                                        .batch(new BatchOperators(), file.resolve("spill"))
                                        .with("batch.reduce-memory", "64KB")
                                        .play(pairs(5_000, 50)))
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining("tested");
    }

    @Test
    void failsWhereARecordCannotBeReadBack() {
        String spill = directory.resolve("spill").toString();
        KeyedProcessFunction<String, Tuple2<String, Long>, String> destroying =
                new KeyedProcessFunction<>() {
                    @Override
                    public void processElement(
                            Tuple2<String, Long> pair, Context ctx, Collector<String> out) {
                        truncateFilesIn(spill);
                    }
                };

        assertThatThrownBy(
                        () ->
                                harness(destroying)
                                        .with("batch.reduce-memory", "64KB")
                                        .play(pairs(20_000, 50)))
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining("tested");
        assertThat(directory).isEmptyDirectory();
    }

    private static void truncateFilesIn(String directory) {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[10]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesARecordThatIsTooLongForItsMemory() {
        assertThatThrownBy(
                        () ->
                                harness(new Telling())
                                        .with("batch.reduce-memory", "64KB")
                                        .run(List.of(Tuple2.of("x".repeat(40_000), 1L))))
                .hasMessageContaining("RECORD_TOO_LARGE")
                .hasMessageContaining("batch.reduce-memory")
                .hasMessageContaining("tested");
    }
}
