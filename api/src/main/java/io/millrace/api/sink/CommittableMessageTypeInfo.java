package io.millrace.api.sink;

import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.type.TypeInformation;
import java.util.Objects;

/**
 * The type of the messages between writers and committer. Immutable.
 *
 * @param <CommT> what is to be committed
 */
public class CommittableMessageTypeInfo<CommT> extends TypeInformation<CommittableMessage<CommT>> {
    private static final long serialVersionUID = 1L;

    private final SerializableSupplier<SimpleVersionedSerializer<CommT>> committableSerializer;

    private CommittableMessageTypeInfo(
            SerializableSupplier<SimpleVersionedSerializer<CommT>> committableSerializer) {
        this.committableSerializer =
                Objects.requireNonNull(
                        committableSerializer, "The serializer of the committables is null.");
    }

    /** Of messages whose committables are written so. */
    public static <CommT> TypeInformation<CommittableMessage<CommT>> of(
            SerializableSupplier<SimpleVersionedSerializer<CommT>> committableSerializerFactory) {
        return new CommittableMessageTypeInfo<>(committableSerializerFactory);
    }

    /** Of messages without committables. */
    public static TypeInformation<CommittableMessage<Void>> noOutput() {
        return new CommittableMessageTypeInfo<>(NoCommittables::new);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // the class of any message
    public Class<CommittableMessage<CommT>> getTypeClass() {
        return (Class) CommittableMessage.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<CommittableMessage<CommT>> createSerializer(SerializerConfig config) {
        return new CommittableMessageSerializer<>(committableSerializer);
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CommittableMessageTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommittableMessageTypeInfo<?> that
                && committableSerializer.get().getClass()
                        == that.committableSerializer.get().getClass();
    }

    @Override
    public int hashCode() {
        return committableSerializer.get().getClass().hashCode();
    }

    @Override
    public String toString() {
        return "CommittableMessageTypeInfo("
                + committableSerializer.get().getClass().getName()
                + ")";
    }

    /** There is nothing to be written. */
    private static final class NoCommittables implements SimpleVersionedSerializer<Void> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Void nothing) {
            throw new IllegalStateException("These messages have no committables.");
        }

        @Override
        public Void deserialize(int version, byte[] serialized) {
            throw new IllegalStateException("These messages have no committables.");
        }
    }
}
