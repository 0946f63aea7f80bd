package io.millrace.runtime.state;

import io.millrace.runtime.serde.Serializer;

/**
 * What one table is. Immutable.
 *
 * @param name unique in the operator
 * @param namespaces of what a key is divided by, such as windows; null if by nothing
 * @param mapKeys for {@code MAP}; else null
 * @param values of the value, of a list's element, or of a map's value
 * @param lifetime of each value, element and map value, which are stamped then; null if they live
 *     for ever
 */
public record TableSpec(
        String name,
        Shape shape,
        Serializer<Object> namespaces,
        Serializer<Object> mapKeys,
        Serializer<Object> values,
        Lifetime lifetime) {

    /** What a key has in a table. */
    public enum Shape {
        VALUE,
        LIST,
        MAP
    }

    /** Of what lives for ever. */
    public TableSpec(
            String name,
            Shape shape,
            Serializer<Object> namespaces,
            Serializer<Object> mapKeys,
            Serializer<Object> values) {
        this(name, shape, namespaces, mapKeys, values, null);
    }

    public TableSpec {
        if ((shape == Shape.MAP) != (mapKeys != null)) {
            throw new IllegalArgumentException(name + ": keys of a map for a " + shape);
        }
    }
}
