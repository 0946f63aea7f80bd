package io.millrace.api.serialization;

/**
 * Whether, and how, a serializer can read data that an older one wrote. Immutable.
 *
 * @param <T> the type of the data
 */
public class TypeSerializerSchemaCompatibility<T> {
    private enum Type {
        COMPATIBLE_AS_IS,
        COMPATIBLE_AFTER_MIGRATION,
        COMPATIBLE_WITH_RECONFIGURED_SERIALIZER,
        INCOMPATIBLE
    }

    private final Type resultType;
    private final TypeSerializer<T> reconfigured;

    private TypeSerializerSchemaCompatibility(Type resultType, TypeSerializer<T> reconfigured) {
        this.resultType = resultType;
        this.reconfigured = reconfigured;
    }

    /** The new serializer reads the old bytes. */
    public static <T> TypeSerializerSchemaCompatibility<T> compatibleAsIs() {
        return new TypeSerializerSchemaCompatibility<>(Type.COMPATIBLE_AS_IS, null);
    }

    /** The old bytes must be read with the old serializer, and written again with the new one. */
    public static <T> TypeSerializerSchemaCompatibility<T> compatibleAfterMigration() {
        return new TypeSerializerSchemaCompatibility<>(Type.COMPATIBLE_AFTER_MIGRATION, null);
    }

    /** {@code reconfiguredSerializer} reads the old bytes and goes on in the new one's place. */
    public static <T> TypeSerializerSchemaCompatibility<T> compatibleWithReconfiguredSerializer(
            TypeSerializer<T> reconfiguredSerializer) {
        return new TypeSerializerSchemaCompatibility<>(
                Type.COMPATIBLE_WITH_RECONFIGURED_SERIALIZER,
                java.util.Objects.requireNonNull(reconfiguredSerializer));
    }

    /** The old data cannot be read. */
    public static <T> TypeSerializerSchemaCompatibility<T> incompatible() {
        return new TypeSerializerSchemaCompatibility<>(Type.INCOMPATIBLE, null);
    }

    public boolean isCompatibleAsIs() {
        return resultType == Type.COMPATIBLE_AS_IS;
    }

    public boolean isCompatibleAfterMigration() {
        return resultType == Type.COMPATIBLE_AFTER_MIGRATION;
    }

    public boolean isCompatibleWithReconfiguredSerializer() {
        return resultType == Type.COMPATIBLE_WITH_RECONFIGURED_SERIALIZER;
    }

    public boolean isIncompatible() {
        return resultType == Type.INCOMPATIBLE;
    }

    /**
     * @throws IllegalStateException unless {@link #isCompatibleWithReconfiguredSerializer}
     */
    public TypeSerializer<T> getReconfiguredSerializer() {
        if (reconfigured == null) {
            throw new IllegalStateException(
                    "There is a reconfigured serializer only if the compatibility is"
                            + " COMPATIBLE_WITH_RECONFIGURED_SERIALIZER; it is "
                            + resultType
                            + ".");
        }
        return reconfigured;
    }

    @Override
    public String toString() {
        return "TypeSerializerSchemaCompatibility{resultType="
                + resultType
                + ", reconfiguredNewSerializer="
                + reconfigured
                + "}";
    }
}
