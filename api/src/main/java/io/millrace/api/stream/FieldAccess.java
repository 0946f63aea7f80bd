package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a field of a record, and makes a record like another with that field changed. The field is
 * a path of names or positions, {@code f0.count}; a position counts from 0, and position 0 of a
 * type without fields is the value itself. Confined to its function.
 */
final class FieldAccess implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> path;

    private FieldAccess(List<String> path) {
        this.path = path;
    }

    /**
     * @param type null if unknown; then the path is checked with the first record
     */
    static FieldAccess of(TypeInformation<?> type, String expression) {
        List<String> path = Arrays.asList(expression.trim().split("\\."));
        if (type != null) {
            typeAt(type, path, expression);
        }
        return new FieldAccess(List.copyOf(path));
    }

    static FieldAccess ofNumber(TypeInformation<?> type, String expression) {
        FieldAccess access = of(type, expression);
        TypeInformation<?> field = type == null ? null : typeAt(type, access.path, expression);
        if (field != null
                && field.isBasicType()
                && !Number.class.isAssignableFrom(field.getTypeClass())) {
            throw invalid(
                    "the field '" + expression + "' of " + type + " is no number, but " + field);
        }
        return access;
    }

    static FieldAccess ofComparable(TypeInformation<?> type, String expression) {
        FieldAccess access = of(type, expression);
        TypeInformation<?> field = type == null ? null : typeAt(type, access.path, expression);
        if (field != null && !Comparable.class.isAssignableFrom(field.getTypeClass())) {
            throw invalid(
                    "the field '" + expression + "' of " + type + " has no order: it is " + field);
        }
        return access;
    }

    private static TypeInformation<?> typeAt(
            TypeInformation<?> type, List<String> path, String expression) {
        TypeInformation<?> current = type;
        for (String step : path) {
            if (current instanceof CompositeType<?> composite) {
                int index =
                        isPosition(step) ? Integer.parseInt(step) : composite.getFieldIndex(step);
                if (index < 0 || index >= composite.getArity()) {
                    throw invalid(
                            "there is no field '"
                                    + expression
                                    + "' in "
                                    + type
                                    + ". Its fields are "
                                    + Arrays.toString(composite.getFieldNames()));
                }
                current = composite.getTypeAt(index);
            } else if (!step.equals("0") && !step.equals("*")) {
                throw invalid(
                        "there is no field '"
                                + expression
                                + "' in "
                                + type
                                + ", which has no fields");
            }
        }
        return current;
    }

    private static MillraceException invalid(String message) {
        return new MillraceException(ErrorCode.PROGRAM_INVALID, message + ".");
    }

    static boolean isPosition(String step) {
        return !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The field's value, which may be null. */
    Object get(Object record) {
        Object current = record;
        for (int i = 0; i < path.size(); i++) {
            current = step(current, path.get(i));
        }
        return current;
    }

    private static Object step(Object record, String step) {
        if (record instanceof Tuple tuple) {
            return tuple.getField(positionIn(step));
        }
        return FieldsOfClass.of(record.getClass()).get(record, step);
    }

    /**
     * A record like {@code record} with another value of this field; the given one is not changed.
     */
    Object with(Object record, Object value) {
        return with(record, 0, value);
    }

    private Object with(Object record, int depth, Object value) {
        if (depth == path.size()) {
            return value;
        }
        String step = path.get(depth);
        Object field = with(step(record, step), depth + 1, value);
        if (record instanceof Tuple tuple) {
            Tuple copy = tuple.copy();
            copy.setField(field, positionIn(step));
            return copy;
        }
        return FieldsOfClass.of(record.getClass()).with(record, step, field);
    }

    private static int positionIn(String step) {
        String digits = step.startsWith("f") ? step.substring(1) : step;
        if (!isPosition(digits)) {
            throw invalid("a tuple has no field '" + step + "', but f0, f1, …");
        }
        return Integer.parseInt(digits);
    }

    @Override
    public String toString() {
        return String.join(".", path);
    }
}
