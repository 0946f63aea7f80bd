package io.millrace.it.program;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;

/**
 * Counts numbers of 10,000 keys, for ever, in as many tasks as the parallelism says. It has no
 * output: what it asks of storage are its checkpoints.
 */
public final class StatefulTasks {
    private static final int KEYS = 10_000;
    private static final int PER_SECOND = 2_000;

    private StatefulTasks() {}

    /**
     * @param args the milliseconds between two checkpoints
     */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(Long.parseLong(args[0]));
        env.fromSource(
                        new DataGeneratorSource<>(
                                index -> index,
                                Long.MAX_VALUE,
                                RateLimiterStrategy.perSecond(PER_SECOND),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .setParallelism(2)
                .keyBy(number -> number % KEYS)
                .process(new Counting())
                .returns(Types.LONG)
                .sinkTo(new DiscardingSink<>());
        env.execute("StatefulTasks");
    }

    private static final class Counting extends KeyedProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count =
                    getRuntimeContext()
                            .getState(new ValueStateDescriptor<>("count", Types.LONG, 0L));
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out)
                throws Exception {
            count.update(count.value() + 1);
            out.collect(count.value());
        }
    }
}
