package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.batch.SortRecords;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.types.CopyableValue;
import org.apache.flink.types.NormalizableKey;

/** The key of a sorted record, in the form that Flink compares without reading it. */
public final class TeraKey implements NormalizableKey<TeraKey>, CopyableValue<TeraKey> {
    private static final long serialVersionUID = 1L;

    private byte[] bytes = new byte[SortRecords.KEY];

    static TeraKey of(byte[] record) {
        TeraKey key = new TeraKey();
        System.arraycopy(record, 0, key.bytes, 0, SortRecords.KEY);
        return key;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public int getMaxNormalizedKeyLen() {
        return SortRecords.KEY;
    }

    @Override
    public void copyNormalizedKey(MemorySegment target, int offset, int length) {
        int own = Math.min(length, SortRecords.KEY);
        target.put(offset, bytes, 0, own);
        for (int i = own; i < length; i++) {
            target.put(offset + i, (byte) 0);
        }
    }

    @Override
    public int getBinaryLength() {
        return SortRecords.KEY;
    }

    @Override
    public void copyTo(TeraKey target) {
        System.arraycopy(bytes, 0, target.bytes, 0, SortRecords.KEY);
    }

    @Override
    public TeraKey copy() {
        return of(bytes);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.write(source, SortRecords.KEY);
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.write(bytes);
    }

    @Override
    public void read(DataInputView in) throws IOException {
        in.readFully(bytes);
    }

    @Override
    public int compareTo(TeraKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TeraKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
