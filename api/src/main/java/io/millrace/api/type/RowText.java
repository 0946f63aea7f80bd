package io.millrace.api.type;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;

/** A row as text: {@code +I[1, a]} by position, {@code +I{k=1}} by name. Pure. */
final class RowText {
    private RowText() {}

    static String of(RowKind kind, Object[] byPosition, Map<String, Object> byName) {
        return kind.shortString() + (byPosition != null ? list(byPosition) : map(byName));
    }

    private static String value(Object value) {
        if (value instanceof Collection<?> collection && !(value instanceof java.util.Set<?>)) {
            return list(collection.toArray());
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value != null && value.getClass().isArray()) {
            StringJoiner text = new StringJoiner(", ", "[", "]");
            for (int i = 0; i < Array.getLength(value); i++) {
                text.add(value(Array.get(value, i)));
            }
            return text.toString();
        }
        return String.valueOf(value);
    }

    private static String list(Object[] values) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (Object one : values) {
            text.add(value(one));
        }
        return text.toString();
    }

    private static String map(Map<?, ?> values) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        values.forEach((key, one) -> text.add(value(key) + "=" + value(one)));
        return text.toString();
    }
}
