package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeSerializer;
import java.io.IOException;

/**
 * Writes values with a serializer of the program's own.
 *
 * <pre>
 * value := int length in bytes, what the serializer wrote
 * </pre>
 *
 * <p>Thread-safe: a serializer with state is duplicated for each thread that is inside at a time.
 */
final class CustomSerializer extends Serializer<Object> {
    private final Schema.Custom schema;
    private final SerializerPool pool;
    private final boolean immutable;

    @SuppressWarnings("unchecked") // the type says what it serializes
    CustomSerializer(Schema.Custom schema) {
        this.schema = schema;
        TypeSerializer<Object> serializer =
                (TypeSerializer<Object>) schema.type().createSerializer(new SerializerSettings());
        if (serializer == null) {
            throw new MillraceException(
                    ErrorCode.RECORD_TYPE_UNKNOWN,
                    schema.type().getClass().getName()
                            + ".createSerializer returned null for "
                            + schema.type());
        }
        this.pool = new SerializerPool(serializer);
        this.immutable = serializer.isImmutableType();
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        int start = out.size();
        out.writeInt(0);
        TypeSerializer<Object> serializer = pool.take();
        out.enter();
        try {
            serializer.serialize(value, out.view());
        } catch (IOException e) {
            throw failed("write", e);
        }
        out.exit();
        pool.giveBack(serializer);
        out.putInt(start, out.size() - start - Integer.BYTES);
    }

    @Override
    public Object read(BinaryReader in) {
        TypeSerializer<Object> serializer = pool.take();
        Object value = read(serializer, in);
        pool.giveBack(serializer);
        return value;
    }

    /** Reads a value with a serializer that may be another one than it was written with. */
    static Object read(TypeSerializer<Object> serializer, BinaryReader in) {
        int length = in.readInt();
        if (length < 0 || length > in.remaining()) {
            throw new CorruptDataException(
                    "length "
                            + length
                            + " with "
                            + in.remaining()
                            + " bytes left at "
                            + in.position());
        }
        int end = in.position() + length;
        int outerEnd = in.limit(end);
        in.enter();
        Object value;
        try {
            value = serializer.deserialize(in.view());
        } catch (IOException e) {
            throw new CorruptDataException(serializer.getClass().getName() + ": " + e, e);
        } finally {
            in.limit(outerEnd);
        }
        in.exit();
        if (in.position() != end) {
            throw new CorruptDataException(
                    serializer.getClass().getName()
                            + " wrote "
                            + length
                            + " bytes for a value, but read "
                            + (length - (end - in.position()))
                            + " of them");
        }
        return value;
    }

    @Override
    public Object copy(Object value) {
        if (immutable) {
            return value;
        }
        TypeSerializer<Object> serializer = pool.take();
        Object copy = serializer.copy(value);
        pool.giveBack(serializer);
        return copy;
    }

    private MillraceException failed(String verb, IOException cause) {
        return new MillraceException(
                ErrorCode.RECORD_TYPE_UNKNOWN,
                "the serializer of "
                        + schema.type()
                        + " could not "
                        + verb
                        + " a value: "
                        + cause.getMessage(),
                cause);
    }

    @Override
    public boolean immutable() {
        return immutable;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    TypeSerializer<Object> prototype() {
        return pool.prototype();
    }

    @Override
    boolean fits(Object value) {
        return schema.type().getTypeClass().isInstance(value);
    }
}
