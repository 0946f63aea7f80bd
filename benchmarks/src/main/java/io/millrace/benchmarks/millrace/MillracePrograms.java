package io.millrace.benchmarks.millrace;

import io.millrace.api.function.Collector;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.tuple.Tuple5;
import io.millrace.api.type.Types;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.benchmarks.job.Event;
import io.millrace.benchmarks.job.Job;
import io.millrace.benchmarks.job.Keyed;
import io.millrace.benchmarks.job.Lines;
import io.millrace.benchmarks.job.Mix;
import io.millrace.benchmarks.job.Parcel;
import io.millrace.benchmarks.job.Reading;
import java.time.Duration;

/** The programs of the workloads on Millrace; line for line what the other engine runs. */
final class MillracePrograms {
    private static final long WINDOW_MS = 100;
    private static final long WINDOW_NANOS = WINDOW_MS * 1_000_000;

    /** Adds what a job consists of. */
    @FunctionalInterface
    private interface Program {
        void build(StreamExecutionEnvironment env, Job job);
    }

    private MillracePrograms() {}

    static void build(StreamExecutionEnvironment env, Job job) {
        env.setParallelism(job.parallelism());
        program(job.workload()).build(env, job);
    }

    private static Program program(String name) {
        return switch (name) {
            case "chain" -> MillracePrograms::chain;
            case "rebalance-pojo" -> MillracePrograms::rebalancePojo;
            case "rebalance-record" -> MillracePrograms::rebalanceRecord;
            case "rebalance-tuple" -> MillracePrograms::rebalanceTuple;
            case "keyed-sum" -> MillracePrograms::keyedSum;
            case "wordcount" -> MillracePrograms::wordCount;
            case "remote" -> MillracePrograms::remote;
            case "latency" -> MillracePrograms::latency;
            case "window-latency" -> MillracePrograms::windowLatency;
            case "idle" -> MillracePrograms::idle;
            case "stages" -> MillracePrograms::stages;
            case "state" -> StatePrograms::state;
            case "timers" -> StatePrograms::timers;
            case "tumbling" -> WindowPrograms::tumbling;
            case "sliding" -> WindowPrograms::sliding;
            case "session" -> WindowPrograms::session;
            case "interval-join" -> WindowPrograms::intervalJoin;
            case "files-watch" -> WatchPrograms::watch;
            case "kafka-copy" -> KafkaPrograms::copy;
            case "kafka-discover" -> KafkaPrograms::discover;
            default -> throw new IllegalArgumentException("no program '" + name + "'");
        };
    }

    private static void chain(StreamExecutionEnvironment env, Job job) {
        long each = job.records() / 3;
        env.fromSequence(0, each - 1)
                .map(Event::of)
                .map(event -> event.scale(1.1))
                .filter(event -> event.kind != 3)
                .map(event -> event.shift(5))
                .sinkTo(new TallySink<>("a", Event::checksum, job.results()));
        env.fromSequence(0, each - 1)
                .map(Event::of)
                .map(event -> event.renamed("ab"))
                .filter(event -> event.name.length() > 8)
                .map(event -> event.scale(0.5))
                .sinkTo(new TallySink<>("b", Event::checksum, job.results()));
        env.fromSequence(0, each - 1)
                .map(Event::of)
                .map(event -> event.shift(-7))
                .filter(event -> (event.id & 7) != 0)
                .map(event -> event.renamed("c"))
                .sinkTo(new TallySink<>("c", Event::checksum, job.results()));
    }

    private static void rebalancePojo(StreamExecutionEnvironment env, Job job) {
        env.fromSequence(0, job.records() - 1)
                .map(Event::of)
                .rebalance()
                .sinkTo(new TallySink<>("sink", Event::checksum, job.results()));
    }

    private static void rebalanceRecord(StreamExecutionEnvironment env, Job job) {
        env.fromSequence(0, job.records() - 1)
                .map(Reading::of)
                .rebalance()
                .sinkTo(new TallySink<>("sink", Reading::checksum, job.results()));
    }

    private static void rebalanceTuple(StreamExecutionEnvironment env, Job job) {
        env.fromSequence(0, job.records() - 1)
                .map(MillracePrograms::tuple)
                .returns(Types.TUPLE(Types.LONG, Types.INT, Types.DOUBLE, Types.STRING, Types.LONG))
                .rebalance()
                .sinkTo(
                        new TallySink<>(
                                "sink",
                                t -> Event.checksum(t.f0, t.f1, t.f2, t.f3, t.f4),
                                job.results()));
    }

    private static Tuple5<Long, Integer, Double, String, Long> tuple(long number) {
        Event event = Event.of(number);
        return Tuple5.of(event.id, event.kind, event.value, event.name, event.timeMs);
    }

    private static void keyedSum(StreamExecutionEnvironment env, Job job) {
        long keys = job.parameter("keys", 1);
        env.fromSequence(0, job.records() - 1)
                .map(
                        number -> {
                            long key = Keyed.key(number, keys);
                            return Tuple2.of(key, Keyed.value(key));
                        })
                .returns(Types.TUPLE(Types.LONG, Types.LONG))
                .keyBy(pair -> pair.f0)
                .sum(1)
                .sinkTo(
                        new TallySink<>(
                                "sink", pair -> Keyed.checksum(pair.f0, pair.f1), job.results()));
    }

    private static void wordCount(StreamExecutionEnvironment env, Job job) {
        env.fromSequence(0, job.records() / Lines.WORDS - 1)
                .map(Lines::line)
                .flatMap(new Tokenizer())
                .keyBy(pair -> pair.f0)
                .sum(1)
                .sinkTo(
                        new TallySink<>(
                                "sink", pair -> Keyed.checksum(pair.f0, pair.f1), job.results()));
    }

    /** Lines to words. */
    private static final class Tokenizer
            implements FlatMapFunction<String, Tuple2<String, Integer>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void flatMap(String line, Collector<Tuple2<String, Integer>> out) {
            Lines.words(line, word -> out.collect(Tuple2.of(word, 1)));
        }
    }

    /** With one subtask, the groups keep source and sink in different slots: all records travel. */
    private static void remote(StreamExecutionEnvironment env, Job job) {
        boolean apart = job.parallelism() == 1;
        env.fromSequence(0, job.records() - 1)
                .slotSharingGroup(apart ? "sender" : "default")
                .map(Parcel::of)
                .rebalance()
                .map(parcel -> parcel)
                .slotSharingGroup(apart ? "receiver" : "default")
                .sinkTo(new TallySink<>("sink", Parcel::checksum, job.results()));
    }

    private static void latency(StreamExecutionEnvironment env, Job job) {
        paced(env, job)
                .map(stamp -> Tuple3.of(Mix.of(stamp) & 0xffff, 1L, stamp))
                .returns(Types.TUPLE(Types.LONG, Types.LONG, Types.LONG))
                .keyBy(record -> record.f0)
                .reduce((a, b) -> Tuple3.of(a.f0, a.f1 + b.f1, b.f2))
                .sinkTo(new LatencySink<>(record -> record.f2, job.results()));
    }

    /** How long after its end the results of a window arrive. */
    private static void windowLatency(StreamExecutionEnvironment env, Job job) {
        paced(env, job)
                .map(stamp -> Tuple3.of(Mix.of(stamp) & 0xffff, 1L, stamp))
                .returns(Types.TUPLE(Types.LONG, Types.LONG, Types.LONG))
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Tuple3<Long, Long, Long>>forMonotonousTimestamps()
                                .withTimestampAssigner((record, before) -> record.f2 / 1_000_000))
                .keyBy(record -> record.f0)
                .window(TumblingEventTimeWindows.of(Duration.ofMillis(WINDOW_MS)))
                .reduce((a, b) -> Tuple3.of(a.f0, a.f1 + b.f1, b.f2))
                .sinkTo(
                        new LatencySink<>(
                                record -> (record.f2 / WINDOW_NANOS + 1) * WINDOW_NANOS,
                                record -> record.f1,
                                job.results()));
    }

    /** Twenty tasks at parallelism 2. */
    private static void idle(StreamExecutionEnvironment env, Job job) {
        DataStream<Long> stream =
                env.fromSource(
                        new IdleSource(job.parameter("idle-ms", 14_000), job.results().toString()),
                        WatermarkStrategy.noWatermarks(),
                        "nothing");
        for (int stage = 0; stage < 8; stage++) {
            stream = stream.rebalance().map(number -> number + 1);
        }
        stream.rebalance().sinkTo(new TallySink<>("sink", number -> number, job.results()));
    }

    /** Six stages: a source, four that work a little behind an exchange each, a keyed one. */
    private static void stages(StreamExecutionEnvironment env, Job job) {
        DataStream<Tuple3<Long, Long, Long>> stream =
                paced(env, job)
                        .map(stamp -> Tuple3.of(Mix.of(stamp) & 0xffff, 1L, stamp))
                        .returns(Types.TUPLE(Types.LONG, Types.LONG, Types.LONG));
        for (int stage = 0; stage < 4; stage++) {
            stream =
                    stream.rebalance()
                            .map(r -> Tuple3.of(r.f0, r.f1, r.f2))
                            .returns(Types.TUPLE(Types.LONG, Types.LONG, Types.LONG));
        }
        stream.keyBy(record -> record.f0)
                .reduce((a, b) -> Tuple3.of(a.f0, a.f1 + b.f1, b.f2))
                .sinkTo(new LatencySink<>(record -> record.f2, job.results()));
    }

    private static DataStream<Long> paced(StreamExecutionEnvironment env, Job job) {
        return env.fromSource(
                new PacedSource(
                        job.records(),
                        job.parameter("records-per-second", 0),
                        job.parameter("pause-us", 100)),
                WatermarkStrategy.noWatermarks(),
                "paced");
    }
}
