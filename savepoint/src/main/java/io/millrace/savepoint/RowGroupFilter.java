package io.millrace.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Written;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;

/**
 * Whether a row group can have rows of which a condition is true, by what the file says of the
 * least and the greatest value of its columns. Immutable.
 */
/* In doubt it can: a group with a row that is kept as raw bytes, whose columns do not hold its values; columns
 * of which nothing is said; forms whose JSON is not ordered as their column is. Texts are ordered by UTF-16 in
 * conditions and by UTF-8 in files. That is the same against a literal without surrogates and characters
 * above them, and what is equal is equal in both. */
final class RowGroupFilter {
    private static final char FIRST_SURROGATE = '\uD800';

    private final TableLayout layout;
    private final MessageType message;
    private final BlockMetaData group;

    private RowGroupFilter(TableLayout layout, BlockMetaData group) {
        this.layout = layout;
        this.message = layout.message();
        this.group = group;
    }

    /**
     * @param layout of the file's columns
     */
    static boolean mayHold(RowFilter filter, TableLayout layout, BlockMetaData group) {
        RowGroupFilter ranges = new RowGroupFilter(layout, group);
        return !ranges.isExact() || ranges.mayHold(filter.root());
    }

    /** Whether the columns say all of every row. */
    private boolean isExact() {
        ColumnChunkMetaData raw = chunk(List.of(TableLayout.RAW));
        return raw != null && isAbsent(raw);
    }

    private static boolean isAbsent(ColumnChunkMetaData chunk) {
        Statistics<?> said = chunk.getStatistics();
        return said != null && said.isNumNullsSet() && said.getNumNulls() == chunk.getValueCount();
    }

    private boolean mayHold(RowFilter.Node node) {
        if (node instanceof RowFilter.And and) {
            return mayHold(and.left()) && mayHold(and.right());
        }
        if (node instanceof RowFilter.Or or) {
            return mayHold(or.left()) || mayHold(or.right());
        }
        if (node instanceof RowFilter.Comparison one) {
            Place place = place(one.column());
            return place == null || mayHold(place, one.operator(), one.literal());
        }
        if (node instanceof RowFilter.In in) {
            Place place = place(in.column());
            return place == null
                    || in.literals().stream()
                            .anyMatch(each -> mayHold(place, RowFilter.Operator.EQUAL, each));
        }
        return true;
    }

    /** A column of scalars that are in no list. */
    private record Place(Scalar scalar, ColumnChunkMetaData chunk) {}

    /** Null if it is of another form. */
    private Place place(RowFilter.Column column) {
        List<String> names = column.names();
        Written form = layout.formOf(names.get(0));
        if (form == null || !message.containsField(names.get(0))) {
            return null; // the engine's own
        }
        List<String> path = new ArrayList<>(List.of(names.get(0)));
        org.apache.parquet.schema.Type type = message.getType(names.get(0));
        int next = 1;
        while (!(form instanceof Written.ScalarOf)) {
            int part;
            if (form instanceof Written.OptionalOf optional) {
                form = optional.value();
                part = 0;
            } else {
                List<Written.Field> fields = fieldsOf(form);
                part = next < names.size() ? indexOf(fields, names.get(next++)) : -1;
                form = part < 0 ? null : fields.get(part).written();
            }
            if (form == null || !(type instanceof GroupType within)) {
                return null;
            }
            type = within.getType(part);
            path.add(type.getName());
        }
        ColumnChunkMetaData chunk = chunk(path);
        return next < names.size() || chunk == null
                ? null
                : new Place(((Written.ScalarOf) form).type(), chunk);
    }

    private static List<Written.Field> fieldsOf(Written form) {
        return form instanceof Written.Struct struct
                ? struct.fields()
                : form instanceof Written.RowOf row && row.known() ? row.fields() : List.of();
    }

    /** Less than 0 if none or several have the name. */
    private static int indexOf(List<Written.Field> fields, String name) {
        int found = -1;
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    private ColumnChunkMetaData chunk(List<String> path) {
        ColumnPath wanted = ColumnPath.get(path.toArray(String[]::new));
        for (ColumnChunkMetaData chunk : group.getColumns()) {
            if (chunk.getPath().equals(wanted)) {
                return chunk;
            }
        }
        return null;
    }

    private static boolean mayHold(Place place, RowFilter.Operator operator, JsonNode literal) {
        if (isAbsent(place.chunk())) {
            return false; // a comparison with nothing is never true
        }
        Statistics<?> said = place.chunk().getStatistics();
        if (said == null || !said.hasNonNullValue()) {
            return true;
        }
        return place.scalar() == Scalar.STRING
                ? !literal.isTextual() || texts(said, operator, literal.asText())
                : numbers(place.scalar(), said, operator, literal);
    }

    private static boolean texts(Statistics<?> said, RowFilter.Operator operator, String literal) {
        boolean equality =
                operator == RowFilter.Operator.EQUAL || operator == RowFilter.Operator.NOT_EQUAL;
        if (!equality && literal.chars().anyMatch(c -> c >= FIRST_SURROGATE)) {
            return true;
        }
        Binary sought = Binary.fromConstantByteArray(literal.getBytes(StandardCharsets.UTF_8));
        return mayHold(
                operator,
                said.type().<Binary>comparator().compare((Binary) said.genericGetMin(), sought),
                said.type().<Binary>comparator().compare((Binary) said.genericGetMax(), sought));
    }

    private static boolean numbers(
            Scalar scalar, Statistics<?> said, RowFilter.Operator operator, JsonNode literal) {
        JsonNode min = json(scalar, said.genericGetMin());
        JsonNode max = json(scalar, said.genericGetMax());
        if (min == null || max == null) {
            return true;
        }
        Integer least = RowFilter.order(min, literal);
        Integer greatest = RowFilter.order(max, literal);
        return least == null || greatest == null || mayHold(operator, least, greatest);
    }

    /** A value as rows show it; null if its form does not keep the order. */
    private static JsonNode json(Scalar scalar, Object value) {
        return switch (scalar) {
            case BYTE, SHORT, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> PlainJson.scalar(value);
            case BIG_INTEGER -> PlainJson.scalar(new BigInteger(((Binary) value).getBytesUnsafe()));
            default -> null;
        };
    }

    /**
     * @param least how the least value stands to the literal
     */
    private static boolean mayHold(RowFilter.Operator operator, int least, int greatest) {
        return switch (operator) {
            case EQUAL -> least <= 0 && greatest >= 0;
            case NOT_EQUAL -> least != 0 || greatest != 0;
            case LESS -> least < 0;
            case NOT_MORE -> least <= 0;
            case MORE -> greatest > 0;
            case NOT_LESS -> greatest >= 0;
        };
    }
}
