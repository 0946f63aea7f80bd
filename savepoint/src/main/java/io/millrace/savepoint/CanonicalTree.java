package io.millrace.savepoint;

import io.millrace.runtime.serde.PlainValues.Case;
import io.millrace.runtime.serde.PlainValues.Found;
import io.millrace.runtime.serde.PlainValues.Pair;
import io.millrace.runtime.serde.PlainValues.PlainRow;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Written;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trees that are equal if and only if the objects are that they were written of: the order in which
 * sets and maps were written does not matter. Pure.
 */
final class CanonicalTree {
    private CanonicalTree() {}

    /** Something with {@code equals}; null for null. */
    static Object of(Written written, Object value) {
        return of(written, value, List.of());
    }

    /**
     * @param around structs and unions, the outermost first
     */
    private static Object of(Written written, Object value, List<Written> around) {
        if (value == null) {
            return null;
        }
        if (value instanceof Found found) {
            return Arrays.asList(found.written(), of(found.written(), found.value(), List.of()));
        }
        return switch (written.kind()) {
            case SCALAR, CUSTOM -> scalar(value);
            case ENUM, ANY -> value;
            case STRUCT ->
                    fields(
                            ((Written.Struct) written).fields(),
                            (Object[]) value,
                            with(around, written));
            case UNION -> {
                Case one = (Case) value;
                Written form = ((Written.Union) written).cases().get(one.index());
                yield Arrays.asList(one.index(), of(form, one.value(), with(around, written)));
            }
            case SEQUENCE -> sequence((Written.Sequence) written, (List<?>) value, around);
            case ARRAY -> list(((Written.ArrayOf) written).element(), (List<?>) value, around);
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) written;
                Map<Object, Object> entries = new HashMap<>();
                for (Object each : (List<?>) value) {
                    Pair pair = (Pair) each;
                    entries.put(
                            of(mapping.key(), pair.key(), around),
                            of(mapping.value(), pair.value(), around));
                }
                yield entries;
            }
            case OPTIONAL ->
                    Arrays.asList(
                            of(
                                    ((Written.OptionalOf) written).value(),
                                    ((Optional<?>) value).orElse(null),
                                    around));
            case OPEN -> of(((Written.Open) written).exact(), value, around);
            case ENCLOSING -> {
                int place = around.size() - 1 - ((Written.Enclosing) written).levels();
                yield of(around.get(place), value, around.subList(0, place));
            }
            case ROW -> row((Written.RowOf) written, (PlainRow) value, around);
        };
    }

    private static List<Written> with(List<Written> around, Written one) {
        List<Written> longer = new ArrayList<>(around);
        longer.add(one);
        return longer;
    }

    private static Object scalar(Object value) {
        if (!value.getClass().isArray()) {
            return value;
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            elements.add(Array.get(value, i));
        }
        return elements;
    }

    private static List<Object> fields(
            List<Written.Field> fields, Object[] values, List<Written> around) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            all.add(of(fields.get(i).written(), values[i], around));
        }
        return all;
    }

    private static List<Object> list(Written element, List<?> values, List<Written> around) {
        List<Object> all = new ArrayList<>();
        for (Object each : values) {
            all.add(of(element, each, around));
        }
        return all;
    }

    private static Object sequence(
            Written.Sequence sequence, List<?> values, List<Written> around) {
        List<Object> all = list(sequence.element(), values, around);
        boolean ordered =
                sequence.form() != Schema.SequenceForm.SET
                        && sequence.form() != Schema.SequenceForm.HASH_SET;
        if (ordered) {
            return all;
        }
        Map<Object, Integer> counts = new HashMap<>();
        all.forEach(each -> counts.merge(each, 1, Integer::sum));
        return counts;
    }

    private static Object row(Written.RowOf form, PlainRow row, List<Written> around) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < row.fields().length; i++) {
            Written field = form.known() ? form.fields().get(i).written() : new Written.Any();
            all.add(of(field, row.fields()[i], around));
        }
        return Arrays.asList(row.kind(), row.names(), all);
    }
}
