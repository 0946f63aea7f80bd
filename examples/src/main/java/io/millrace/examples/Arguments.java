package io.millrace.examples;

import java.util.LinkedHashMap;
import java.util.Map;

/** Arguments of the form {@code --name value}. Immutable. */
final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    static Arguments parse(String... args) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new IllegalArgumentException(
                        "wanted --name value …, found '" + args[i] + "' at position " + (i + 1));
            }
            values.put(args[i].substring(2), args[i + 1]);
        }
        return new Arguments(values);
    }

    String required(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }

    String or(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
