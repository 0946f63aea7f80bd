package io.millrace.api.type.variant;

import java.util.Base64;
import java.util.List;

/** Writes variants as JSON. Stateless. */
final class VariantJson {
    private VariantJson() {}

    static String of(Variant variant) {
        StringBuilder json = new StringBuilder();
        write(variant, json);
        return json.toString();
    }

    private static void write(Variant variant, StringBuilder json) {
        switch (variant.getType()) {
            case NULL -> json.append("null");
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT -> json.append(variant.get());
            case DECIMAL -> json.append(variant.getDecimal().toPlainString());
            case FLOAT -> number(variant.getFloat(), variant.get(), json);
            case DOUBLE -> number(variant.getDouble(), variant.get(), json);
            case STRING -> text(variant.getString(), json);
            case DATE, TIMESTAMP, TIMESTAMP_LTZ -> text(variant.get().toString(), json);
            case BYTES -> text(Base64.getEncoder().encodeToString(variant.getBytes()), json);
            case ARRAY -> array(variant, json);
            case OBJECT -> object(variant, json);
        }
    }

    /** What JSON has no number for becomes text. */
    private static void number(double value, Object asGiven, StringBuilder json) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            text(asGiven.toString(), json);
        } else {
            json.append(asGiven);
        }
    }

    private static void array(Variant variant, StringBuilder json) {
        json.append('[');
        for (int i = 0; i < variant.getArraySize(); i++) {
            if (i > 0) {
                json.append(',');
            }
            write(variant.getElement(i), json);
        }
        json.append(']');
    }

    private static void object(Variant variant, StringBuilder json) {
        json.append('{');
        List<String> names = variant.getFieldNames();
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            text(names.get(i), json);
            json.append(':');
            write(variant.getField(names.get(i)), json);
        }
        json.append('}');
    }

    private static void text(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
