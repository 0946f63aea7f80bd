package io.millrace.api.sink;

import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.TypeSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Serialized records, read anew by each iterator. Confined to its task. */
final class SavedRecords<T> implements Iterable<T> {
    private final byte[] bytes;
    private final TypeSerializer<T> serializer;

    SavedRecords(byte[] bytes, TypeSerializer<T> serializer) {
        this.bytes = bytes;
        this.serializer = serializer;
    }

    @Override
    public Iterator<T> iterator() {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                try {
                    return in.available() > 0;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                try {
                    return serializer.deserialize(in);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
