package io.millrace.examples;

import io.millrace.api.file.Path;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.OnCheckpointRollingPolicy;

/**
 * Counts up for each key, and writes a line for each number: a job whose output shows whether
 * anything was lost or doubled, whatever happens to its workers.
 *
 * <p>{@code --output PATH [--records 100000] [--keys 1000] [--rate 10000] [--interval 1000]
 * [--failures 0] [--splits P]}. The output has lines {@code key,number}, each number from 0 once
 * for each key, and a line that begins with {@code GAP} where the state did not fit the record.
 * {@code rate} is records per second of all subtasks, {@code interval} milliseconds between
 * checkpoints; the first {@code failures} attempts end in an exception in the middle. {@code
 * splits} is the parallelism of the job's first run: give it where the job goes on from a
 * checkpoint at another one.
 */
public final class Sequences {
    private Sequences() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        Path output = new Path(arguments.required("output"));
        long records = Long.parseLong(arguments.or("records", "100000"));
        long keys = Long.parseLong(arguments.or("keys", "1000"));
        double rate = Double.parseDouble(arguments.or("rate", "10000"));
        long intervalMs = Long.parseLong(arguments.or("interval", "1000"));
        int failures = Integer.parseInt(arguments.or("failures", "0"));

        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(intervalMs);
        int splits = Integer.parseInt(arguments.or("splits", String.valueOf(env.getParallelism())));
        env.fromSource(
                        new DataGeneratorSource<>(
                                index -> index,
                                records,
                                RateLimiterStrategy.perSecond(rate),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(new Numbering(records, keys, splits))
                .uid("numbering")
                .keyBy(number -> number.key())
                .process(new Sequence(records / 2, failures))
                .name("sequences")
                .uid("sequences")
                .sinkTo(
                        FileSink.<String>forRowFormat(output, new SimpleStringEncoder<>())
                                .withBucketAssigner(new BasePathBucketAssigner<>())
                                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                                .build())
                .name("files")
                .uid("files");
        env.execute("Sequences");
    }

    /** The numbers of a key come in order: all of them are read by one subtask of the source. */
    public record Numbered(long key, long number) {}

    /** Cuts 0, 1, 2, … into one ascending sequence for each key of each source subtask. */
    public static final class Numbering
            implements io.millrace.api.function.MapFunction<Long, Numbered> {
        private static final long serialVersionUID = 1L;
        private final long records;
        private final long keys;
        private final int splits;

        /**
         * @param splits the first parallelism of the source, which divides the records evenly
         */
        public Numbering(long records, long keys, int splits) {
            this.records = records;
            this.keys = keys;
            this.splits = splits;
        }

        @Override
        public Numbered map(Long index) {
            long split = Math.min(splits - 1, index / (records / splits));
            long place = index - split * (records / splits);
            return new Numbered(split * keys + place % keys, place / keys);
        }
    }

    /** Lets each number of a key pass if it is the next one, and says so if it is not. */
    public static final class Sequence extends KeyedProcessFunction<Long, Numbered, String> {
        private static final long serialVersionUID = 1L;
        private final long failAfter;
        private final int failures;
        private transient ValueState<Long> next;
        private transient long seen;

        public Sequence(long failAfter, int failures) {
            this.failAfter = failAfter;
            this.failures = failures;
        }

        @Override
        public void open(OpenContext context) {
            next = getRuntimeContext().getState(new ValueStateDescriptor<>("next", Types.LONG));
        }

        @Override
        public void processElement(Numbered value, Context context, Collector<String> out)
                throws Exception {
            int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
            if (attempt < failures && ++seen > failAfter / (2 << attempt)) {
                throw new IllegalStateException("attempt " + attempt + " fails as it was told to");
            }
            long expected = next.value() == null ? 0 : next.value();
            if (value.number() != expected) {
                out.collect("GAP " + value + " where " + expected + " was next");
            }
            next.update(value.number() + 1);
            out.collect(value.key() + "," + value.number());
        }
    }
}
