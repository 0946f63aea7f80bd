package io.millrace.api.type.bitmap;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.SimpleTypeSerializerSnapshot;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import java.io.IOException;

/** Writes bitmaps: how many bytes (4), and what {@link Bitmap#toBytes} gives. Immutable. */
public final class BitmapSerializer extends TypeSerializer<Bitmap> {
    private static final long serialVersionUID = 1L;

    public static final BitmapSerializer INSTANCE = new BitmapSerializer();

    /** The snapshot of a serializer that never changes. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bitmap> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<Bitmap> duplicate() {
        return this;
    }

    @Override
    public Bitmap createInstance() {
        return Bitmap.empty();
    }

    @Override
    public Bitmap copy(Bitmap from) {
        return Bitmap.fromBytes(from.toBytes());
    }

    @Override
    public Bitmap copy(Bitmap from, Bitmap reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(Bitmap record, DataOutputView target) throws IOException {
        byte[] bytes = record.toBytes();
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public Bitmap deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[readLength(source)];
        source.readFully(bytes);
        try {
            return Bitmap.fromBytes(bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static int readLength(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < 0) {
            throw new IOException("A bitmap cannot have " + length + " bytes: not a bitmap.");
        }
        return length;
    }

    @Override
    public Bitmap deserialize(Bitmap reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        int length = readLength(source);
        target.writeInt(length);
        target.write(source, length);
    }

    @Override
    public TypeSerializerSnapshot<Bitmap> snapshotConfiguration() {
        return new Snapshot();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitmapSerializer;
    }

    @Override
    public int hashCode() {
        return BitmapSerializer.class.getName().hashCode();
    }
}
