package io.millrace.api.serialization;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** An input view of memory. Confined to its reader. */
public class DataInputDeserializer extends DataInputViewStreamWrapper {
    public DataInputDeserializer() {
        this(new byte[0]);
    }

    /**
     * @param buffer not copied
     */
    public DataInputDeserializer(byte[] buffer) {
        this(buffer, 0, buffer.length);
    }

    public DataInputDeserializer(byte[] buffer, int start, int len) {
        super(new ByteArrayInputStream(buffer, start, len));
    }

    /** Goes on with other bytes, which are not copied. */
    public void setBuffer(byte[] buffer) {
        setBuffer(buffer, 0, buffer.length);
    }

    public void setBuffer(byte[] buffer, int start, int len) {
        in = new ByteArrayInputStream(buffer, start, len);
    }

    /** Bytes that are left. */
    @Override
    public int available() throws IOException {
        return in.available();
    }
}
