package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.source.SourceFunction;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time and idleness through whole jobs that never end by themselves. */
@Timeout(60)
class TimeProgramsTest {
    /** Emits numbers, then is silent until it is canceled. */
    private static final class SilentAfter implements SourceFunction<Long> {
        private final long count;
        private volatile boolean canceled;

        SilentAfter(long count) {
            this.count = count;
        }

        @Override
        public void run(SourceContext<Long> context) throws Exception {
            for (long number = 1; number <= count; number++) {
                context.collect(number);
            }
            synchronized (this) {
                while (!canceled) {
                    wait();
                }
            }
        }

        @Override
        public synchronized void cancel() {
            canceled = true;
            notifyAll();
        }
    }

    /** Tells when event time has come to a record's time plus ten. */
    private static final class Alarm extends KeyedProcessFunction<Long, Long, String> {
        @Override
        public void processElement(Long value, Context context, Collector<String> out) {
            context.timerService().registerEventTimeTimer(value + 10);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
            out.collect("it is " + timestamp);
        }
    }

    private static DataStream<Long> numbers(
            StreamExecutionEnvironment env, long count, WatermarkStrategy<Long> strategy) {
        return env.addSource(new SilentAfter(count))
                .assignTimestampsAndWatermarks(
                        strategy.withTimestampAssigner((number, before) -> number));
    }

    @Test
    void aStreamThatIsIdleHoldsNobody() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        WatermarkStrategy<Long> ascending = WatermarkStrategy.forMonotonousTimestamps();
        DataStream<Long> busy = numbers(env, 100, ascending);
        DataStream<Long> silent = numbers(env, 0, ascending.withIdleness(Duration.ofMillis(300)));

        try (CloseableIterator<String> alarms =
                busy.union(silent)
                        .rebalance()
                        .map(number -> number)
                        .keyBy(number -> 1L)
                        .process(new Alarm())
                        .executeAndCollect()) {
            assertThat(alarms.next()).isEqualTo("it is 11");
        }
    }

    @Test
    void whenAllIsIdleTimeIsThatOfTheFurthest() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        WatermarkStrategy<Long> idle =
                WatermarkStrategy.<Long>forMonotonousTimestamps()
                        .withIdleness(Duration.ofMillis(300));
        DataStream<Long> ahead = numbers(env, 50, idle);
        DataStream<Long> behind = numbers(env, 5, idle);

        try (CloseableIterator<String> alarms =
                ahead.union(behind).keyBy(number -> 1L).process(new Alarm()).executeAndCollect()) {
            String last = "";
            for (int alarm = 11; alarm <= 49; alarm++) {
                last = alarms.next();
            }
            assertThat(last).isEqualTo("it is 49");
        }
    }
}
