package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple;
import io.millrace.api.type.CompositeType;
import io.millrace.api.type.CompositeType.InvalidFieldReferenceException;
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

    private final Step[] steps;

    /**
     * One field on the path. Immutable.
     *
     * @param name as it was written
     * @param position in a tuple, for {@code 3} as for {@code f3}; -1 if it is no position
     */
    private record Step(String name, int position) implements Serializable {
        static Step of(String name) {
            String digits = name.startsWith("f") ? name.substring(1) : name;
            return new Step(name, isPosition(digits) ? Integer.parseInt(digits) : -1);
        }

        int inTuple() {
            if (position < 0) {
                throw invalid("a tuple has no field '" + name + "', but f0, f1, …");
            }
            return position;
        }
    }

    private FieldAccess(List<String> path) {
        this.steps = path.stream().map(Step::of).toArray(Step[]::new);
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
        TypeInformation<?> field = type == null ? null : typeAt(type, access.path(), expression);
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
        TypeInformation<?> field = type == null ? null : typeAt(type, access.path(), expression);
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
                    throw noField(
                            "there is no field '"
                                    + expression
                                    + "' in "
                                    + type
                                    + ". Its fields are "
                                    + Arrays.toString(composite.getFieldNames()));
                }
                current = composite.getTypeAt(index);
            } else if (!step.equals("0") && !step.equals("*")) {
                throw noField(
                        "there is no field '"
                                + expression
                                + "' in "
                                + type
                                + ", which has no fields");
            }
        }
        return current;
    }

    /** Programs catch the exception that they know; its cause has the code. */
    private static InvalidFieldReferenceException noField(String message) {
        MillraceException invalid = invalid(message);
        InvalidFieldReferenceException thrown =
                new InvalidFieldReferenceException(invalid.getMessage());
        thrown.initCause(invalid);
        return thrown;
    }

    private static MillraceException invalid(String message) {
        return new MillraceException(ErrorCode.PROGRAM_INVALID, message + ".");
    }

    static boolean isPosition(String step) {
        return !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private List<String> path() {
        return Arrays.stream(steps).map(Step::name).toList();
    }

    /** The field's value, which may be null. */
    Object get(Object record) {
        if (steps.length == 1) {
            return step(record, steps[0]);
        }
        Object current = record;
        for (Step step : steps) {
            current = step(current, step);
        }
        return current;
    }

    private static Object step(Object record, Step step) {
        if (record instanceof Tuple tuple) {
            return tuple.getField(step.inTuple());
        }
        return FieldsOfClass.of(record.getClass()).get(record, step.name());
    }

    /**
     * A record like {@code record} with another value of this field; the given one is not changed.
     */
    Object with(Object record, Object value) {
        return with(record, 0, value);
    }

    /**
     * A record like {@code record} with another value of this field; may be the given one, changed.
     */
    Object put(Object record, Object value) {
        if (steps.length == 1 && record instanceof Tuple tuple) {
            tuple.setField(value, steps[0].inTuple());
            return tuple;
        }
        return with(record, value);
    }

    private Object with(Object record, int depth, Object value) {
        if (depth == steps.length) {
            return value;
        }
        Step step = steps[depth];
        boolean last = depth == steps.length - 1;
        Object field = last ? value : with(step(record, step), depth + 1, value);
        if (record instanceof Tuple tuple) {
            Tuple copy = tuple.copy();
            copy.setField(field, step.inTuple());
            return copy;
        }
        return FieldsOfClass.of(record.getClass()).with(record, step.name(), field);
    }

    @Override
    public String toString() {
        return String.join(".", path());
    }
}
