package io.millrace.api.type.variant;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.SimpleTypeSerializerSnapshot;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import io.millrace.api.type.variant.Variant.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Writes variants. Immutable. */
/* A byte for the type, in the order below and for ever, then the value: numbers big-endian; texts,
 * bytes and the digits of decimals as their length and bytes; times as seconds and nanoseconds;
 * arrays and objects as their size and parts, fields sorted by name.
 */
public final class VariantSerializer extends TypeSerializer<Variant> {
    private static final long serialVersionUID = 1L;

    public static final VariantSerializer INSTANCE = new VariantSerializer();

    private static final List<Type> CODES =
            List.of(
                    Type.NULL,
                    Type.BOOLEAN,
                    Type.TINYINT,
                    Type.SMALLINT,
                    Type.INT,
                    Type.BIGINT,
                    Type.FLOAT,
                    Type.DOUBLE,
                    Type.DECIMAL,
                    Type.STRING,
                    Type.DATE,
                    Type.TIMESTAMP,
                    Type.TIMESTAMP_LTZ,
                    Type.BYTES,
                    Type.ARRAY,
                    Type.OBJECT);

    /** Deeper values are refused: they would end the thread that reads them. */
    static final int MAX_DEPTH = 500;

    /** The snapshot of a serializer that never changes. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Variant> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<Variant> duplicate() {
        return this;
    }

    @Override
    public Variant createInstance() {
        return VariantTree.NULL;
    }

    @Override
    public Variant copy(Variant from) {
        return from;
    }

    @Override
    public Variant copy(Variant from, Variant reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(Variant record, DataOutputView target) throws IOException {
        write(record, target, 0);
    }

    private static void requireDepth(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException(
                    "A variant has more than " + MAX_DEPTH + " values inside each other.");
        }
    }

    private static void write(Variant variant, DataOutputView out, int depth) throws IOException {
        requireDepth(depth);
        Type type = variant.getType();
        out.writeByte(CODES.indexOf(type));
        switch (type) {
            case NULL -> {}
            case BOOLEAN -> out.writeBoolean(variant.getBoolean());
            case TINYINT -> out.writeByte(variant.getByte());
            case SMALLINT -> out.writeShort(variant.getShort());
            case INT -> out.writeInt(variant.getInt());
            case BIGINT -> out.writeLong(variant.getLong());
            case FLOAT -> out.writeFloat(variant.getFloat());
            case DOUBLE -> out.writeDouble(variant.getDouble());
            case DECIMAL -> {
                out.writeInt(variant.getDecimal().scale());
                writeBytes(variant.getDecimal().unscaledValue().toByteArray(), out);
            }
            case STRING -> writeText(variant.getString(), out);
            case DATE -> out.writeLong(variant.getDate().toEpochDay());
            case TIMESTAMP -> {
                out.writeLong(variant.getDateTime().toEpochSecond(ZoneOffset.UTC));
                out.writeInt(variant.getDateTime().getNano());
            }
            case TIMESTAMP_LTZ -> {
                out.writeLong(variant.getInstant().getEpochSecond());
                out.writeInt(variant.getInstant().getNano());
            }
            case BYTES -> writeBytes(variant.getBytes(), out);
            case ARRAY -> {
                out.writeInt(variant.getArraySize());
                for (int i = 0; i < variant.getArraySize(); i++) {
                    write(variant.getElement(i), out, depth + 1);
                }
            }
            case OBJECT -> {
                List<String> names = variant.getFieldNames();
                out.writeInt(names.size());
                for (String name : names) {
                    writeText(name, out);
                    write(variant.getField(name), out, depth + 1);
                }
            }
        }
    }

    private static void writeText(String text, DataOutputView out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public Variant deserialize(DataInputView source) throws IOException {
        return read(source, 0);
    }

    @Override
    public Variant deserialize(Variant reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    private static Variant read(DataInputView in, int depth) throws IOException {
        requireDepth(depth);
        int code = in.readUnsignedByte();
        if (code >= CODES.size()) {
            throw new IOException("There is no variant of type " + code + ": not a variant.");
        }
        Type type = CODES.get(code);
        return switch (type) {
            case NULL -> VariantTree.NULL;
            case BOOLEAN -> new VariantTree(type, in.readBoolean());
            case TINYINT -> new VariantTree(type, in.readByte());
            case SMALLINT -> new VariantTree(type, in.readShort());
            case INT -> new VariantTree(type, in.readInt());
            case BIGINT -> new VariantTree(type, in.readLong());
            case FLOAT -> new VariantTree(type, in.readFloat());
            case DOUBLE -> new VariantTree(type, in.readDouble());
            case DECIMAL -> {
                int scale = in.readInt();
                yield new VariantTree(type, new BigDecimal(new BigInteger(readBytes(in)), scale));
            }
            case STRING -> new VariantTree(type, readText(in));
            case DATE -> new VariantTree(type, LocalDate.ofEpochDay(in.readLong()));
            case TIMESTAMP ->
                    new VariantTree(
                            type,
                            LocalDateTime.ofEpochSecond(
                                    in.readLong(), in.readInt(), ZoneOffset.UTC));
            case TIMESTAMP_LTZ ->
                    new VariantTree(type, Instant.ofEpochSecond(in.readLong(), in.readInt()));
            case BYTES -> new VariantTree(type, readBytes(in));
            case ARRAY -> {
                int size = readSize(in);
                List<Variant> elements = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    elements.add(read(in, depth + 1));
                }
                yield new VariantTree(type, List.copyOf(elements));
            }
            case OBJECT -> {
                int size = readSize(in);
                TreeMap<String, Variant> fields = new TreeMap<>();
                for (int i = 0; i < size; i++) {
                    String name = readText(in);
                    fields.put(name, read(in, depth + 1));
                }
                yield new VariantTree(type, fields);
            }
        };
    }

    private static String readText(DataInputView in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputView in) throws IOException {
        byte[] bytes = new byte[readSize(in)];
        in.readFully(bytes);
        return bytes;
    }

    private static int readSize(DataInputView in) throws IOException {
        int size = in.readInt();
        if (size < 0) {
            throw new IOException("A variant cannot have " + size + " parts: not a variant.");
        }
        return size;
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<Variant> snapshotConfiguration() {
        return new Snapshot();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VariantSerializer;
    }

    @Override
    public int hashCode() {
        return VariantSerializer.class.getName().hashCode();
    }
}
