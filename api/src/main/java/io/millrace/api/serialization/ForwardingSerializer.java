package io.millrace.api.serialization;

import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;

/** A named class over a serializer of the engine. As thread-safe as that one. */
abstract class ForwardingSerializer<T> extends TypeSerializer<T> implements ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    private final TypeSerializer<T> engine;

    ForwardingSerializer(TypeSerializer<T> engine) {
        this.engine = engine;
    }

    final TypeSerializer<T> engine() {
        return engine;
    }

    /** The type that the engine's serializer was made of. */
    @Override
    @SuppressWarnings("unchecked") // a serializer writes the type that it was made of
    public TypeInformation<T> getProducedType() {
        return ((ResultTypeQueryable<T>) engine).getProducedType();
    }

    @Override
    public boolean isImmutableType() {
        return engine.isImmutableType();
    }

    @Override
    public T createInstance() {
        return engine.createInstance();
    }

    @Override
    public T copy(T from) {
        return engine.copy(from);
    }

    @Override
    public T copy(T from, T reuse) {
        return engine.copy(from, reuse);
    }

    @Override
    public int getLength() {
        return engine.getLength();
    }

    @Override
    public void serialize(T record, DataOutputView target) throws IOException {
        engine.serialize(record, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return engine.deserialize(source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return engine.deserialize(reuse, source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        engine.copy(source, target);
    }

    @Override
    public boolean equals(Object other) {
        return other != null
                && other.getClass() == getClass()
                && engine.equals(((ForwardingSerializer<?>) other).engine);
    }

    @Override
    public int hashCode() {
        return engine.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return engine.snapshotConfiguration();
    }

    @Override
    public String toString() {
        return engine.toString();
    }
}
