package io.millrace.api.input;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.IOReadableWritable;
import java.io.IOException;
import java.lang.reflect.Constructor;

/**
 * Reads values that read themselves; what a {@code SerializedOutputFormat} has written. Confined to
 * its task.
 */
public class SerializedInputFormat<T extends IOReadableWritable> extends BinaryInputFormat<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type; // null if whoever reads brings the objects

    /** For who calls {@code nextRecord} with an object to be filled. */
    public SerializedInputFormat() {
        this(null);
    }

    /**
     * @param type of the records, with a constructor without parameters
     */
    public SerializedInputFormat(Class<T> type) {
        this.type = type;
    }

    /**
     * @throws IOException if there is no object to be filled and none can be made
     */
    @Override
    protected T deserialize(T reuse, DataInputView dataInput) throws IOException {
        T record = reuse == null ? made() : reuse;
        record.read(dataInput);
        return record;
    }

    private T made() throws IOException {
        if (type == null) {
            throw new IOException(
                    "A SerializedInputFormat does not know the class of its records. Give it:"
                            + " new SerializedInputFormat<>(MyRecord.class).");
        }
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IOException(
                    type.getName() + " needs a constructor without parameters to be read.", e);
        }
    }
}
