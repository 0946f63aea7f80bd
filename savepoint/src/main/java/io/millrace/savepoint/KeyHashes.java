package io.millrace.savepoint;

import io.millrace.runtime.serde.PlainValues.Case;
import io.millrace.runtime.serde.PlainValues.Found;
import io.millrace.runtime.serde.PlainValues.Pair;
import io.millrace.runtime.serde.PlainValues.PlainRow;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The hash that a key has when its class is not there, as the engine's own rule says for what it
 * takes apart: enums, tuples, records, collections, rows. Whether a class has a rule of its own
 * cannot be seen here: who asks compares the key group that the hash gives with the one that the
 * key has. Pure.
 */
final class KeyHashes {
    private KeyHashes() {}

    /** Empty if the rule is the class's own. */
    static OptionalInt of(Written written, Object key) {
        try {
            return OptionalInt.of(hash(written, key, List.of()));
        } catch (UnsupportedOperationException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * @param around structs and unions, the outermost first
     */
    private static int hash(Written written, Object value, List<Written> around) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Found found) {
            return hash(found.written(), found.value(), List.of());
        }
        return switch (written.kind()) {
            case SCALAR -> scalar(((Written.ScalarOf) written).type(), value);
            case ENUM -> value.hashCode(); // the name
            case STRUCT -> struct((Written.Struct) written, (Object[]) value, around);
            case UNION -> {
                Case one = (Case) value;
                Written form = ((Written.Union) written).cases().get(one.index());
                yield hash(form, one.value(), with(around, written));
            }
            case SEQUENCE -> sequence((Written.Sequence) written, (List<?>) value, around);
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) written;
                int sum = 0;
                for (Object each : (List<?>) value) {
                    Pair pair = (Pair) each;
                    sum +=
                            hash(mapping.key(), pair.key(), around)
                                    ^ hash(mapping.value(), pair.value(), around);
                }
                yield sum;
            }
            case OPTIONAL ->
                    hash(
                            ((Written.OptionalOf) written).value(),
                            ((Optional<?>) value).orElse(null),
                            around);
            case OPEN -> hash(((Written.Open) written).exact(), value, around);
            case ENCLOSING -> {
                int place = around.size() - 1 - ((Written.Enclosing) written).levels();
                yield hash(around.get(place), value, around.subList(0, place));
            }
            case ROW -> row((Written.RowOf) written, (PlainRow) value, around);
            case ANY, ARRAY, CUSTOM -> throw new UnsupportedOperationException();
        };
    }

    private static List<Written> with(List<Written> around, Written one) {
        List<Written> longer = new ArrayList<>(around);
        longer.add(one);
        return longer;
    }

    private static int scalar(Scalar scalar, Object value) {
        if (scalar.type().isArray()) {
            throw new UnsupportedOperationException();
        }
        return value.hashCode();
    }

    private static int struct(Written.Struct struct, Object[] values, List<Written> around) {
        if (struct.form() != Schema.Form.RECORD && struct.form() != Schema.Form.TUPLE) {
            throw new UnsupportedOperationException();
        }
        List<Written> inside = with(around, struct);
        int hash = 0;
        for (int i = 0; i < values.length; i++) {
            hash = 31 * hash + hash(struct.fields().get(i).written(), values[i], inside);
        }
        return hash;
    }

    private static int sequence(Written.Sequence sequence, List<?> values, List<Written> around) {
        return switch (sequence.form()) {
            case LIST, LINKED_LIST -> {
                int hash = 1;
                for (Object each : values) {
                    hash = 31 * hash + hash(sequence.element(), each, around);
                }
                yield hash;
            }
            case SET, HASH_SET, SORTED_SET -> {
                int sum = 0;
                for (Object each : values) {
                    sum += hash(sequence.element(), each, around);
                }
                yield sum;
            }
            case QUEUE -> throw new UnsupportedOperationException();
        };
    }

    private static int row(Written.RowOf form, PlainRow row, List<Written> around) {
        if (row.names() != null) {
            int sum = 0;
            for (int i = 0; i < row.fields().length; i++) {
                sum += row.names().get(i).hashCode() ^ hash(null, row.fields()[i], around);
            }
            return sum;
        }
        int hash = 1;
        for (int i = 0; i < row.fields().length; i++) {
            Written field = form.known() ? form.fields().get(i).written() : null;
            hash = 31 * hash + hash(field, row.fields()[i], around);
        }
        return hash;
    }
}
