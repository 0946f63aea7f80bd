package io.millrace.runtime.serde;

import io.millrace.api.type.TypeInformation;

/** Makes serializers. Stateless; any thread. */
public final class Serializers {
    private Serializers() {}

    /**
     * A serializer of the records of a type, for one that stands alone; tasks share {@link
     * JobSerializers}.
     *
     * @param typeOrNull null if the type is to be found from the records, of any classes, at run
     *     time
     * @param userLoader where a class that a peer names is looked for
     * @throws io.millrace.api.error.MillraceException {@code RECORD_TYPE_UNKNOWN} naming the class
     *     and the field if the type has a part without serial form
     */
    public static Serializer<Object> of(TypeInformation<?> typeOrNull, ClassLoader userLoader) {
        return new JobSerializers(userLoader).of(typeOrNull);
    }

    /**
     * A serializer of a family of our own: a record, or a sealed interface of records, whose
     * components are scalars, enums, records, sealed families, lists, sets, maps, arrays and
     * optionals of known types. Any component that is no primitive may be null.
     *
     * @throws IllegalArgumentException if a component's type is open
     */
    public static <T> Serializer<T> ofSealed(Class<T> sealedOrRecord) {
        Schema schema = ReflectedSchema.of(sealedOrRecord);
        SchemaText.requireKnown(schema, sealedOrRecord.getSimpleName());
        return SerializerCompiler.ofFamily(sealedOrRecord.getClassLoader()).compile(schema);
    }

    /**
     * A serializer of a family of our own that reads what an earlier or later release wrote: fields
     * that it does not know are skipped, those that were not written are null or zero.
     *
     * @param written lies beside the data
     * @throws io.millrace.api.error.MillraceException {@code SCHEMA_INCOMPATIBLE} naming class,
     *     field and both types
     */
    @SuppressWarnings("unchecked") // it makes values of the schema's class
    public static <T> Serializer<T> ofSealed(Class<T> sealedOrRecord, WrittenSchema written) {
        Schema schema = ReflectedSchema.of(sealedOrRecord);
        SchemaText.requireKnown(schema, sealedOrRecord.getSimpleName());
        return (Serializer<T>)
                Evolution.reader(
                        written.root(),
                        schema,
                        new SerializerCompiler(sealedOrRecord.getClassLoader()));
    }
}
