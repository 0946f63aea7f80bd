package io.millrace.api.accumulator;

import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.serialization.TypeSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All values as the bytes of their serializer, for values that are not {@code Serializable}. Not
 * thread-safe.
 */
public class SerializedListAccumulator<T> implements Accumulator<T, ArrayList<byte[]>> {
    private static final long serialVersionUID = 1L;
    private static final int INITIAL_BYTES = 64;

    private ArrayList<byte[]> values = new ArrayList<>();

    public SerializedListAccumulator() {}

    /**
     * @throws UnsupportedOperationException always: without a serializer the value has no bytes
     */
    @Override
    public void add(T value) {
        throw new UnsupportedOperationException(
                "Add values with their serializer: add(value, serializer).");
    }

    public void add(T value, TypeSerializer<T> serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(INITIAL_BYTES);
        serializer.serialize(value, out);
        values.add(out.getCopyOfBuffer());
    }

    /** The list itself, which goes on changing. */
    @Override
    public ArrayList<byte[]> getLocalValue() {
        return values;
    }

    @Override
    public void resetLocal() {
        values.clear();
    }

    @Override
    public void merge(Accumulator<T, ArrayList<byte[]>> other) {
        values.addAll(other.getLocalValue());
    }

    @Override
    public SerializedListAccumulator<T> clone() {
        SerializedListAccumulator<T> copy = new SerializedListAccumulator<>();
        copy.values = new ArrayList<>(values);
        return copy;
    }

    /** The values of a result. */
    public static <T> List<T> deserializeList(ArrayList<byte[]> data, TypeSerializer<T> serializer)
            throws IOException, ClassNotFoundException {
        List<T> result = new ArrayList<>(data.size());
        for (byte[] bytes : data) {
            result.add(serializer.deserialize(new DataInputDeserializer(bytes)));
        }
        return result;
    }

    @Override
    public String toString() {
        return "SerializedListAccumulator of " + values.size() + " values";
    }
}
