package io.millrace.host.modes;

import io.millrace.api.function.MapFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.tuple.Tuple4;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Steps that move records between subtasks. */
final class ExchangeSteps {
    private ExchangeSteps() {}

    /** How records are dealt. */
    enum Way {
        REBALANCE,
        RESCALE,
        SHUFFLE,
        GLOBAL,
        FORWARD,
        BROADCAST,
        CUSTOM,
        KEYED
    }

    /** The same records elsewhere; as many of each as there are subtasks, if broadcast. */
    record Dealt(Way way, KeyForm form) implements Step {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            DataStream<Item> input = inputs.get(0);
            // A union has as many parallelisms as streams.
            boolean isOne = input instanceof SingleOutputStreamOperator;
            DataStream<Item> dealt =
                    switch (way) {
                        case REBALANCE -> input.rebalance();
                        case RESCALE -> input.rescale();
                        case SHUFFLE -> input.shuffle();
                        case GLOBAL -> input.global();
                        case FORWARD -> isOne ? input.forward() : input.rebalance();
                        case BROADCAST -> input.broadcast();
                        case CUSTOM ->
                                input.partitionCustom(
                                        (Long key, int parts) ->
                                                (int) Math.floorMod(key, (long) parts),
                                        Item::key);
                        case KEYED -> form.keyed(input);
                    };
            int parallelism =
                    way == Way.FORWARD && isOne ? input.getParallelism() : place.parallelism();
            return place.chained(dealt.map(item -> item, Item.TYPE).setParallelism(parallelism));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            List<Item> items = new ArrayList<>();
            int times = way == Way.BROADCAST ? place.parallelism() : 1;
            for (int i = 0; i < times; i++) {
                items.addAll(inputs.get(0));
            }
            return items;
        }
    }

    /** Streams as one, also a stream with itself. */
    record United(int inputs) implements Step {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            return inputs.get(0).union(inputs.subList(1, inputs.size()).toArray(new DataStream[0]));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.stream().flatMap(List::stream).toList();
        }
    }

    /** Through an exchange as records of another type. */
    record Dressed(Dress dress) implements Step {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public DataStream<Item> build(Place place, List<DataStream<Item>> inputs) {
            return dress.through(place, inputs.get(0));
        }

        @Override
        public List<Item> expected(Place place, List<List<Item>> inputs) {
            return inputs.get(0);
        }
    }

    /** Types that an item can be written as. */
    enum Dress {
        TUPLE {
            @Override
            DataStream<Item> through(Place place, DataStream<Item> items) {
                return Dress.<Tuple4<Long, Long, Long, Long>>dressed(
                        place,
                        items,
                        Types.TUPLE(Types.LONG, Types.LONG, Types.LONG, Types.LONG),
                        item -> Tuple4.of(item.key(), item.value(), item.time(), item.count()),
                        t -> new Item(t.f0, t.f1, t.f2, t.f3));
            }
        },
        TEXT {
            @Override
            DataStream<Item> through(Place place, DataStream<Item> items) {
                return dressed(
                        place,
                        items,
                        Types.STRING,
                        item ->
                                String.join(
                                        " ",
                                        "" + item.key(),
                                        "" + item.value(),
                                        "" + item.time(),
                                        "" + item.count()),
                        text -> {
                            String[] parts = text.split(" ");
                            return new Item(
                                    Long.parseLong(parts[0]),
                                    Long.parseLong(parts[1]),
                                    Long.parseLong(parts[2]),
                                    Long.parseLong(parts[3]));
                        });
            }
        },
        LONG_BYTES {
            @Override
            DataStream<Item> through(Place place, DataStream<Item> items) {
                return dressed(
                        place,
                        items,
                        TypeInformation.of(byte[].class),
                        item ->
                                ByteBuffer.allocate(32 + (int) Math.floorMod(item.value(), 3_000L))
                                        .putLong(item.key())
                                        .putLong(item.value())
                                        .putLong(item.time())
                                        .putLong(item.count())
                                        .array(),
                        bytes -> {
                            ByteBuffer in = ByteBuffer.wrap(bytes);
                            return new Item(in.getLong(), in.getLong(), in.getLong(), in.getLong());
                        });
            }
        },
        LIST {
            @Override
            DataStream<Item> through(Place place, DataStream<Item> items) {
                return dressed(
                        place,
                        items,
                        Types.LIST(Item.TYPE),
                        item ->
                                new ArrayList<>(
                                        Collections.nCopies(
                                                1 + (int) Math.floorMod(item.value(), 3L), item)),
                        list -> list.get(list.size() - 1));
            }
        },
        MAP {
            @Override
            DataStream<Item> through(Place place, DataStream<Item> items) {
                return dressed(
                        place,
                        items,
                        Types.MAP(Types.STRING, Item.TYPE),
                        item -> Map.of("item", item),
                        map -> map.get("item"));
            }
        },
        BEAN {
            @Override
            DataStream<Item> through(Place place, DataStream<Item> items) {
                return dressed(
                        place, items, TypeInformation.of(Bean.class), Bean::of, Bean::toItem);
            }
        };

        abstract DataStream<Item> through(Place place, DataStream<Item> items);

        static <T> DataStream<Item> dressed(
                Place place,
                DataStream<Item> items,
                TypeInformation<T> type,
                MapFunction<Item, T> on,
                MapFunction<T, Item> off) {
            return place.put(
                    items.map(on, type)
                            .setParallelism(items.getParallelism())
                            .rebalance()
                            .map(off, Item.TYPE));
        }
    }

    /** An item with fields that can be set, one of which may be null. */
    public static class Bean {
        public long key;
        public Long value;
        public Item rest;

        static Bean of(Item item) {
            Bean bean = new Bean();
            bean.key = item.key();
            bean.value = item.value() == 0 ? null : item.value();
            bean.rest = item;
            return bean;
        }

        Item toItem() {
            return new Item(key, value == null ? 0 : value, rest.time(), rest.count());
        }
    }
}
