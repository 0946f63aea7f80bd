package io.millrace.host.modes;

import io.millrace.api.function.RichMapFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.Order;
import io.millrace.api.stream.SingleOutputStreamOperator;
import java.util.Comparator;
import java.util.List;

/** Steps that fold all records of a key, or look at a whole partition. */
final class FoldSteps {
    private FoldSteps() {}

    /** A fold that a stream shows with each record, and a batch job once. */
    enum Running {
        REDUCE,
        SUM,
        MAX,
        MIN,
        MAX_BY,
        MIN_BY
    }

    /** How a full partition is taken. */
    enum Whole {
        REDUCE,
        AGGREGATE,
        MAP
    }

    /**
     * The last result of a running fold of each key.
     *
     * @param form one to one: the records of a key have one key
     */
    record Last(KeyForm form, Running running) implements Step {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public boolean keepsTime() {
            return false;
        }

        /** Without what depends on which record came first. */
        private static Item bare(Item item, Running running) {
            return switch (running) {
                case REDUCE -> item.at(Item.timeOf(item.key()));
                case SUM -> new Item(item.key(), 0, Item.timeOf(item.key()), 1);
                case MAX, MIN, MAX_BY, MIN_BY ->
                        new Item(item.key(), item.value(), Item.timeOf(item.key()), 1);
            };
        }

        /** Which of two results of a key is the later one. */
        private static Item later(Item a, Item b, Running running) {
            return switch (running) {
                case REDUCE, SUM -> a.count() >= b.count() ? a : b;
                case MAX, MAX_BY -> a.value() >= b.value() ? a : b;
                case MIN, MIN_BY -> a.value() <= b.value() ? a : b;
            };
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            Running how = running;
            KeyedStream<Item, Object> bare =
                    form.keyed(
                            inputs.get(0)
                                    .map(item -> bare(item, how), Item.TYPE)
                                    .setParallelism(inputs.get(0).getParallelism()));
            SingleOutputStreamOperator<Item> folded =
                    switch (running) {
                        case REDUCE -> bare.reduce(Item::plus);
                        case SUM -> bare.sum("count");
                        case MAX -> bare.max("value");
                        case MIN -> bare.min("value");
                        case MAX_BY -> bare.maxBy("value");
                        case MIN_BY -> bare.minBy("value");
                    };
            return form.keyed(place.put(folded))
                    .fullWindowPartition()
                    .reduce((a, b) -> later(a, b, how))
                    .setParallelism(place.parallelism());
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            List<Item> bare = inputs.get(0).stream().map(item -> bare(item, running)).toList();
            return form.groups(bare).stream()
                    .map(
                            group ->
                                    switch (running) {
                                        case REDUCE -> Item.sum(group);
                                        case SUM -> counted(group);
                                        case MAX, MAX_BY -> most(group);
                                        case MIN, MIN_BY -> least(group);
                                    })
                    .toList();
        }

        private static Item counted(List<Item> group) {
            Item first = group.get(0);
            return new Item(first.key(), first.value(), first.time(), group.size());
        }

        private static Item most(List<Item> group) {
            return group.stream().max(Comparator.comparingLong(Item::value)).orElseThrow();
        }

        private static Item least(List<Item> group) {
            return group.stream().min(Comparator.comparingLong(Item::value)).orElseThrow();
        }
    }

    /** The sum of each key, from all of its records together. */
    record OfKey(KeyForm form, Whole whole) implements Step {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public boolean keepsTime() {
            return false;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            var keys = form.keyed(inputs.get(0)).fullWindowPartition();
            SingleOutputStreamOperator<Item> folded =
                    switch (whole) {
                        case REDUCE -> keys.reduce(Item::plus);
                        case AGGREGATE ->
                                keys.<Item, Item>aggregate(new WindowSteps.Sum())
                                        .returns(Item.TYPE);
                        case MAP ->
                                keys.<Item>mapPartition(
                                                (items, out) -> {
                                                    Item sum = null;
                                                    for (Item item : items) {
                                                        sum = sum == null ? item : sum.plus(item);
                                                    }
                                                    out.collect(sum);
                                                })
                                        .returns(Item.TYPE);
                    };
            return place.put(folded);
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return form.groups(inputs.get(0)).stream().map(Item::sum).toList();
        }
    }

    /** The sum of all records, from a part of each subtask. */
    record OfParts() implements Step {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public boolean keepsTime() {
            return false;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            return KeyForm.ALL_ALIKE
                    .keyed(
                            place.put(
                                    inputs.get(0)
                                            .rebalance()
                                            .map(item -> item, Item.TYPE)
                                            .setParallelism(place.parallelism())
                                            .fullWindowPartition()
                                            .reduce(Item::plus)))
                    .fullWindowPartition()
                    .reduce(Item::plus)
                    .setParallelism(place.parallelism());
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.get(0).isEmpty() ? List.of() : List.of(Item.sum(inputs.get(0)));
        }
    }

    /** The same records; each partition, or each key in it, in the order of values. */
    record Sorted(boolean byKey, boolean upwards) implements Step {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public boolean keepsTime() {
            return false;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            Order order = upwards ? Order.ASCENDING : Order.DESCENDING;
            DataStream<Item> dealt =
                    inputs.get(0)
                            .rebalance()
                            .map(item -> item, Item.TYPE)
                            .setParallelism(place.parallelism());
            SingleOutputStreamOperator<Item> sorted =
                    byKey
                            ? KeyForm.NUMBER
                                    .keyed(dealt)
                                    .fullWindowPartition()
                                    .sortPartition("value", order)
                            : dealt.fullWindowPartition().sortPartition("value", order);
            return place.put(sorted)
                    .map(new Checking(byKey, upwards), Item.TYPE)
                    .setParallelism(place.parallelism());
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.get(0);
        }

        /** Fails where the order is broken. Confined to its task. */
        private static final class Checking extends RichMapFunction<Item, Item> {
            private static final long serialVersionUID = 1L;
            private final boolean byKey;
            private final boolean upwards;
            private transient Item before;

            Checking(boolean byKey, boolean upwards) {
                this.byKey = byKey;
                this.upwards = upwards;
            }

            @Override
            public Item map(Item item) {
                if (before != null && (!byKey || before.key() == item.key())) {
                    int compared = Long.compare(before.value(), item.value());
                    if (upwards ? compared > 0 : compared < 0) {
                        throw new IllegalStateException(
                                "not in order: " + before + " before " + item);
                    }
                }
                before = item;
                return item;
            }
        }
    }
}
