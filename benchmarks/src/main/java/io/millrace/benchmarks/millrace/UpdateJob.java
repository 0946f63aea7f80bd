package io.millrace.benchmarks.millrace;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.benchmarks.updates.Account;
import io.millrace.benchmarks.updates.Beats;
import io.millrace.benchmarks.updates.UpdatePlan;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** The job of an {@link UpdatePlan}: state of each key, and sinks that may be slow. */
final class UpdateJob {
    private UpdateJob() {}

    static void build(StreamExecutionEnvironment env, UpdatePlan plan) {
        DataStream<Long> updates =
                env.fromSource(
                                new UpdateSource(plan, UpdatePlan.READERS),
                                WatermarkStrategy.noWatermarks(),
                                "updates")
                        .setParallelism(UpdatePlan.READERS)
                        .uid("updates");
        DataStream<Long> kept =
                updates.keyBy(UpdatePlan::key)
                        .process(plan.valueBytes() == 0 ? new Changes(plan) : new Update(plan))
                        .uid("kept");
        if (plan.sinkMicros() == 0) {
            kept.sinkTo(new DiscardingSink<>());
        } else {
            kept.rebalance().sinkTo(new SlowSink(plan.sinkMicros()));
        }
    }

    /** Keeps some bytes for each key and changes them with each record. */
    private static final class Update extends KeyedProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        private final UpdatePlan plan;
        private transient ValueState<byte[]> state;
        private transient Beats beats;

        Update(UpdatePlan plan) {
            this.plan = plan;
        }

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(new ValueStateDescriptor<>("bytes", byte[].class));
            beats =
                    Beats.in(
                            plan.results(),
                            "update-" + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
        }

        @Override
        public void processElement(Long record, Context context, Collector<Long> out)
                throws Exception {
            byte[] before = state.value();
            byte[] after;
            if (before == null) {
                after = new byte[plan.valueBytes()];
                new SplittableRandom(record).nextBytes(after);
            } else {
                after = before.clone();
                after[(int) (record % after.length)]++;
            }
            state.update(after);
            beats.onRecord(record);
            if (plan.sinkMicros() != 0) {
                out.collect(record);
            }
        }

        @Override
        public void close() {
            if (beats != null) {
                beats.close();
            }
        }
    }

    /** Keeps an account for each key and changes it with each record. */
    private static final class Changes extends KeyedProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        private final UpdatePlan plan;
        private transient ValueState<Account> state;
        private transient Beats beats;

        Changes(UpdatePlan plan) {
            this.plan = plan;
        }

        @Override
        public void open(OpenContext context) {
            state =
                    getRuntimeContext()
                            .getState(new ValueStateDescriptor<>("account", Account.class));
            beats =
                    Beats.in(
                            plan.results(),
                            "update-" + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
        }

        @Override
        public void processElement(Long record, Context context, Collector<Long> out)
                throws Exception {
            Account before = state.value();
            long key = UpdatePlan.key(record);
            state.update(before == null ? Account.opened(key) : before.changed(key));
            beats.onRecord(record);
        }

        @Override
        public void close() {
            if (beats != null) {
                beats.close();
            }
        }
    }

    /** Takes its time for each record. */
    private static final class SlowSink implements Sink<Long> {
        private static final long serialVersionUID = 1L;

        private final long micros;

        SlowSink(long micros) {
            this.micros = micros;
        }

        @Override
        public SinkWriter<Long> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(Long record, Context about) {
                    LockSupport.parkNanos(micros * 1000);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }
}
