package io.millrace.api.serialization;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The snapshot of a serializer that is made of others: it stores theirs, and what the outer one
 * adds. Subclasses have a public constructor without arguments, for reading, and one that takes the
 * serializer, for writing.
 *
 * <pre>
 * version 1 := int outer version, outer part, int count, versioned snapshot of each nested serializer
 * </pre>
 *
 * @param <T> the type of the data
 * @param <S> the outer serializer
 */
public abstract class CompositeTypeSerializerSnapshot<T, S extends TypeSerializer<T>>
        implements TypeSerializerSnapshot<T> {
    private static final int VERSION = 1;
    private static final int MAX_NESTED = 65536;

    /** What the outer part says about older data. */
    protected enum OuterSchemaCompatibility {
        /** The outer part is read as it is. */
        COMPATIBLE_AS_IS,
        /** The data must be written again. */
        COMPATIBLE_AFTER_MIGRATION,
        /** The data cannot be read. */
        INCOMPATIBLE
    }

    private TypeSerializerSnapshot<?>[] nested;

    /** To read with. */
    public CompositeTypeSerializerSnapshot() {}

    /**
     * To read with.
     *
     * @param serializerClass not used
     * @deprecated the class need not be given
     */
    @Deprecated
    @SuppressWarnings("rawtypes") // the signature that programs call
    public CompositeTypeSerializerSnapshot(Class<? extends TypeSerializer> serializerClass) {}

    /** To write with. */
    @SuppressWarnings("this-escape")
    public CompositeTypeSerializerSnapshot(S serializerInstance) {
        TypeSerializer<?>[] serializers = getNestedSerializers(serializerInstance);
        nested = new TypeSerializerSnapshot<?>[serializers.length];
        for (int i = 0; i < nested.length; i++) {
            nested[i] = serializers[i].snapshotConfiguration();
        }
    }

    @Override
    public final int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public final void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(getCurrentOuterSnapshotVersion());
        writeOuterSnapshot(out);
        out.writeInt(nested().length);
        for (TypeSerializerSnapshot<?> one : nested()) {
            TypeSerializerSnapshot.writeVersionedSnapshot(out, one);
        }
    }

    @Override
    public final void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
            throws IOException {
        if (readVersion != VERSION) {
            throw new IOException(
                    getClass().getName()
                            + " is stored in version "
                            + readVersion
                            + "; this release knows version "
                            + VERSION
                            + ".");
        }
        readOuterSnapshot(in.readInt(), in, loader);
        int count = in.readInt();
        if (count < 0 || count > MAX_NESTED) {
            throw new IOException(
                    getClass().getName() + " says that it nests " + count + " serializers.");
        }
        List<TypeSerializerSnapshot<?>> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(TypeSerializerSnapshot.readVersionedSnapshot(in, loader));
        }
        nested = read.toArray(new TypeSerializerSnapshot<?>[0]);
    }

    public TypeSerializerSnapshot<?>[] getNestedSerializerSnapshots() {
        return nested().clone();
    }

    private TypeSerializerSnapshot<?>[] nested() {
        if (nested == null) {
            throw new IllegalStateException(
                    getClass().getName() + " has neither been read nor made from a serializer.");
        }
        return nested;
    }

    @Override
    @SuppressWarnings("unchecked")
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> oldSerializerSnapshot) {
        if (oldSerializerSnapshot.getClass() != getClass()) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        CompositeTypeSerializerSnapshot<T, S> old =
                (CompositeTypeSerializerSnapshot<T, S>) oldSerializerSnapshot;
        OuterSchemaCompatibility outer = resolveOuterSchemaCompatibility(old);
        if (outer == OuterSchemaCompatibility.INCOMPATIBLE
                || old.nested().length != nested().length) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        boolean migrate = outer == OuterSchemaCompatibility.COMPATIBLE_AFTER_MIGRATION;
        boolean reconfigured = false;
        TypeSerializer<?>[] parts = new TypeSerializer<?>[nested.length];
        for (int i = 0; i < parts.length; i++) {
            TypeSerializerSchemaCompatibility<?> part = resolve(nested[i], old.nested[i]);
            if (part.isIncompatible()) {
                return TypeSerializerSchemaCompatibility.incompatible();
            }
            migrate |= part.isCompatibleAfterMigration();
            reconfigured |= part.isCompatibleWithReconfiguredSerializer();
            parts[i] =
                    part.isCompatibleWithReconfiguredSerializer()
                            ? part.getReconfiguredSerializer()
                            : nested[i].restoreSerializer();
        }
        if (migrate) {
            return TypeSerializerSchemaCompatibility.compatibleAfterMigration();
        }
        return reconfigured
                ? TypeSerializerSchemaCompatibility.compatibleWithReconfiguredSerializer(
                        createOuterSerializerWithNestedSerializers(parts))
                : TypeSerializerSchemaCompatibility.compatibleAsIs();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // both are of the part at the same place
    private static TypeSerializerSchemaCompatibility<?> resolve(
            TypeSerializerSnapshot own, TypeSerializerSnapshot old) {
        return own.resolveSchemaCompatibility(old);
    }

    @Override
    public final TypeSerializer<T> restoreSerializer() {
        TypeSerializer<?>[] parts = new TypeSerializer<?>[nested().length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = nested[i].restoreSerializer();
        }
        return createOuterSerializerWithNestedSerializers(parts);
    }

    /** Version of the form that {@link #writeOuterSnapshot} writes. */
    protected abstract int getCurrentOuterSnapshotVersion();

    /** The parts, always in the same order. Also called by the constructor. */
    protected abstract TypeSerializer<?>[] getNestedSerializers(S outerSerializer);

    /** The outer serializer over parts in that order. */
    protected abstract S createOuterSerializerWithNestedSerializers(
            TypeSerializer<?>[] nestedSerializers);

    /** Writes what the outer serializer adds to its parts; nothing unless overridden. */
    protected void writeOuterSnapshot(DataOutputView out) throws IOException {}

    /** Reads what {@link #writeOuterSnapshot} wrote. */
    protected void readOuterSnapshot(
            int readOuterSnapshotVersion, DataInputView in, ClassLoader userCodeClassLoader)
            throws IOException {}

    /** What this outer part says about data of the old one; as it is, unless overridden. */
    @SuppressWarnings("unchecked")
    protected OuterSchemaCompatibility resolveOuterSchemaCompatibility(
            TypeSerializerSnapshot<T> oldSerializerSnapshot) {
        return ((CompositeTypeSerializerSnapshot<T, S>) oldSerializerSnapshot)
                .resolveOuterSchemaCompatibility((S) restoreSerializer());
    }

    /**
     * Whether {@code newSerializer} can read data of this, the old outer part.
     *
     * @deprecated override {@link #resolveOuterSchemaCompatibility(TypeSerializerSnapshot)}
     */
    @Deprecated
    protected boolean isOuterSnapshotCompatible(S newSerializer) {
        return true;
    }

    /**
     * Same with all answers.
     *
     * @deprecated override {@link #resolveOuterSchemaCompatibility(TypeSerializerSnapshot)}
     */
    @Deprecated
    protected OuterSchemaCompatibility resolveOuterSchemaCompatibility(S newSerializer) {
        return isOuterSnapshotCompatible(newSerializer)
                ? OuterSchemaCompatibility.COMPATIBLE_AS_IS
                : OuterSchemaCompatibility.INCOMPATIBLE;
    }
}
