package io.millrace.host.modes;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Steps whose functions keep state and wait for event time. */
final class StateSteps {
    private static final MapStateDescriptor<Long, Long> RULES =
            new MapStateDescriptor<>("rules", Types.LONG, Types.LONG);

    private StateSteps() {}

    /** Which state of a key the records wait in. */
    enum Kind {
        VALUE,
        LIST,
        MAP,
        REDUCING,
        AGGREGATING
    }

    /** Tumbling windows by hand: a sum for each slot in a map, a timer for each slot. */
    record Slots(KeyForm form, long size) implements Step {
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
            return place.put(form.keyed(inputs.get(0)).process(new Function(size), Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            Shape shape = new Shape(Shape.Kind.TUMBLING, size, 0);
            return form.groups(inputs.get(0)).stream()
                    .flatMap(group -> shape.panes(group).stream())
                    .map(pane -> Item.sum(pane.items()).at(pane.last()))
                    .toList();
        }

        private static final class Function extends KeyedProcessFunction<Object, Item, Item> {
            private static final long serialVersionUID = 1L;
            private final long size;
            private transient MapState<Long, Item> sums;

            Function(long size) {
                this.size = size;
            }

            @Override
            public void open(OpenContext context) {
                sums =
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>("sums", Types.LONG, Item.TYPE));
            }

            @Override
            public void processElement(Item item, Context context, Collector<Item> out)
                    throws Exception {
                long last = Math.floorDiv(context.timestamp(), size) * size + size - 1;
                Item before = sums.get(last);
                sums.put(last, before == null ? item : before.plus(item));
                context.timerService().registerEventTimeTimer(last);
            }

            @Override
            public void onTimer(long timestamp, OnTimerContext context, Collector<Item> out)
                    throws Exception {
                out.collect(sums.get(timestamp).at(timestamp));
                sums.remove(timestamp);
            }
        }
    }

    /** The sum of each key at the end of time, from a state of some kind. */
    record AtTheEnd(KeyForm form, Kind kind) implements Step {
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
            return place.put(form.keyed(inputs.get(0)).process(new Function(kind), Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return form.groups(inputs.get(0)).stream()
                    .map(Item::sum)
                    .map(sum -> sum.at(Item.timeOf(sum.key())))
                    .toList();
        }

        private static final class Function extends KeyedProcessFunction<Object, Item, Item> {
            private static final long serialVersionUID = 1L;
            private final Kind kind;
            private transient SumState sum;

            Function(Kind kind) {
                this.kind = kind;
            }

            @Override
            public void open(OpenContext context) {
                sum = SumState.of(kind, getRuntimeContext());
            }

            @Override
            public void processElement(Item item, Context context, Collector<Item> out)
                    throws Exception {
                sum.add(item);
                context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
            }

            @Override
            public void onTimer(long timestamp, OnTimerContext context, Collector<Item> out)
                    throws Exception {
                Item all = sum.get();
                out.collect(all.at(Item.timeOf(all.key())));
                sum.clear();
            }
        }
    }

    /** A sum in some kind of state. Confined to its task. */
    private interface SumState {
        void add(Item item) throws Exception;

        Item get() throws Exception;

        void clear();

        static SumState of(Kind kind, RuntimeContext context) {
            return switch (kind) {
                case VALUE -> inValue(context);
                case LIST -> inList(context);
                case MAP -> inMap(context);
                case REDUCING -> inReducing(context);
                case AGGREGATING -> inAggregating(context);
            };
        }

        private static SumState inValue(RuntimeContext context) {
            ValueState<Item> state =
                    context.getState(new ValueStateDescriptor<>("value", Item.TYPE));
            return new SumState() {
                @Override
                public void add(Item item) throws Exception {
                    Item before = state.value();
                    state.update(before == null ? item : before.plus(item));
                }

                @Override
                public Item get() throws Exception {
                    return state.value();
                }

                @Override
                public void clear() {
                    state.clear();
                }
            };
        }

        private static SumState inList(RuntimeContext context) {
            ListState<Item> state =
                    context.getListState(new ListStateDescriptor<>("list", Item.TYPE));
            return new SumState() {
                @Override
                public void add(Item item) throws Exception {
                    state.add(item);
                }

                @Override
                public Item get() throws Exception {
                    List<Item> items = new ArrayList<>();
                    state.get().forEach(items::add);
                    return Item.sum(items);
                }

                @Override
                public void clear() {
                    state.clear();
                }
            };
        }

        private static SumState inMap(RuntimeContext context) {
            MapState<Long, Item> state =
                    context.getMapState(new MapStateDescriptor<>("map", Types.LONG, Item.TYPE));
            return new SumState() {
                @Override
                public void add(Item item) throws Exception {
                    Item before = state.get(item.value());
                    state.put(item.value(), before == null ? item : before.plus(item));
                }

                @Override
                public Item get() throws Exception {
                    List<Item> items = new ArrayList<>();
                    state.values().forEach(items::add);
                    return Item.sum(items);
                }

                @Override
                public void clear() {
                    state.clear();
                }
            };
        }

        private static SumState inReducing(RuntimeContext context) {
            ReducingState<Item> state =
                    context.getReducingState(
                            new ReducingStateDescriptor<>("reducing", Item::plus, Item.TYPE));
            return new SumState() {
                @Override
                public void add(Item item) throws Exception {
                    state.add(item);
                }

                @Override
                public Item get() throws Exception {
                    return state.get();
                }

                @Override
                public void clear() {
                    state.clear();
                }
            };
        }

        private static SumState inAggregating(RuntimeContext context) {
            AggregatingState<Item, Item> state =
                    context.getAggregatingState(
                            new AggregatingStateDescriptor<>(
                                    "aggregating", new WindowSteps.Sum(), Item.TYPE));
            return new SumState() {
                @Override
                public void add(Item item) throws Exception {
                    state.add(item);
                }

                @Override
                public Item get() throws Exception {
                    return state.get();
                }

                @Override
                public void clear() {
                    state.clear();
                }
            };
        }
    }

    /** The first record of each key and value, without what depends on which one came first. */
    record Distinct(KeyForm form) implements Step {
        private static Item bare(Item item) {
            return new Item(item.key(), item.value(), Item.timeOf(item.key()), 1);
        }

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
            return place.put(form.keyed(inputs.get(0)).process(new Function(), Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.get(0).stream().map(Distinct::bare).distinct().toList();
        }

        private static final class Function extends KeyedProcessFunction<Object, Item, Item> {
            private static final long serialVersionUID = 1L;
            private transient MapState<Item, Boolean> seen;

            @Override
            public void open(OpenContext context) {
                seen =
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>("seen", Item.TYPE, Types.BOOLEAN));
            }

            @Override
            public void processElement(Item item, Context context, Collector<Item> out)
                    throws Exception {
                Item bare = bare(item);
                if (!seen.contains(bare)) {
                    seen.put(bare, true);
                    out.collect(bare);
                }
            }
        }
    }

    /** The sums of both sides of each key at the end of time. */
    record Paired(KeyForm form) implements Step {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public boolean keepsTime() {
            return false;
        }

        private static Item marked(Item item) {
            return new Item(item.key(), item.value() * 7, item.time(), item.count() + 50);
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            return place.put(
                    form.keyed(inputs.get(0))
                            .connect(form.keyed(inputs.get(1)))
                            .process(new Function(), Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            List<Item> all =
                    Stream.concat(
                                    inputs.get(0).stream(),
                                    inputs.get(1).stream().map(Paired::marked))
                            .toList();
            return form.groups(all).stream()
                    .map(Item::sum)
                    .map(sum -> sum.at(Item.timeOf(sum.key())))
                    .toList();
        }

        private static final class Function
                extends KeyedCoProcessFunction<Object, Item, Item, Item> {
            private static final long serialVersionUID = 1L;
            private transient SumState sum;

            @Override
            public void open(OpenContext context) {
                sum = SumState.of(Kind.VALUE, getRuntimeContext());
            }

            @Override
            public void processElement1(Item item, Context context, Collector<Item> out)
                    throws Exception {
                sum.add(item);
                context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
            }

            @Override
            public void processElement2(Item item, Context context, Collector<Item> out)
                    throws Exception {
                sum.add(marked(item));
                context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
            }

            @Override
            public void onTimer(long timestamp, OnTimerContext context, Collector<Item> out)
                    throws Exception {
                Item all = sum.get();
                out.collect(all.at(Item.timeOf(all.key())));
                sum.clear();
            }
        }
    }

    /** Each key's sum at the end of time, and beside it that of all that was broadcast. */
    record Ruled(KeyForm form) implements Step {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public boolean keepsTime() {
            return false;
        }

        private static Item ruled(Item sum, long rules) {
            return new Item(
                    sum.key(), sum.value() * 31 + rules, Item.timeOf(sum.key()), sum.count());
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            return place.put(
                    form.keyed(inputs.get(0))
                            .connect(inputs.get(1).broadcast(RULES))
                            .process(new Function(), Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            long rules = inputs.get(1).stream().mapToLong(Item::value).sum();
            return form.groups(inputs.get(0)).stream()
                    .map(group -> ruled(Item.sum(group), rules))
                    .toList();
        }

        private static final class Function
                extends KeyedBroadcastProcessFunction<Object, Item, Item, Item> {
            private static final long serialVersionUID = 1L;
            private transient SumState sum;

            @Override
            public void open(OpenContext context) {
                sum = SumState.of(Kind.LIST, getRuntimeContext());
            }

            @Override
            public void processElement(Item item, ReadOnlyContext context, Collector<Item> out)
                    throws Exception {
                sum.add(item);
                context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
            }

            @Override
            public void processBroadcastElement(Item item, Context context, Collector<Item> out)
                    throws Exception {
                BroadcastState<Long, Long> rules = context.getBroadcastState(RULES);
                Long before = rules.get(item.key());
                rules.put(item.key(), before == null ? item.value() : before + item.value());
            }

            @Override
            public void onTimer(long timestamp, OnTimerContext context, Collector<Item> out)
                    throws Exception {
                long rules = 0;
                for (Map.Entry<Long, Long> rule :
                        context.getBroadcastState(RULES).immutableEntries()) {
                    rules += rule.getValue();
                }
                out.collect(ruled(sum.get(), rules));
                sum.clear();
            }
        }
    }

    /** Both streams, the second one as often as there are subtasks. */
    record Repeated() implements Step {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            return place.put(
                    inputs.get(0)
                            .connect(inputs.get(1).broadcast(RULES))
                            .process(new Function(), Item.TYPE));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            List<Item> items = new ArrayList<>(inputs.get(0));
            for (int i = 0; i < place.parallelism(); i++) {
                items.addAll(inputs.get(1));
            }
            return items;
        }

        private static final class Function extends BroadcastProcessFunction<Item, Item, Item> {
            private static final long serialVersionUID = 1L;

            @Override
            public void processElement(Item item, ReadOnlyContext context, Collector<Item> out) {
                out.collect(item);
            }

            @Override
            public void processBroadcastElement(Item item, Context context, Collector<Item> out) {
                out.collect(item);
            }
        }
    }
}
