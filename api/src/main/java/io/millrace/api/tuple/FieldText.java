package io.millrace.api.tuple;

import java.util.Arrays;

/** The text of a tuple's field: arrays by their elements, null as {@code null}. Pure. */
final class FieldText {
    private FieldText() {}

    static String of(Object field) {
        if (field == null || !field.getClass().isArray()) {
            return String.valueOf(field);
        }
        String wrapped = Arrays.deepToString(new Object[] {field});
        return wrapped.substring(1, wrapped.length() - 1);
    }
}
