package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Lets values write and read themselves. Immutable and thread-safe. */
final class ValueSerializer<T extends Value> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;
    private static final int FIRST_BYTES = 64;

    private final Class<T> type;

    ValueSerializer(Class<T> type) {
        this.type = type;
    }

    @Override
    public boolean isImmutableType() {
        return type == NullValue.class;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    public T createInstance() {
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new MillraceException(
                    ErrorCode.RECORD_TYPE_UNKNOWN,
                    type.getName() + ", a Value, needs a public constructor without arguments",
                    e);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a copyable value copies to its own class
    public T copy(T from) {
        if (from instanceof CopyableValue<?> copyable) {
            return (T) copyable.copy();
        }
        try {
            DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);
            from.write(out);
            return deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        } catch (IOException e) {
            throw new UncheckedIOException("a copy of a " + type.getName(), e);
        }
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T record, DataOutputView target) throws IOException {
        record.write(target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return deserialize(createInstance(), source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        reuse.read(source);
        return reuse;
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        deserialize(source).write(target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueSerializer<?> that && type == that.type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new ValueSnapshot<>(type);
    }
}
