package io.millrace.runtime.serde;

import io.millrace.api.type.TypeInformation;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What a serializer writes: names and types, as a closed family of values. Immutable; equal schemas
 * of the same classes have the same wire form. {@code SerializerCompiler} makes the serializer.
 */
public sealed interface Schema {
    Kind kind();

    /** A number that differs, but for bad luck, where the wire form or a name differs. */
    default int hash() {
        return SchemaText.hash(this);
    }

    /** One line: {@code com.x.Count{word STRING?, count LONG}}; a question mark says nullable. */
    default String text() {
        return SchemaText.of(this);
    }

    /** The members of the family; the ordinal is the tag on the wire. */
    enum Kind {
        SCALAR,
        ENUM,
        STRUCT,
        UNION,
        SEQUENCE,
        MAPPING,
        ARRAY,
        OPTIONAL,
        OPEN,
        ANY,
        ENCLOSING,
        ROW,
        CUSTOM
    }

    /** A type without parts. */
    record ScalarOf(Scalar type) implements Schema {
        @Override
        public Kind kind() {
            return Kind.SCALAR;
        }
    }

    /** An enum, written as the index in {@code constants}. */
    record EnumOf(Class<?> type, List<String> constants) implements Schema {
        public EnumOf {
            constants = List.copyOf(constants);
        }

        @Override
        public Kind kind() {
            return Kind.ENUM;
        }
    }

    /**
     * A class with fields, written in groups of 32: presence bits of the nullable ones, then
     * values.
     */
    record Struct(Form form, Class<?> type, List<Field> fields) implements Schema {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public Kind kind() {
            return Kind.STRUCT;
        }
    }

    /** How an instance of a struct is made. */
    enum Form {
        /** By the canonical constructor. */
        RECORD,
        /** By the constructor without arguments; the fields are set. */
        POJO,
        /** Like a POJO; the fields are f0, f1 and so on. */
        TUPLE,
        /** Without a constructor, which the class does not offer; the fields are set. */
        PLAIN
    }

    /**
     * A part of a struct.
     *
     * @param nullable false for primitives only
     */
    record Field(String name, boolean nullable, Schema schema) {}

    /** A sealed hierarchy: the index of the case, then its value. */
    record Union(Class<?> type, List<Schema> cases) implements Schema {
        public Union {
            cases = List.copyOf(cases);
        }

        @Override
        public Kind kind() {
            return Kind.UNION;
        }
    }

    /** A list, set or queue: size and a flag for nulls, then the elements in order. */
    record Sequence(SequenceForm form, Schema element) implements Schema {
        @Override
        public Kind kind() {
            return Kind.SEQUENCE;
        }
    }

    /** A map: size and a flag for nulls, then keys and values in order. */
    record Mapping(MappingForm form, Schema key, Schema value) implements Schema {
        @Override
        public Kind kind() {
            return Kind.MAPPING;
        }
    }

    /** An array of references; arrays of primitives are scalars. */
    record ArrayOf(Class<?> elementType, Schema element) implements Schema {
        @Override
        public Kind kind() {
            return Kind.ARRAY;
        }
    }

    /** A {@link java.util.Optional}. */
    record OptionalOf(Schema value) implements Schema {
        @Override
        public Kind kind() {
            return Kind.OPTIONAL;
        }
    }

    /**
     * A class that is not final: a flag, then {@code exact}, or what is found if it is a subclass.
     */
    record Open(Class<?> type, Schema exact) implements Schema {
        @Override
        public Kind kind() {
            return Kind.OPEN;
        }
    }

    /** Found from each value at run time; may be null. */
    record Any() implements Schema {
        @Override
        public Kind kind() {
            return Kind.ANY;
        }
    }

    /**
     * The struct or union around this place.
     *
     * @param levels 0 for the nearest one
     */
    record Enclosing(int levels) implements Schema {
        @Override
        public Kind kind() {
            return Kind.ENCLOSING;
        }
    }

    /**
     * A {@link io.millrace.api.type.Row}.
     *
     * @param known false if number, names and types of the fields are found at run time
     * @param fields all nullable; empty unless known
     */
    record RowOf(boolean known, List<Field> fields) implements Schema {
        public RowOf {
            fields = List.copyOf(fields);
        }

        @Override
        public Kind kind() {
            return Kind.ROW;
        }
    }

    /** A type whose description brings its own serializer. */
    record Custom(TypeInformation<?> type) implements Schema {
        @Override
        public Kind kind() {
            return Kind.CUSTOM;
        }
    }

    /** What a sequence is when it is read; the ordinal is its tag on the wire. */
    enum SequenceForm {
        LIST(List.class, java.util.ArrayList::new),
        LINKED_LIST(LinkedList.class, n -> new LinkedList<>()),
        QUEUE(java.util.Deque.class, ArrayDeque::new),
        SET(Set.class, n -> new LinkedHashSet<>()),
        HASH_SET(java.util.HashSet.class, n -> new java.util.HashSet<>()),
        SORTED_SET(SortedSet.class, n -> new TreeSet<>());

        final Class<?> type;
        final IntFunction<Collection<Object>> make;

        SequenceForm(Class<?> type, IntFunction<Collection<Object>> make) {
            this.type = type;
            this.make = make;
        }
    }

    /** What a map is when it is read; the ordinal is its tag on the wire. */
    enum MappingForm {
        MAP(Map.class, java.util.LinkedHashMap::new),
        HASH_MAP(java.util.HashMap.class, java.util.HashMap::new),
        SORTED_MAP(SortedMap.class, TreeMap::new),
        CONCURRENT_MAP(java.util.concurrent.ConcurrentMap.class, ConcurrentHashMap::new);

        final Class<?> type;
        final Supplier<Map<Object, Object>> make;

        MappingForm(Class<?> type, Supplier<Map<Object, Object>> make) {
            this.type = type;
            this.make = make;
        }
    }
}
