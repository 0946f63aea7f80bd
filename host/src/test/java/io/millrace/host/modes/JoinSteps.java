package io.millrace.host.modes;

import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.KeyedStream.IntervalJoined;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.window.TimeWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Steps that bring records of two streams together by key and time. */
final class JoinSteps {
    private JoinSteps() {}

    /** Every pair of a key and window. */
    record Joined(KeyForm form, Shape shape, boolean flat) implements Step {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public boolean needsTime() {
            return true;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            var windows =
                    inputs.get(0)
                            .join(inputs.get(1))
                            .where(form.selector(), form.type())
                            .equalTo(form.selector(), form.type())
                            .window(shape.assigner());
            SingleOutputStreamOperator<Item> joined =
                    flat
                            ? windows.apply(
                                    (Item left, Item right, Collector<Item> out) -> {
                                        if (left.value() < right.value()) {
                                            out.collect(Item.joined(left, right));
                                        }
                                    },
                                    Item.TYPE)
                            : windows.apply((left, right) -> Item.joined(left, right), Item.TYPE);
            return stamped(place, joined);
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            List<Item> items = new ArrayList<>();
            bothSides(
                    form,
                    shape,
                    inputs,
                    (pane, sides) -> {
                        for (Item left : sides.get(0)) {
                            for (Item right : sides.get(1)) {
                                if (!flat || left.value() < right.value()) {
                                    items.add(Item.joined(left, right).at(pane.last()));
                                }
                            }
                        }
                    });
            return items;
        }
    }

    /** One record for each key and window. */
    record Grouped(KeyForm form, Shape shape) implements Step {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public boolean needsTime() {
            return true;
        }

        private static Item fold(Iterable<Item> first, Iterable<Item> second) {
            Item sum = null;
            for (Item item : first) {
                sum = sum == null ? item : sum.plus(item);
            }
            for (Item item : second) {
                Item changed =
                        new Item(item.key(), item.value() * 31, item.time(), item.count() + 100);
                sum = sum == null ? changed : sum.plus(changed);
            }
            return sum;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            return stamped(
                    place,
                    inputs.get(0)
                            .coGroup(inputs.get(1))
                            .where(form.selector(), form.type())
                            .equalTo(form.selector(), form.type())
                            .<TimeWindow>window(shape.assigner())
                            .apply(
                                    (first, second, out) -> out.collect(fold(first, second)),
                                    Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            List<Item> items = new ArrayList<>();
            bothSides(
                    form,
                    shape,
                    inputs,
                    (pane, sides) -> items.add(fold(sides.get(0), sides.get(1)).at(pane.last())));
            return items;
        }
    }

    /**
     * Every pair of a key whose times are near.
     *
     * @param from what the right time is later by, in milliseconds; at least, may be negative
     * @param to the same, at most
     */
    record Near(KeyForm form, long from, long to, boolean withoutFrom, boolean withoutTo)
            implements Step {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public boolean needsTime() {
            return true;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            IntervalJoined<Item, Item, Object> joined =
                    form.keyed(inputs.get(0))
                            .intervalJoin(form.keyed(inputs.get(1)))
                            .between(Duration.ofMillis(from), Duration.ofMillis(to));
            joined = withoutFrom ? joined.lowerBoundExclusive() : joined;
            joined = withoutTo ? joined.upperBoundExclusive() : joined;
            return stamped(place, joined.process(new Pairs(), Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            Map<Object, List<Item>> others = form.byKey(inputs.get(1));
            List<Item> items = new ArrayList<>();
            for (Item left : inputs.get(0)) {
                for (Item right : others.getOrDefault(form.of(left), List.of())) {
                    long later = right.time() - left.time();
                    if (later >= (withoutFrom ? from + 1 : from)
                            && later <= (withoutTo ? to - 1 : to)) {
                        items.add(Item.joined(left, right).at(Math.max(left.time(), right.time())));
                    }
                }
            }
            return items;
        }

        private static final class Pairs extends ProcessJoinFunction<Item, Item, Item> {
            private static final long serialVersionUID = 1L;

            @Override
            public void processElement(
                    Item left, Item right, Context context, Collector<Item> out) {
                out.collect(Item.joined(left, right));
            }
        }
    }

    private static DataStream<Item> stamped(Place place, SingleOutputStreamOperator<Item> joined) {
        return place.put(joined)
                .process(new RecordSteps.Stamping(), Item.TYPE)
                .setParallelism(place.parallelism());
    }

    /** Windows are those of both sides together: a session may be held together by either. */
    private static void bothSides(
            KeyForm form,
            Shape shape,
            List<List<Item>> inputs,
            BiConsumer<Shape.Pane, List<List<Item>>> consumer) {
        Map<Object, List<Item>> left = form.byKey(inputs.get(0));
        Map<Object, List<Item>> right = form.byKey(inputs.get(1));
        Set<Object> keys = new HashSet<>(left.keySet());
        keys.addAll(right.keySet());
        for (Object key : keys) {
            List<Item> ofLeft = left.getOrDefault(key, List.of());
            List<Item> ofRight = right.getOrDefault(key, List.of());
            List<Item> both = new ArrayList<>(ofLeft);
            both.addAll(ofRight);
            for (Shape.Pane pane : shape.panes(both)) {
                consumer.accept(pane, List.of(within(pane, ofLeft), within(pane, ofRight)));
            }
        }
    }

    private static List<Item> within(Shape.Pane pane, List<Item> items) {
        return items.stream()
                .filter(item -> item.time() >= pane.start() && item.time() < pane.end())
                .toList();
    }
}
