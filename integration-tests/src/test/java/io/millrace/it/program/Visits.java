package io.millrace.it.program;

import io.millrace.api.file.Path;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.FormerNames;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.OnCheckpointRollingPolicy;

/**
 * Counts the visits of {@value #PAGES} pages and writes a line {@code page,count} for each. The
 * class of its state has another name and a field more in its second version.
 */
public final class Visits {
    static final int PAGES = 100;
    static final String UID = "visits";

    private Visits() {}

    /** State of the first version. */
    public record Visited(long count) {}

    /** State of the second version. */
    @FormerNames("io.millrace.it.program.Visits$Visited")
    public record VisitedPage(long count, String lastVisitor) {}

    static ValueStateDescriptor<Visited> visited() {
        return new ValueStateDescriptor<>("visited", Visited.class);
    }

    /**
     * @param args {@code first} or {@code second}; the output; records; records a second
     */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(1000);
        DataStream<Long> visits =
                env.fromSource(
                                new DataGeneratorSource<>(
                                        index -> index,
                                        Long.parseLong(args[2]),
                                        RateLimiterStrategy.perSecond(Double.parseDouble(args[3])),
                                        Types.LONG),
                                WatermarkStrategy.noWatermarks(),
                                "visitors")
                        .uid("visitors");
        visits.keyBy(visitor -> visitor % PAGES)
                .process(args[0].equals("first") ? new First() : new Second())
                .uid(UID)
                .sinkTo(
                        FileSink.<String>forRowFormat(
                                        new Path(args[1]), new SimpleStringEncoder<>())
                                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                                .build())
                .uid("lines");
        env.execute("Visits");
    }

    private static final class First extends KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Visited> state;

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(visited());
        }

        @Override
        public void processElement(Long visitor, Context context, Collector<String> out)
                throws Exception {
            Visited before = state.value();
            Visited now = new Visited(before == null ? 1 : before.count() + 1);
            state.update(now);
            out.collect(context.getCurrentKey() + "," + now.count());
        }
    }

    private static final class Second extends KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<VisitedPage> state;

        @Override
        public void open(OpenContext context) {
            state =
                    getRuntimeContext()
                            .getState(new ValueStateDescriptor<>("visited", VisitedPage.class));
        }

        @Override
        public void processElement(Long visitor, Context context, Collector<String> out)
                throws Exception {
            VisitedPage before = state.value();
            VisitedPage now =
                    new VisitedPage(before == null ? 1 : before.count() + 1, "visitor " + visitor);
            state.update(now);
            out.collect(context.getCurrentKey() + "," + now.count());
        }
    }
}
