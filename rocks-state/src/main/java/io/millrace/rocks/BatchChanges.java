package io.millrace.rocks;

import io.millrace.runtime.serde.BinaryReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Looks at puts and removals in the bytes of a {@link BatchBuilder}, each told by where it begins.
 * Confined to one thread.
 */
final class BatchChanges {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final BinaryReader a;
    private final BinaryReader b;
    // Small ones cross into native code without an array of their own.
    private final ByteBuffer smallKey = ByteBuffer.allocateDirect(256);
    private final ByteBuffer smallValue = ByteBuffer.allocateDirect(4096);

    BatchChanges(byte[] bytes) {
        this.bytes = bytes;
        this.a = new BinaryReader(bytes);
        this.b = new BinaryReader(bytes);
    }

    /** Moves to the key, and returns its length. */
    private int key(BinaryReader in, int change) {
        in.reset(bytes, change + 1, bytes.length - change - 1);
        in.readVarInt();
        return in.readVarInt();
    }

    /** The first eight bytes of the key, zeros behind a shorter one; ordered without sign. */
    long prefix(int change) {
        int length = key(a, change);
        if (length >= Long.BYTES) {
            return (long) LONG.get(bytes, a.position());
        }
        long prefix = 0;
        for (int i = 0; i < length; i++) {
            prefix |= (bytes[a.position() + i] & 0xFFL) << Long.SIZE - Byte.SIZE * (i + 1);
        }
        return prefix;
    }

    /** Compares keys as the database does. */
    int compare(int change, int other) {
        int length = key(a, change);
        int otherLength = key(b, other);
        return Arrays.compareUnsigned(
                bytes,
                a.position(),
                a.position() + length,
                bytes,
                b.position(),
                b.position() + otherLength);
    }

    void writeTo(SstFileWriter file, int change) throws RocksDBException {
        int length = key(a, change);
        int keyAt = a.position();
        if (bytes[change] == BatchBuilder.REMOVE) {
            file.delete(copy(keyAt, length));
            return;
        }
        a.skip(length);
        int valueLength = a.readVarInt();
        if (length <= smallKey.capacity() && valueLength <= smallValue.capacity()) {
            file.put(
                    filled(smallKey, keyAt, length), filled(smallValue, a.position(), valueLength));
        } else {
            file.put(copy(keyAt, length), copy(a.position(), valueLength));
        }
    }

    private byte[] copy(int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private ByteBuffer filled(ByteBuffer buffer, int from, int length) {
        return buffer.clear().put(bytes, from, length).flip();
    }
}
