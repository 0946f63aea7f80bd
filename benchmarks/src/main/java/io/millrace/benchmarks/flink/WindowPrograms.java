package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.job.Job;
import io.millrace.benchmarks.job.Total;
import io.millrace.benchmarks.job.Trade;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.Collector;

/** The programs of the workloads on windows; line for line what the other engine runs. */
final class WindowPrograms {
    private WindowPrograms() {}

    static void tumbling(StreamExecutionEnvironment env, Job job) {
        Duration size = Duration.ofMillis(job.parameter("size-ms", 1_000));
        tally(
                trades(env, job).window(TumblingEventTimeWindows.of(size)).aggregate(new Adding()),
                job);
    }

    static void sliding(StreamExecutionEnvironment env, Job job) {
        Duration size = Duration.ofMillis(job.parameter("size-ms", 1_000));
        Duration slide = Duration.ofMillis(job.parameter("slide-ms", 100));
        tally(
                trades(env, job)
                        .window(SlidingEventTimeWindows.of(size, slide))
                        .aggregate(new Adding()),
                job);
    }

    static void session(StreamExecutionEnvironment env, Job job) {
        Duration gap = Duration.ofMillis(job.parameter("gap-ms", 501));
        tally(
                sessions(env, job)
                        .window(EventTimeSessionWindows.withGap(gap))
                        .aggregate(new Adding()),
                job);
    }

    static void intervalJoin(StreamExecutionEnvironment env, Job job) {
        Duration reach = Duration.ofMillis(job.parameter("reach-ms", 5));
        long keys = job.parameter("keys", 1);
        long perMs = job.parameter("per-ms", 1);
        // Of one source, so that neither side runs ahead.
        SingleOutputStreamOperator<Trade> all =
                env.fromSequence(0, job.records() - 1).map(number -> Trade.of(number, keys, perMs));
        tally(
                keyed(all.filter(trade -> (trade.amount & 1) == 0))
                        .intervalJoin(keyed(all.filter(trade -> (trade.amount & 1) == 1)))
                        .between(reach.negated(), reach)
                        .process(new Pairing()),
                job);
    }

    private static KeyedStream<Trade, Long> trades(StreamExecutionEnvironment env, Job job) {
        long keys = job.parameter("keys", 1);
        long perMs = job.parameter("per-ms", 1);
        return keyed(
                env.fromSequence(0, job.records() - 1)
                        .map(number -> Trade.of(number, keys, perMs)));
    }

    private static KeyedStream<Trade, Long> sessions(StreamExecutionEnvironment env, Job job) {
        long keys = job.parameter("keys", 1);
        long perMs = job.parameter("per-ms", 1);
        return keyed(
                env.fromSequence(0, job.records() - 1)
                        .map(number -> Trade.inSession(number, keys, perMs)));
    }

    private static KeyedStream<Trade, Long> keyed(SingleOutputStreamOperator<Trade> trades) {
        return trades.assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Trade>forMonotonousTimestamps()
                                .withTimestampAssigner((trade, before) -> trade.timeMs))
                .keyBy(trade -> trade.key);
    }

    private static void tally(SingleOutputStreamOperator<Total> totals, Job job) {
        totals.sinkTo(new TallySink<>("sink", Total::checksum, job.results()));
    }

    private static final class Adding implements AggregateFunction<Trade, Total, Total> {
        private static final long serialVersionUID = 1L;

        @Override
        public Total createAccumulator() {
            return new Total();
        }

        @Override
        public Total add(Trade trade, Total total) {
            return total.add(trade);
        }

        @Override
        public Total getResult(Total total) {
            return total;
        }

        @Override
        public Total merge(Total a, Total b) {
            return a.add(b);
        }
    }

    private static final class Pairing extends ProcessJoinFunction<Trade, Trade, Total> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Trade left, Trade right, Context context, Collector<Total> out) {
            out.collect(new Total().add(left).add(right));
        }
    }
}
