package io.millrace.runtime.serde;

import java.util.Arrays;

/** Reads data of a written schema, for programs. Immutable. */
final class RestoredTypeSerializer<T> extends BinaryTypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final byte[] writtenSchema;
    private transient volatile ClassLoader userLoader; // these two by any thread, always equal ones
    private transient volatile Serializer<Object> made;

    RestoredTypeSerializer(byte[] writtenSchema, ClassLoader userLoader) {
        this.writtenSchema = writtenSchema;
        this.userLoader = userLoader;
        this.made = make();
    }

    private Serializer<Object> make() {
        return new JobSerializers(userLoader()).readerOf(WrittenSchema.parse(writtenSchema), null);
    }

    @Override
    Serializer<Object> serializer() {
        Serializer<Object> known = made;
        if (known == null) { // after Java deserialization
            known = make();
            made = known;
        }
        return known;
    }

    @Override
    ClassLoader userLoader() {
        ClassLoader known = userLoader;
        return known != null ? known : Thread.currentThread().getContextClassLoader();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RestoredTypeSerializer<?> that
                && Arrays.equals(writtenSchema, that.writtenSchema);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(writtenSchema);
    }
}
