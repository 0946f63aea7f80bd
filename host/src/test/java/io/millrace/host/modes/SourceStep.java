package io.millrace.host.modes;

import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.Watermark;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkOutput;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Records made of numbers. Times go up by {@code pace} for each number and lie {@code disorder}
 * apart at most, which watermarks know: no record is late.
 *
 * @param size may be 0
 */
record SourceStep(Origin origin, Clock clock, int size, int keys, int pace, int disorder, long salt)
        implements Step {
    /** Which source reads the numbers. */
    enum Origin {
        LIST,
        SEQUENCE,
        GENERATOR
    }

    /** When watermarks come. */
    enum Clock {
        WITH_EACH_RECORD,
        NOW_AND_THEN,
        AT_THE_END
    }

    @Override
    public int inputs() {
        return 0;
    }

    private static Item item(long number, int keys, int pace, int disorder, long salt) {
        long random = Item.mix(number * 31 + salt);
        return new Item(
                Math.floorMod(random, (long) keys),
                random >> 54,
                number * pace + Math.floorMod(random >> 20, disorder + 1L),
                1);
    }

    @Override
    public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
        throw new UnsupportedOperationException("A source has no inputs.");
    }

    DataStream<Item> read(StreamExecutionEnvironment env, Place place) {
        // The numbers 0 and size are there for sources that must not be empty, and filtered out.
        int last = size;
        DataStream<Long> numbers =
                switch (origin) {
                    case LIST ->
                            env.fromData(
                                    LongStream.rangeClosed(0, last).boxed().toList(), Types.LONG);
                    case SEQUENCE -> env.fromSequence(0, last).setParallelism(place.parallelism());
                    case GENERATOR ->
                            env.fromSource(
                                            new DataGeneratorSource<>(
                                                    number -> number, last + 1L, Types.LONG),
                                            WatermarkStrategy.noWatermarks(),
                                            "numbers")
                                    .setParallelism(place.parallelism());
                };
        int parallelism = numbers.getParallelism();
        int ofKeys = keys;
        int ofPace = pace;
        int ofDisorder = disorder;
        long ofSalt = salt;
        SingleOutputStreamOperator<Item> items =
                numbers.filter(number -> number < last)
                        .setParallelism(parallelism)
                        .map(number -> item(number, ofKeys, ofPace, ofDisorder, ofSalt), Item.TYPE)
                        .setParallelism(parallelism);
        return place.chained(
                items.assignTimestampsAndWatermarks(strategy()).setParallelism(parallelism));
    }

    private WatermarkStrategy<Item> strategy() {
        int bound = disorder;
        WatermarkStrategy<Item> strategy =
                switch (clock) {
                    case WITH_EACH_RECORD ->
                            WatermarkStrategy.forGenerator(context -> new Behind(bound));
                    case NOW_AND_THEN ->
                            WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(bound));
                    case AT_THE_END -> WatermarkStrategy.noWatermarks();
                };
        return strategy.withTimestampAssigner((item, before) -> item.time());
    }

    @Override
    public List<Item> expected(Place place, List<List<Item>> inputs) {
        return LongStream.range(0, size)
                .mapToObj(number -> item(number, keys, pace, disorder, salt))
                .toList();
    }

    /** A watermark behind each record. Confined to its task. */
    private static final class Behind implements WatermarkGenerator<Item> {
        private final long bound;
        private long latest = Long.MIN_VALUE;

        Behind(long bound) {
            this.bound = bound;
        }

        @Override
        public void onEvent(Item item, long timestamp, WatermarkOutput output) {
            if (timestamp > latest) {
                latest = timestamp;
                output.emitWatermark(new Watermark(latest - bound - 1));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // each record brings one
        }
    }
}
