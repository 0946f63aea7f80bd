package io.millrace.host.modes;

import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.time.WatermarkStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Steps that look at one record at a time. */
final class RecordSteps {
    private RecordSteps() {}

    /** Another value, and another of so many keys. */
    record Mapped(long factor, long term, int keys) implements Step {
        private static Item map(Item item, long factor, long term, int keys) {
            return new Item(
                    Math.floorMod(item.key() * 5 + term, (long) keys),
                    item.value() * factor + term,
                    item.time(),
                    item.count());
        }

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            long by = factor;
            long plus = term;
            int of = keys;
            return place.put(inputs.get(0).map(item -> map(item, by, plus, of), Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.get(0).stream().map(item -> map(item, factor, term, keys)).toList();
        }
    }

    /** One part of {@code parts} goes, or all but one. */
    record Filtered(int parts, boolean keepOne) implements Step {
        private static boolean keeps(Item item, int parts, boolean keepOne) {
            return (Math.floorMod(Item.mix(item.value() + item.key()), (long) parts) == 0)
                    == keepOne;
        }

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            int of = parts;
            boolean one = keepOne;
            return place.put(inputs.get(0).filter(item -> keeps(item, of, one)));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.get(0).stream().filter(item -> keeps(item, parts, keepOne)).toList();
        }
    }

    /** None to {@code most} records for each one. */
    record Multiplied(int most) implements Step {
        private static List<Item> flatMap(Item item, int most) {
            List<Item> items = new ArrayList<>();
            long times = Math.floorMod(item.value(), most + 1L);
            for (int i = 0; i < times; i++) {
                items.add(
                        new Item(item.key() + i, item.value() - i, item.time(), item.count() + i));
            }
            return items;
        }

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            int upTo = most;
            return place.put(
                    inputs.get(0)
                            .flatMap(
                                    (item, out) -> flatMap(item, upTo).forEach(out::collect),
                                    Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.get(0).stream().flatMap(item -> flatMap(item, most).stream()).toList();
        }
    }

    /** Every third value leaves by the side, is changed there and comes back. */
    record Sidestepping() implements Step {
        private static final OutputTag<Item> SIDE = new OutputTag<>("side", Item.TYPE);

        private static boolean leaves(Item item) {
            return Math.floorMod(item.value(), 3L) == 0;
        }

        private static Item changed(Item item) {
            return new Item(item.key(), -item.value(), item.time(), item.count());
        }

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            SingleOutputStreamOperator<Item> stay =
                    place.put(inputs.get(0).process(new Leaving(), Item.TYPE));
            return stay.union(
                    stay.getSideOutput(SIDE)
                            .map(Sidestepping::changed, Item.TYPE)
                            .setParallelism(place.parallelism()));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.get(0).stream().map(item -> leaves(item) ? changed(item) : item).toList();
        }

        private static final class Leaving extends ProcessFunction<Item, Item> {
            private static final long serialVersionUID = 1L;

            @Override
            public void processElement(Item item, Context context, Collector<Item> out) {
                if (leaves(item)) {
                    context.output(SIDE, item);
                } else {
                    out.collect(item);
                }
            }
        }
    }

    /** Two streams through one function that tells them apart. */
    record Connected() implements Step {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            return place.put(inputs.get(0).connect(inputs.get(1)).map(new Sides(), Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            Sides sides = new Sides();
            return Stream.concat(
                            inputs.get(0).stream().map(sides::map1),
                            inputs.get(1).stream().map(sides::map2))
                    .toList();
        }

        private static final class Sides implements CoMapFunction<Item, Item, Item> {
            private static final long serialVersionUID = 1L;

            @Override
            public Item map1(Item item) {
                return new Item(item.key(), item.value() * 2, item.time(), item.count());
            }

            @Override
            public Item map2(Item item) {
                return new Item(item.key(), item.value() * 2 + 1, item.time(), item.count());
            }
        }
    }

    /** Event time is the records' time from here on, and stands still until the end. */
    record Timed() implements Step {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            return place.put(
                    inputs.get(0)
                            .assignTimestampsAndWatermarks(
                                    WatermarkStrategy.<Item>noWatermarks()
                                            .withTimestampAssigner((item, before) -> item.time())));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.get(0);
        }
    }

    /** Writes the event time of each record into it. */
    static final class Stamping extends ProcessFunction<Item, Item> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Item item, Context context, Collector<Item> out) {
            out.collect(item.at(context.timestamp()));
        }
    }
}
