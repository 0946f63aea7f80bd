package io.millrace.api.serialization;

import java.io.IOException;

/**
 * Adds null to the values of another serializer: a byte 1, or a byte 0 and the value. As
 * thread-safe as that one.
 *
 * @param <T> the type
 */
public final class NullableSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final TypeSerializer<T> original;

    private NullableSerializer(TypeSerializer<T> original) {
        this.original = original;
    }

    /** One that takes null, over {@code original}, which need not. */
    public static <T> TypeSerializer<T> wrap(TypeSerializer<T> original) {
        return original instanceof NullableSerializer<T>
                ? original
                : new NullableSerializer<>(original);
    }

    @Override
    public boolean isImmutableType() {
        return original.isImmutableType();
    }

    @Override
    public TypeSerializer<T> duplicate() {
        TypeSerializer<T> duplicate = original.duplicate();
        return duplicate == original ? this : new NullableSerializer<>(duplicate);
    }

    @Override
    public T createInstance() {
        return original.createInstance();
    }

    @Override
    public T copy(T from) {
        return from == null ? null : original.copy(from);
    }

    @Override
    public T copy(T from, T reuse) {
        if (from == null) {
            return null;
        }
        return reuse == null ? original.copy(from) : original.copy(from, reuse);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T record, DataOutputView target) throws IOException {
        target.writeBoolean(record == null);
        if (record != null) {
            original.serialize(record, target);
        }
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return source.readBoolean() ? null : original.deserialize(source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        if (source.readBoolean()) {
            return null;
        }
        return reuse == null ? original.deserialize(source) : original.deserialize(reuse, source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        boolean isNull = source.readBoolean();
        target.writeBoolean(isNull);
        if (!isNull) {
            original.copy(source, target);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NullableSerializer<?> that && original.equals(that.original);
    }

    @Override
    public int hashCode() {
        return 31 + original.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>(this);
    }

    /** The snapshot: that of the other serializer. */
    public static final class Snapshot<T>
            extends CompositeTypeSerializerSnapshot<T, NullableSerializer<T>> {
        /** To read with. */
        public Snapshot() {}

        Snapshot(NullableSerializer<T> serializer) {
            super(serializer);
        }

        @Override
        protected int getCurrentOuterSnapshotVersion() {
            return 1;
        }

        @Override
        protected TypeSerializer<?>[] getNestedSerializers(NullableSerializer<T> outer) {
            return new TypeSerializer<?>[] {outer.original};
        }

        @Override
        @SuppressWarnings("unchecked")
        protected NullableSerializer<T> createOuterSerializerWithNestedSerializers(
                TypeSerializer<?>[] nested) {
            return new NullableSerializer<>((TypeSerializer<T>) nested[0]);
        }
    }
}
