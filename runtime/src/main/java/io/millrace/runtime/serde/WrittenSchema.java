package io.millrace.runtime.serde;

/**
 * What is stored beside data so that it can be read when the classes have changed: names and types
 * of all that was written. Immutable.
 *
 * <p>Data beside a written schema is to be written with {@link WriterStructures#selfDescribing}, so
 * that what is found at run time is described by itself too.
 */
public final class WrittenSchema {
    private static final int FIRST_BYTES = 256;

    private final Written root;

    public WrittenSchema(Written root) {
        this.root = root;
    }

    /** What a serializer writes. */
    public static WrittenSchema of(Serializer<?> serializer) {
        return new WrittenSchema(Written.of(serializer.schema()));
    }

    /**
     * Reads what {@link #toBytes} gave.
     *
     * @throws CorruptDataException if the bytes are not of that form, or of a newer version
     */
    public static WrittenSchema parse(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        Written root = WrittenCodec.read(in);
        if (in.remaining() != 0) {
            throw new CorruptDataException(
                    in.remaining() + " bytes too many after a written schema");
        }
        return new WrittenSchema(root);
    }

    public byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        WrittenCodec.write(root, out);
        return out.toByteArray();
    }

    public Written root() {
        return root;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrittenSchema that && root.equals(that.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
