package io.millrace.api.type;

/** The shapes of types that the runtime generates code for. */
public enum TypeKind {
    /** A single immutable value, or a date: see {@link BasicTypeInfo}. */
    BASIC,
    /** An array of a primitive type: {@link PrimitiveArrayTypeInfo}. */
    PRIMITIVE_ARRAY,
    /** An array of objects: {@link ObjectArrayTypeInfo}, {@link BasicArrayTypeInfo}. */
    OBJECT_ARRAY,
    /** A {@code Tuple0} to {@code Tuple25}: {@link TupleTypeInfo}. */
    TUPLE,
    /** A class with a default constructor and reachable fields: {@link PojoTypeInfo}. */
    POJO,
    /** A Java record: {@link RecordTypeInfo}. */
    RECORD,
    /** An enum: {@link EnumTypeInfo}. */
    ENUM,
    /** A {@code List}: {@link ListTypeInfo}. */
    LIST,
    /** A {@code Set}: {@link SetTypeInfo}. */
    SET,
    /** A {@code Map}: {@link MapTypeInfo}. */
    MAP,
    /** An {@code Optional}: {@link OptionalTypeInfo}. */
    OPTIONAL,
    /** A sealed interface or class and all its leaves: {@link SealedTypeInfo}. */
    SEALED,
    /** A {@link Row} with known fields: {@link RowTypeInfo}. */
    ROW,
    /** One of two values: {@link EitherTypeInfo}. */
    EITHER,
    /** A class about which no more is known: {@link GenericTypeInfo}. */
    GENERIC,
    /** No value at all: {@link NothingTypeInfo}. */
    NOTHING,
    /** A description that brings its own serializer. */
    CUSTOM
}
