package io.millrace.connector.orc.writer;

import io.millrace.api.type.ListTypeInfo;
import io.millrace.api.type.MapTypeInfo;
import java.util.List;
import java.util.Map;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;

/** Columns of arrays and maps, whose elements have vectors of their own. */
final class NestedColumns {
    /** What an element takes of a batch besides its bytes. */
    private static final int ELEMENT_BYTES = 16;

    private NestedColumns() {}

    static ColumnWriter list(
            TypeDescription column, ListTypeInfo<?> type, String where, HeldBytes held) {
        return new OfList(
                column,
                where,
                Columns.of(
                        column.getChildren().get(0),
                        type.getElementTypeInfo(),
                        where + ", elements",
                        held),
                held);
    }

    static ColumnWriter map(
            TypeDescription column, MapTypeInfo<?, ?> type, String where, HeldBytes held) {
        return new OfMap(
                column,
                where,
                Columns.of(
                        column.getChildren().get(0), type.getKeyTypeInfo(), where + ", keys", held),
                Columns.of(
                        column.getChildren().get(1),
                        type.getValueTypeInfo(),
                        where + ", values",
                        held),
                held);
    }

    /**
     * Room for so many elements; doubles, so that adding them one list after the other is cheap.
     */
    private static void ensure(ColumnVector elements, int size) {
        if (elements.isNull.length < size) {
            elements.ensureSize(Math.max(size, 2 * elements.isNull.length), true);
        }
    }

    /** Confined to its task. */
    private static final class OfList extends ColumnWriter {
        private final ColumnWriter element;
        private final HeldBytes held;

        OfList(TypeDescription column, String where, ColumnWriter element, HeldBytes held) {
            super(column, where);
            this.element = element;
            this.held = held;
        }

        @Override
        void set(ColumnVector vector, int at, Object value) {
            List<?> elements = (List<?>) value;
            ListColumnVector lists = (ListColumnVector) vector;
            int next = lists.childCount;
            lists.offsets[at] = next;
            lists.lengths[at] = elements.size();
            lists.childCount = next + elements.size();
            ensure(lists.child, lists.childCount);
            for (Object each : elements) {
                element.put(lists.child, next++, each);
            }
            held.add((long) ELEMENT_BYTES * elements.size());
        }
    }

    /** Confined to its task. */
    private static final class OfMap extends ColumnWriter {
        private final ColumnWriter key;
        private final ColumnWriter mapped;
        private final HeldBytes held;

        OfMap(
                TypeDescription column,
                String where,
                ColumnWriter key,
                ColumnWriter mapped,
                HeldBytes held) {
            super(column, where);
            this.key = key;
            this.mapped = mapped;
            this.held = held;
        }

        @Override
        void set(ColumnVector vector, int at, Object value) {
            Map<?, ?> entries = (Map<?, ?>) value;
            MapColumnVector maps = (MapColumnVector) vector;
            int next = maps.childCount;
            maps.offsets[at] = next;
            maps.lengths[at] = entries.size();
            maps.childCount = next + entries.size();
            ensure(maps.keys, maps.childCount);
            ensure(maps.values, maps.childCount);
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                key.put(maps.keys, next, entry.getKey());
                mapped.put(maps.values, next++, entry.getValue());
            }
            held.add(2L * ELEMENT_BYTES * entries.size());
        }
    }
}
