package io.millrace.runtime.serde;

import io.millrace.api.type.TypeInformation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The serializers that the tasks of one program in this process share: each is generated, and
 * compiled by the JIT, once. Thread-safe; holds the program's classes.
 */
public final class JobSerializers {
    private final SerializerCompiler compiler;
    private final Map<Optional<TypeInformation<?>>, Serializer<Object>> known =
            new ConcurrentHashMap<>();

    /**
     * @param userLoader where a class that a peer names is looked for
     */
    public JobSerializers(ClassLoader userLoader) {
        this.compiler = new SerializerCompiler(userLoader);
    }

    /**
     * @param genericTypes false to refuse classes of which no more is known
     */
    public JobSerializers(ClassLoader userLoader, boolean genericTypes) {
        this.compiler = new SerializerCompiler(userLoader, new GenericClasses(genericTypes));
    }

    /**
     * A serializer of the records of a type.
     *
     * @param typeOrNull null if the type is to be found from the records, of any classes, at run
     *     time
     * @throws io.millrace.api.error.MillraceException {@code RECORD_TYPE_UNKNOWN} naming the class
     *     and the field if the type has a part without serial form
     */
    public Serializer<Object> of(TypeInformation<?> typeOrNull) {
        return known.computeIfAbsent(
                Optional.ofNullable(typeOrNull),
                type -> {
                    if (type.isEmpty()) {
                        return compiler.any();
                    }
                    compiler.genericClasses().met(type.get());
                    return compiler.compile(ReflectedSchema.of(type.get()));
                });
    }

    /** A serializer of values that the engine has composed of others: of a schema with theirs. */
    public Serializer<Object> ofSchema(Schema schema) {
        return compiler.compile(schema);
    }

    /**
     * A serializer that reads data which was written with another one, by the written schema that
     * lies beside it; what it writes has the form of today.
     *
     * @param typeOrNull null to read into the classes of the same names as they are now
     * @throws io.millrace.api.error.MillraceException {@code SCHEMA_INCOMPATIBLE} naming class,
     *     field and both types
     */
    public Serializer<Object> readerOf(WrittenSchema written, TypeInformation<?> typeOrNull) {
        Schema now = typeOrNull == null ? new Schema.Any() : ReflectedSchema.of(typeOrNull);
        return Evolution.reader(written.root(), now, compiler);
    }

    /**
     * The same for what a serializer of today writes.
     *
     * @param now what reads, and writes, today
     * @throws io.millrace.api.error.MillraceException {@code SCHEMA_INCOMPATIBLE} naming class,
     *     field and both types
     */
    public Serializer<Object> readerInto(WrittenSchema written, Serializer<Object> now) {
        return now.over(Evolution.reader(written.root(), now.schema(), compiler));
    }
}
