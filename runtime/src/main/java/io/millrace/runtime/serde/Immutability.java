package io.millrace.runtime.serde;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether values can never change. A type that contains itself is immutable if the rest of it is:
 * it is assumed to be when its parts are asked. Pure.
 */
final class Immutability {
    private Immutability() {}

    /**
     * @param enclosing the answers for the structs and unions around the schema, nearest first
     */
    static boolean of(Schema schema, List<Boolean> enclosing) {
        return switch (schema.kind()) {
            case SCALAR -> ((Schema.ScalarOf) schema).type().immutable();
            case ENUM -> true;
            case STRUCT -> {
                Schema.Struct struct = (Schema.Struct) schema;
                List<Boolean> inside = inside(enclosing);
                yield struct.form() == Schema.Form.RECORD
                        && struct.fields().stream().allMatch(f -> of(f.schema(), inside));
            }
            case UNION -> {
                List<Boolean> inside = inside(enclosing);
                yield ((Schema.Union) schema).cases().stream().allMatch(c -> of(c, inside));
            }
            case OPTIONAL -> of(((Schema.OptionalOf) schema).value(), enclosing);
            case ENCLOSING -> enclosing.get(((Schema.Enclosing) schema).levels());
            // What a program's own serializer says is asked of it where the value is copied.
            case SEQUENCE, MAPPING, ARRAY, OPEN, ANY, ROW, CUSTOM -> false;
        };
    }

    private static List<Boolean> inside(List<Boolean> enclosing) {
        List<Boolean> inside = new ArrayList<>(enclosing.size() + 1);
        inside.add(true);
        inside.addAll(enclosing);
        return inside;
    }
}
