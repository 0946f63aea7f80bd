package io.millrace.savepoint;

import io.millrace.runtime.serde.PlainValues.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A class that may have subclasses: its own fields, or the bytes of a subclass. Immutable. */
final class OpenColumn extends GroupColumn {
    /** Whether the exact form is a struct, whose fields are here beside the subclass. */
    private final boolean fields;

    private final int count;

    private OpenColumn(boolean fields, List<String> names, List<Column> parts) {
        super(names, parts);
        this.fields = fields;
        this.count = parts.size();
    }

    /**
     * @param subclass the name and column of values of subclasses
     */
    static OpenColumn ofFields(
            List<String> names, List<Column> parts, String subclass, Column subclasses) {
        return new OpenColumn(true, with(names, subclass), with(parts, subclasses));
    }

    static OpenColumn of(Column exact, String subclass, Column subclasses) {
        return new OpenColumn(false, List.of("value", subclass), List.of(exact, subclasses));
    }

    private static <T> List<T> with(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    @Override
    Object[] apart(Object value) {
        Object[] all = new Object[count];
        if (value instanceof Found) {
            all[count - 1] = value;
        } else if (fields) {
            System.arraycopy((Object[]) value, 0, all, 0, count - 1);
        } else {
            all[0] = value;
        }
        return all;
    }

    @Override
    Object together(Object[] values) {
        if (values[count - 1] != null) {
            return values[count - 1];
        }
        return fields ? Arrays.copyOf(values, count - 1) : values[0];
    }
}
