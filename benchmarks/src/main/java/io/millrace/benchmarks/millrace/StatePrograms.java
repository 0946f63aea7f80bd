package io.millrace.benchmarks.millrace;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.benchmarks.job.Job;
import io.millrace.benchmarks.job.KeyChoice;
import io.millrace.benchmarks.job.Keyed;
import io.millrace.benchmarks.job.Mix;
import io.millrace.benchmarks.job.TimerProbe;
import java.nio.file.Path;

/**
 * The programs of the workloads on keyed state and timers; line for line what the other engine
 * runs.
 */
final class StatePrograms {
    private StatePrograms() {}

    /** Reads and updates the sum of a record's key. */
    static void state(StreamExecutionEnvironment env, Job job) {
        KeyChoice choice = KeyChoice.of(job);
        env.fromSequence(0, job.records() - 1)
                .map(
                        number -> {
                            long key = choice.key(number);
                            return Tuple2.of(key, Keyed.value(key));
                        })
                .returns(Types.TUPLE(Types.LONG, Types.LONG))
                .keyBy(pair -> pair.f0)
                .process(new RunningSum())
                .sinkTo(
                        new TallySink<>(
                                "sink", pair -> Keyed.checksum(pair.f0, pair.f1), job.results()));
    }

    private static final class RunningSum
            extends KeyedProcessFunction<Long, Tuple2<Long, Long>, Tuple2<Long, Long>> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Long> sum;

        @Override
        public void open(OpenContext context) {
            sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
        }

        @Override
        public void processElement(
                Tuple2<Long, Long> pair, Context context, Collector<Tuple2<Long, Long>> out)
                throws Exception {
            Long before = sum.value();
            long now = before == null ? pair.f1 : before + pair.f1;
            sum.update(now);
            out.collect(Tuple2.of(pair.f0, now));
        }
    }

    /** A timer for each record, each of a key of its own; they fire when the input has ended. */
    static void timers(StreamExecutionEnvironment env, Job job) {
        env.fromSequence(0, job.records() - 1)
                .map(Mix::of)
                .returns(Types.LONG)
                .keyBy(number -> number)
                .process(new Waiting(job.results().toString()))
                .sinkTo(new TallySink<>("sink", sum -> sum, job.results()));
    }

    private static final class Waiting extends KeyedProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;
        private static final long FROM_MS = 1_700_000_000_000L;
        private static final long SPREAD_MS = 36_000_000;

        private final String results;
        private transient TimerProbe probe;

        Waiting(String results) {
            this.results = results;
        }

        @Override
        public void open(OpenContext context) {
            probe = new TimerProbe();
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out) {
            long timeMs = FROM_MS + (number >>> 1) % SPREAD_MS;
            context.timerService().registerEventTimeTimer(timeMs);
        }

        @Override
        public void onTimer(long timestampMs, OnTimerContext context, Collector<Long> out) {
            probe.fires();
            out.collect(context.getCurrentKey() ^ timestampMs);
        }

        @Override
        public void close() {
            if (probe != null) {
                probe.leave(Path.of(results));
            }
        }
    }
}
