package io.millrace.api.serialization;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** An output view into memory. Confined to its writer. */
public class DataOutputSerializer extends DataOutputViewStreamWrapper {
    /**
     * @param startSize bytes to begin with; it grows
     */
    public DataOutputSerializer(int startSize) {
        super(new Memory(startSize));
    }

    private Memory memory() {
        return (Memory) out;
    }

    /** The bytes up to now. */
    public byte[] getCopyOfBuffer() {
        return memory().toByteArray();
    }

    /** The array behind this, valid up to {@link #length} until the next write. */
    public byte[] getSharedBuffer() {
        return memory().array();
    }

    /** How many bytes were written. */
    public int length() {
        return memory().size();
    }

    /** Forgets what was written. */
    public void clear() {
        memory().reset();
        written = 0;
    }

    @Override
    public String toString() {
        return "DataOutputSerializer[" + length() + " bytes]";
    }

    private static final class Memory extends ByteArrayOutputStream {
        Memory(int size) {
            super(Math.max(16, size));
        }

        synchronized byte[] array() {
            return buf;
        }

        @Override
        public synchronized byte[] toByteArray() {
            return Arrays.copyOf(buf, count);
        }
    }
}
