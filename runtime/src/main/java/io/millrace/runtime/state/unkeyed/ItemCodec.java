package io.millrace.runtime.state.unkeyed;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.ReaderStructures;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WriterStructures;
import io.millrace.runtime.serde.WrittenSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * Items of one or two values as bytes: elements of a list, or keys and values of a map. Immutable;
 * any thread.
 */
final class ItemCodec {
    private static final int DESCRIPTION_BYTES = 256;
    private static final int ITEM_BYTES = 64;

    private final List<Serializer<Object>> parts;
    private final byte[] description;

    ItemCodec(List<Serializer<Object>> parts) {
        this.parts = List.copyOf(parts);
        BinaryWriter out = new BinaryWriter(DESCRIPTION_BYTES);
        parts.forEach(part -> out.writeByteArray(WrittenSchema.of(part).toBytes()));
        this.description = out.toByteArray();
    }

    /** What a reader must know. */
    byte[] description() {
        return description;
    }

    boolean immutable() {
        return parts.stream().allMatch(Serializer::immutable);
    }

    /** An element of a list. */
    void write(Object element, BinaryWriter out) {
        write(out, element);
    }

    /** An entry of a map, or an element. */
    void write(BinaryWriter out, Object... values) {
        BinaryWriter item = new BinaryWriter(ITEM_BYTES);
        item.attach(WriterStructures.selfDescribing());
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                item.writeBoolean(values[i] != null);
            }
            if (i == 0 || values[i] != null) {
                parts.get(i).write(values[i], item);
            }
        }
        out.writeVarInt(item.size());
        out.writeBytes(item.array(), 0, item.size());
    }

    /**
     * Reads items that may have been written with other classes.
     *
     * @return for each item its values
     * @throws io.millrace.api.error.MillraceException {@code SCHEMA_INCOMPATIBLE} naming class,
     *     field and both types
     */
    List<Object[]> read(byte[] writtenDescription, List<byte[]> items, JobSerializers serializers) {
        BinaryReader schemas = new BinaryReader(writtenDescription);
        List<Serializer<Object>> readers = new ArrayList<>();
        for (Serializer<Object> part : parts) {
            readers.add(serializers.readerInto(WrittenSchema.parse(schemas.readByteArray()), part));
        }
        if (schemas.remaining() != 0) {
            throw new CorruptDataException(
                    "a description of more than " + parts.size() + " values");
        }
        List<Object[]> all = new ArrayList<>(items.size());
        for (byte[] item : items) {
            BinaryReader in = new BinaryReader(item);
            in.attach(new ReaderStructures());
            Object[] values = new Object[readers.size()];
            for (int i = 0; i < values.length; i++) {
                boolean there = i == 0 || in.readBoolean();
                values[i] = there ? readers.get(i).read(in) : null;
            }
            all.add(values);
        }
        return all;
    }
}
