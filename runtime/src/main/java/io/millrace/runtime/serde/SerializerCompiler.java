package io.millrace.runtime.serde;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes serializers from schemas, one for each different schema. Thread-safe; lives as long as the
 * job whose classes it has met.
 */
final class SerializerCompiler {
    private static final Logger LOG = LoggerFactory.getLogger(SerializerCompiler.class);

    private final ClassLoader userLoader;
    private final GenericClasses genericClasses;
    private final boolean lazy;
    private final Map<Schema, Serializer<?>> made = new ConcurrentHashMap<>();
    private final Map<Class<?>, Serializer<Object>> copiers = new ConcurrentHashMap<>();
    private final AnySerializer any = new AnySerializer(this);

    /**
     * @param userLoader where classes named by a peer are looked for
     */
    SerializerCompiler(ClassLoader userLoader) {
        this(userLoader, new GenericClasses(true));
    }

    SerializerCompiler(ClassLoader userLoader, GenericClasses genericClasses) {
        this(userLoader, genericClasses, false);
    }

    private SerializerCompiler(
            ClassLoader userLoader, GenericClasses genericClasses, boolean lazy) {
        this.userLoader = userLoader;
        this.genericClasses = genericClasses;
        this.lazy = lazy;
    }

    /**
     * For a large family of our own, of which a process sees a few members: each case is made when
     * it is met. A program's types are made at once, so that what is wrong with them is said before
     * the first record.
     */
    static SerializerCompiler ofFamily(ClassLoader loader) {
        return new SerializerCompiler(loader, new GenericClasses(true), true);
    }

    GenericClasses genericClasses() {
        return genericClasses;
    }

    ClassLoader userLoader() {
        return userLoader;
    }

    AnySerializer any() {
        return any;
    }

    /** Copies values of exactly this class, whatever their parts are. */
    Serializer<Object> copierOf(Object value) {
        Serializer<Object> known = copiers.get(value.getClass());
        if (known == null) {
            known = compile(FoundSchema.general(value));
            copiers.put(value.getClass(), known);
        }
        return known;
    }

    @SuppressWarnings("unchecked") // whoever asks knows the schema of its type
    <T> Serializer<T> compile(Schema schema) {
        return (Serializer<T>) compile(schema, new ArrayDeque<>());
    }

    private Serializer<?> compile(Schema schema, Deque<LateSerializer> enclosing) {
        boolean closed = SchemaText.reach(schema) < 0;
        if (closed) {
            Serializer<?> known = made.get(schema);
            if (known != null) {
                return known;
            }
        }
        Serializer<?> serializer = make(schema, enclosing);
        if (closed) {
            made.putIfAbsent(schema, serializer);
        }
        return serializer;
    }

    private Serializer<?> make(Schema schema, Deque<LateSerializer> enclosing) {
        return switch (schema.kind()) {
            case SCALAR -> ScalarSerializer.of(((Schema.ScalarOf) schema).type());
            case ENUM -> new EnumSerializer((Schema.EnumOf) schema);
            case STRUCT -> makeStruct((Schema.Struct) schema, enclosing);
            case UNION -> makeUnion((Schema.Union) schema, enclosing);
            case SEQUENCE -> {
                Schema.Sequence sequence = (Schema.Sequence) schema;
                yield new SequenceSerializer(sequence, part(sequence.element(), enclosing));
            }
            case MAPPING -> {
                Schema.Mapping mapping = (Schema.Mapping) schema;
                yield new MappingSerializer(
                        mapping, part(mapping.key(), enclosing), part(mapping.value(), enclosing));
            }
            case ARRAY -> {
                Schema.ArrayOf array = (Schema.ArrayOf) schema;
                yield new ArraySerializer(array, part(array.element(), enclosing));
            }
            case OPTIONAL -> {
                Schema.OptionalOf optional = (Schema.OptionalOf) schema;
                yield new OptionalSerializer(optional, part(optional.value(), enclosing));
            }
            case OPEN -> {
                Schema.Open open = (Schema.Open) schema;
                yield new OpenSerializer(open, part(open.exact(), enclosing), any);
            }
            case ANY -> any;
            case ROW -> {
                Schema.RowOf row = (Schema.RowOf) schema;
                List<Serializer<Object>> parts = new ArrayList<>();
                for (Schema.Field field : row.fields()) {
                    parts.add(part(field.schema(), enclosing));
                }
                yield new RowSerializer(row, parts, any);
            }
            case CUSTOM -> new CustomSerializer((Schema.Custom) schema);
            case ENCLOSING -> new ArrayList<>(enclosing).get(((Schema.Enclosing) schema).levels());
        };
    }

    @SuppressWarnings("unchecked")
    private Serializer<Object> part(Schema schema, Deque<LateSerializer> enclosing) {
        return (Serializer<Object>) compile(schema, enclosing);
    }

    private Serializer<Object> later(Schema schema, Deque<LateSerializer> enclosing) {
        Deque<LateSerializer> around = new ArrayDeque<>(enclosing);
        return new LazySerializer(schema, isImmutable(schema, around), () -> part(schema, around));
    }

    private static LateSerializer late(Schema schema, Deque<LateSerializer> enclosing) {
        return new LateSerializer(schema, isImmutable(schema, enclosing));
    }

    private static boolean isImmutable(Schema schema, Deque<LateSerializer> enclosing) {
        List<Boolean> answers = enclosing.stream().map(LateSerializer::immutable).toList();
        return Immutability.of(schema, answers);
    }

    private Serializer<?> makeStruct(Schema.Struct struct, Deque<LateSerializer> enclosing) {
        LateSerializer self = late(struct, enclosing);
        enclosing.push(self);
        List<Serializer<?>> parts = new ArrayList<>();
        for (Schema.Field field : struct.fields()) {
            parts.add(compile(field.schema(), enclosing));
        }
        enclosing.pop();
        if (struct.form() == Schema.Form.PLAIN) {
            LOG.info(
                    "type={} is no record and cannot be made by a constructor without arguments;"
                            + " its fields are copied as they are",
                    struct.type().getName());
        }
        Serializer<?> made = StructGenerator.generate(struct, parts, self.immutable());
        self.is(made);
        return made;
    }

    private Serializer<?> makeUnion(Schema.Union union, Deque<LateSerializer> enclosing) {
        LateSerializer self = late(union, enclosing);
        enclosing.push(self);
        List<Serializer<Object>> cases = new ArrayList<>();
        for (Schema one : union.cases()) {
            cases.add(lazy ? later(one, enclosing) : part(one, enclosing));
        }
        enclosing.pop();
        Serializer<?> made = new UnionSerializer(union, cases, self.immutable());
        self.is(made);
        return made;
    }
}
