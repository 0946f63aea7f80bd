package io.millrace.host.modes;

import io.millrace.api.function.KeySelector;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What records are grouped by. */
enum KeyForm {
    NUMBER(Types.LONG) {
        @Override
        Object of(Item item) {
            return item.key();
        }
    },
    NAME(Types.STRING) {
        @Override
        Object of(Item item) {
            return "key " + item.key();
        }
    },
    REST(Types.INT) {
        @Override
        Object of(Item item) {
            return (int) Math.floorMod(item.key(), 3L);
        }
    },
    PAIR(Types.TUPLE(Types.LONG, Types.BOOLEAN)) {
        @Override
        Object of(Item item) {
            return Tuple2.of(item.key() / 2, item.key() > 4);
        }
    },
    ALL_ALIKE(Types.STRING) {
        @Override
        Object of(Item item) {
            return "";
        }
    };

    private final TypeInformation<?> type;

    KeyForm(TypeInformation<?> type) {
        this.type = type;
    }

    abstract Object of(Item item);

    /** Whether records of different keys are in different groups. */
    boolean isOneToOne() {
        return this == NUMBER || this == NAME;
    }

    KeySelector<Item, Object> selector() {
        return new Selector(this);
    }

    @SuppressWarnings("unchecked") // a constant's type is that of its keys
    TypeInformation<Object> type() {
        return (TypeInformation<Object>) type;
    }

    KeyedStream<Item, Object> keyed(DataStream<Item> stream) {
        return stream.keyBy(selector(), type());
    }

    Collection<List<Item>> groups(List<Item> items) {
        return byKey(items).values();
    }

    Map<Object, List<Item>> byKey(List<Item> items) {
        Map<Object, List<Item>> groups = new LinkedHashMap<>();
        items.forEach(item -> groups.computeIfAbsent(of(item), key -> new ArrayList<>()).add(item));
        return groups;
    }

    private record Selector(KeyForm form) implements KeySelector<Item, Object> {
        @Override
        public Object getKey(Item item) {
            return form.of(item);
        }
    }
}
