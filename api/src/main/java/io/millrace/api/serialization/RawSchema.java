package io.millrace.api.serialization;

import io.millrace.api.type.PrimitiveArrayTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Objects;

/**
 * A message that is one value and nothing else: bytes, a text, or a number of fixed length. Bytes
 * that are no such value are malformed: what then is said by the source ({@code CorruptRecords} of
 * Kafka's). A message without bytes at all, such as a tombstone, is passed over, and null is
 * written as one. Confined to its task.
 */
public final class RawSchema<T> implements DeserializationSchema<T>, SerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final Form<T> form;
    private final TypeInformation<T> type;

    private RawSchema(Form<T> form, TypeInformation<T> type) {
        this.form = form;
        this.type = type;
    }

    /** How a value is bytes. Immutable. */
    private interface Form<T> extends java.io.Serializable {
        T read(byte[] message) throws IOException;

        byte[] write(T value);
    }

    /** The message itself, which is not copied. */
    public static RawSchema<byte[]> bytes() {
        return new RawSchema<>(new Bytes(), PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    /**
     * Texts. Unlike with {@link SimpleStringSchema}, bytes that are no text of the character set
     * are malformed, and characters that it lacks cannot be written.
     */
    public static RawSchema<String> text(Charset charset) {
        return new RawSchema<>(new Text(charset.name()), Types.STRING);
    }

    /** Messages of one byte: 0 is false, all others are true, which is written as 1. */
    public static RawSchema<Boolean> booleans() {
        return new RawSchema<>(new Truth(), Types.BOOLEAN);
    }

    /** Messages of two bytes. */
    public static RawSchema<Short> shorts(ByteOrder order) {
        return new RawSchema<>(new Number<>(Kind.SHORT, isBig(order)), Types.SHORT);
    }

    /** Messages of four bytes. */
    public static RawSchema<Integer> ints(ByteOrder order) {
        return new RawSchema<>(new Number<>(Kind.INT, isBig(order)), Types.INT);
    }

    /** Messages of eight bytes. */
    public static RawSchema<Long> longs(ByteOrder order) {
        return new RawSchema<>(new Number<>(Kind.LONG, isBig(order)), Types.LONG);
    }

    /** Messages of four bytes. */
    public static RawSchema<Float> floats(ByteOrder order) {
        return new RawSchema<>(new Number<>(Kind.FLOAT, isBig(order)), Types.FLOAT);
    }

    /** Messages of eight bytes. */
    public static RawSchema<Double> doubles(ByteOrder order) {
        return new RawSchema<>(new Number<>(Kind.DOUBLE, isBig(order)), Types.DOUBLE);
    }

    private static boolean isBig(ByteOrder order) {
        return Objects.requireNonNull(order, "order") == ByteOrder.BIG_ENDIAN;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {}

    @Override
    public void open(SerializationSchema.InitializationContext context) {}

    @Override
    public T deserialize(byte[] message) throws IOException {
        return message == null ? null : form.read(message);
    }

    @Override
    public byte[] serialize(T element) {
        return element == null ? null : form.write(element);
    }

    @Override
    public boolean isEndOfStream(T nextElement) {
        return false;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    private static void requireLength(byte[] message, int length, String what) throws IOException {
        if (message.length != length) {
            throw new IOException(
                    "a raw " + what + " has " + length + " bytes, not " + message.length);
        }
    }

    private record Bytes() implements Form<byte[]> {
        @Override
        public byte[] read(byte[] message) {
            return message;
        }

        @Override
        public byte[] write(byte[] value) {
            return value;
        }
    }

    /** By name: character sets are not serializable. */
    private record Text(String charset) implements Form<String> {
        @Override
        public String read(byte[] message) throws IOException {
            try {
                return Charset.forName(charset)
                        .newDecoder()
                        .decode(ByteBuffer.wrap(message))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new IOException(
                        "a message of " + message.length + " bytes is no text in " + charset, e);
            }
        }

        @Override
        public byte[] write(String value) {
            try {
                ByteBuffer bytes =
                        Charset.forName(charset).newEncoder().encode(CharBuffer.wrap(value));
                byte[] message = new byte[bytes.remaining()];
                bytes.get(message);
                return message;
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException(
                        "a text of "
                                + value.length()
                                + " characters has some that "
                                + charset
                                + " lacks",
                        e);
            }
        }
    }

    private record Truth() implements Form<Boolean> {
        @Override
        public Boolean read(byte[] message) throws IOException {
            requireLength(message, 1, "boolean");
            return message[0] != 0;
        }

        @Override
        public byte[] write(Boolean value) {
            return new byte[] {(byte) (value ? 1 : 0)};
        }
    }

    private enum Kind {
        SHORT(Short.BYTES),
        INT(Integer.BYTES),
        LONG(Long.BYTES),
        FLOAT(Float.BYTES),
        DOUBLE(Double.BYTES);

        private final int length;

        Kind(int length) {
            this.length = length;
        }
    }

    private record Number<T extends java.lang.Number>(Kind kind, boolean big) implements Form<T> {
        private ByteBuffer in(byte[] bytes) {
            return ByteBuffer.wrap(bytes)
                    .order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        @SuppressWarnings("unchecked") // each kind is made for its own type
        public T read(byte[] message) throws IOException {
            requireLength(message, kind.length, kind.name().toLowerCase(java.util.Locale.ROOT));
            ByteBuffer in = in(message);
            java.lang.Number value =
                    switch (kind) {
                        case SHORT -> (java.lang.Number) in.getShort();
                        case INT -> in.getInt();
                        case LONG -> in.getLong();
                        case FLOAT -> in.getFloat();
                        case DOUBLE -> in.getDouble();
                    };
            return (T) value;
        }

        @Override
        public byte[] write(T value) {
            byte[] bytes = new byte[kind.length];
            ByteBuffer out = in(bytes);
            switch (kind) {
                case SHORT -> out.putShort(value.shortValue());
                case INT -> out.putInt(value.intValue());
                case LONG -> out.putLong(value.longValue());
                case FLOAT -> out.putFloat(value.floatValue());
                case DOUBLE -> out.putDouble(value.doubleValue());
            }
            return bytes;
        }
    }
}
