package io.millrace.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.runtime.serde.PlainValues.Case;
import io.millrace.runtime.serde.PlainValues.Found;
import io.millrace.runtime.serde.PlainValues.Pair;
import io.millrace.runtime.serde.PlainValues.PlainRow;
import io.millrace.runtime.serde.Written;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Values as JSON, for people. Structs are objects, maps with keys that are texts too; other maps
 * are arrays of pairs, bytes hexadecimal, times ISO 8601. Pure.
 */
final class PlainJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PlainJson() {}

    static JsonNode of(Written written, Object value) {
        return of(written, value, List.of());
    }

    /**
     * @param around structs and unions, the outermost first
     */
    private static JsonNode of(Written written, Object value, List<Written> around) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof Found found) {
            return of(found.written(), found.value(), List.of());
        }
        return switch (written.kind()) {
            case SCALAR -> scalar(value);
            case ENUM -> JSON.textNode((String) value);
            case STRUCT ->
                    fields(
                            ((Written.Struct) written).fields(),
                            (Object[]) value,
                            with(around, written));
            case UNION -> {
                Case one = (Case) value;
                Written form = ((Written.Union) written).cases().get(one.index());
                yield of(form, one.value(), with(around, written));
            }
            case SEQUENCE -> list(((Written.Sequence) written).element(), value, around);
            case ARRAY -> list(((Written.ArrayOf) written).element(), value, around);
            case MAPPING -> map((Written.Mapping) written, (List<?>) value, around);
            case OPTIONAL ->
                    of(
                            ((Written.OptionalOf) written).value(),
                            ((Optional<?>) value).orElse(null),
                            around);
            case OPEN -> of(((Written.Open) written).exact(), value, around);
            case ENCLOSING -> {
                int place = around.size() - 1 - ((Written.Enclosing) written).levels();
                yield of(around.get(place), value, around.subList(0, place));
            }
            case ROW -> row((Written.RowOf) written, (PlainRow) value, around);
            case ANY -> JSON.nullNode();
            case CUSTOM -> JSON.textNode(HexFormat.of().formatHex((byte[]) value));
        };
    }

    private static List<Written> with(List<Written> around, Written one) {
        List<Written> longer = new ArrayList<>(around);
        longer.add(one);
        return longer;
    }

    private static ObjectNode fields(
            List<Written.Field> fields, Object[] values, List<Written> around) {
        ObjectNode node = JSON.objectNode();
        for (int i = 0; i < values.length; i++) {
            node.set(fields.get(i).name(), of(fields.get(i).written(), values[i], around));
        }
        return node;
    }

    private static ArrayNode list(Written element, Object values, List<Written> around) {
        ArrayNode node = JSON.arrayNode();
        for (Object each : (List<?>) values) {
            node.add(of(element, each, around));
        }
        return node;
    }

    private static JsonNode map(Written.Mapping mapping, List<?> pairs, List<Written> around) {
        ObjectNode named = JSON.objectNode();
        ArrayNode listed = JSON.arrayNode();
        boolean texts = true;
        for (Object each : pairs) {
            Pair pair = (Pair) each;
            JsonNode key = of(mapping.key(), pair.key(), around);
            JsonNode value = of(mapping.value(), pair.value(), around);
            texts &= key.isTextual();
            named.set(key.asText(), value);
            listed.add(JSON.arrayNode().add(key).add(value));
        }
        return texts ? named : listed;
    }

    private static JsonNode row(Written.RowOf form, PlainRow row, List<Written> around) {
        if (form.known()) {
            return fields(form.fields(), row.fields(), around);
        }
        ObjectNode node = JSON.objectNode();
        for (int i = 0; i < row.fields().length; i++) {
            String name = row.names() == null ? "f" + i : row.names().get(i);
            node.set(name, of(new Written.Any(), row.fields()[i], around));
        }
        return node;
    }

    static JsonNode scalar(Object value) {
        if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        }
        if (value instanceof BigDecimal number) {
            return JSON.numberNode(number);
        }
        if (value instanceof BigInteger number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Double || value instanceof Float) {
            return JSON.numberNode(((Number) value).doubleValue());
        }
        if (value instanceof Number number) {
            return JSON.numberNode(number.longValue());
        }
        if (value instanceof byte[] bytes) {
            return JSON.textNode(HexFormat.of().formatHex(bytes));
        }
        if (value instanceof char[] chars) {
            return JSON.textNode(new String(chars));
        }
        if (value.getClass().isArray()) {
            ArrayNode node = JSON.arrayNode();
            for (int i = 0; i < Array.getLength(value); i++) {
                node.add(scalar(Array.get(value, i)));
            }
            return node;
        }
        if (value instanceof Timestamp at) {
            return JSON.textNode(at.toInstant().toString());
        }
        if (value instanceof Date at) {
            return JSON.textNode(java.time.Instant.ofEpochMilli(at.getTime()).toString());
        }
        return JSON.textNode(value.toString());
    }
}
