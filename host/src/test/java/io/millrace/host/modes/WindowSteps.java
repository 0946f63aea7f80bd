package io.millrace.host.modes;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.stream.AllWindowedStream;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.WindowedStream;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.ProcessAllWindowFunction;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.TimeEvictor;
import io.millrace.api.window.TimeWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Steps that fold the records of windows. */
final class WindowSteps {
    private static final OutputTag<Item> LATE = new OutputTag<>("late", Item.TYPE);

    private WindowSteps() {}

    /** How the records of a window become one. */
    enum Fold {
        REDUCE,
        AGGREGATE,
        REDUCE_AND_PROCESS,
        AGGREGATE_AND_PROCESS,
        PROCESS,
        APPLY
    }

    /** What is said about a window beside its shape. */
    enum Extra {
        NOTHING,
        LATENESS,
        TRIGGER,
        PURGING,
        EVICTOR
    }

    /**
     * One record for each window of each key. Late records would come out changed: there are none.
     */
    record Keyed(KeyForm form, Shape shape, Fold fold, Extra extra) implements Step {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public boolean needsTime() {
            return true;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            WindowedStream<Item, Object, TimeWindow> windows =
                    form.keyed(inputs.get(0)).window(shape.assigner()).sideOutputLateData(LATE);
            windows =
                    switch (extra) {
                        case NOTHING -> windows;
                        case LATENESS -> windows.allowedLateness(Duration.ofMillis(shape.size()));
                        case TRIGGER -> windows.trigger(EventTimeTrigger.create());
                        case PURGING ->
                                windows.trigger(PurgingTrigger.of(EventTimeTrigger.create()));
                        case EVICTOR -> windows.evictor(evictor(shape));
                    };
            SingleOutputStreamOperator<Item> folded =
                    switch (fold) {
                        case REDUCE -> windows.reduce(Item::plus);
                        case AGGREGATE -> windows.aggregate(new Sum(), Item.TYPE, Item.TYPE);
                        case REDUCE_AND_PROCESS ->
                                windows.reduce(Item::plus, new OfWindow(), Item.TYPE);
                        case AGGREGATE_AND_PROCESS ->
                                windows.aggregate(
                                        new Sum(), new OfWindow(), Item.TYPE, Item.TYPE, Item.TYPE);
                        case PROCESS -> windows.process(new OfWindow(), Item.TYPE);
                        case APPLY ->
                                windows.apply(
                                        (key, window, items, out) ->
                                                out.collect(folded(items, window)),
                                        Item.TYPE);
                    };
            return finished(place.put(folded));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return form.groups(inputs.get(0)).stream()
                    .flatMap(group -> sums(shape, group, extra))
                    .toList();
        }
    }

    /** One record for each window of all records, whatever their key. */
    record OfAll(Shape shape, Fold fold, Extra extra) implements Step {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public boolean needsTime() {
            return true;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            AllWindowedStream<Item, TimeWindow> windows =
                    inputs.get(0).windowAll(shape.assigner()).sideOutputLateData(LATE);
            windows =
                    switch (extra) {
                        case NOTHING -> windows;
                        case LATENESS -> windows.allowedLateness(Duration.ofMillis(shape.size()));
                        case TRIGGER -> windows.trigger(EventTimeTrigger.create());
                        case PURGING ->
                                windows.trigger(PurgingTrigger.of(EventTimeTrigger.create()));
                        case EVICTOR -> windows.evictor(evictor(shape));
                    };
            SingleOutputStreamOperator<Item> folded =
                    switch (fold) {
                        case REDUCE -> windows.reduce(Item::plus);
                        case AGGREGATE -> windows.aggregate(new Sum(), Item.TYPE, Item.TYPE);
                        case REDUCE_AND_PROCESS ->
                                windows.reduce(Item::plus, new OfAllWindow(), Item.TYPE);
                        case AGGREGATE_AND_PROCESS ->
                                windows.aggregate(
                                        new Sum(),
                                        new OfAllWindow(),
                                        Item.TYPE,
                                        Item.TYPE,
                                        Item.TYPE);
                        case PROCESS -> windows.process(new OfAllWindow(), Item.TYPE);
                        case APPLY ->
                                windows.apply(
                                        (window, items, out) -> out.collect(folded(items, window)),
                                        Item.TYPE);
                    };
            return finished(place.chained(folded));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return sums(shape, inputs.get(0), extra).toList();
        }
    }

    /** One record for so many of a key, which says no more than that; the rest is dropped. */
    record Counted(KeyForm form, int size) implements Step {
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
            return place.put(
                    form.keyed(inputs.get(0))
                            .countWindow(size)
                            .apply(
                                    (key, window, items, out) -> {
                                        int count = 0;
                                        for (Item unused : items) {
                                            count++;
                                        }
                                        out.collect(full(key, count));
                                    },
                                    Item.TYPE));
        }

        private static Item full(Object key, int count) {
            return new Item(key.hashCode(), count, Item.timeOf(key.hashCode()), count);
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            List<Item> items = new ArrayList<>();
            form.byKey(inputs.get(0))
                    .forEach(
                            (key, group) -> {
                                for (int i = size; i <= group.size(); i += size) {
                                    items.add(full(key, size));
                                }
                            });
            return items;
        }
    }

    /** Keeps what came in the last quarter of a window, counted from its latest record. */
    private static TimeEvictor<TimeWindow> evictor(Shape shape) {
        return TimeEvictor.of(Duration.ofMillis(1 + shape.size() / 4));
    }

    private static Stream<Item> sums(Shape shape, List<Item> group, Extra extra) {
        return shape.panes(group).stream()
                .map(
                        pane -> {
                            List<Item> items = pane.items();
                            if (extra == Extra.EVICTOR) {
                                long latest =
                                        items.stream().mapToLong(Item::time).max().orElseThrow();
                                items =
                                        items.stream()
                                                .filter(
                                                        item ->
                                                                item.time()
                                                                        > latest
                                                                                - 1
                                                                                - shape.size() / 4)
                                                .toList();
                            }
                            return Item.sum(items).at(pane.last());
                        });
    }

    /** Results carry the end of their window as event time; late records show. */
    private static DataStream<Item> finished(SingleOutputStreamOperator<Item> folded) {
        int parallelism = folded.getParallelism();
        DataStream<Item> late =
                folded.getSideOutput(LATE)
                        .map(item -> new Item(-1, item.value(), item.time(), -1), Item.TYPE)
                        .setParallelism(parallelism);
        return folded.process(new RecordSteps.Stamping(), Item.TYPE)
                .setParallelism(parallelism)
                .union(late);
    }

    private static Item folded(Iterable<Item> items, TimeWindow window) {
        Item sum = null;
        for (Item item : items) {
            sum = sum == null ? item : sum.plus(item);
        }
        return sum.at(window.maxTimestamp());
    }

    private static final class OfWindow
            extends ProcessWindowFunction<Item, Item, Object, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                Object key, Context context, Iterable<Item> items, Collector<Item> out) {
            out.collect(folded(items, context.window()));
        }
    }

    private static final class OfAllWindow
            extends ProcessAllWindowFunction<Item, Item, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(Context context, Iterable<Item> items, Collector<Item> out) {
            out.collect(folded(items, context.window()));
        }
    }

    /** The sum of the items; of none, an item without a count. */
    static final class Sum implements AggregateFunction<Item, Item, Item> {
        private static final long serialVersionUID = 1L;

        @Override
        public Item createAccumulator() {
            return new Item(0, 0, 0, 0);
        }

        @Override
        public Item add(Item item, Item sum) {
            return merge(item, sum);
        }

        @Override
        public Item getResult(Item sum) {
            return sum;
        }

        @Override
        public Item merge(Item a, Item b) {
            return a.count() == 0 ? b : b.count() == 0 ? a : a.plus(b);
        }
    }
}
