package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.MemorySegment;
import java.io.IOException;

/** A byte that can be changed, as older programs pass values. Mutable; not thread-safe. */
public class ByteValue
        implements NormalizableKey<ByteValue>,
                ResettableValue<ByteValue>,
                CopyableValue<ByteValue> {
    private static final long serialVersionUID = 1L;

    private byte value;

    public ByteValue() {}

    public ByteValue(byte value) {
        this.value = value;
    }

    public byte getValue() {
        return value;
    }

    public void setValue(byte value) {
        this.value = value;
    }

    @Override
    public void setValue(ByteValue value) {
        this.value = value.value;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeByte(value);
    }

    @Override
    public void read(DataInputView in) throws IOException {
        value = in.readByte();
    }

    @Override
    public int getMaxNormalizedKeyLen() {
        return 1;
    }

    @Override
    public void copyNormalizedKey(MemorySegment target, int offset, int len) {
        NormalizedNumbers.put(value ^ 1L << 7, 1, target, offset, len);
    }

    @Override
    public int getBinaryLength() {
        return 1;
    }

    @Override
    public void copyTo(ByteValue target) {
        target.value = value;
    }

    @Override
    public ByteValue copy() {
        return new ByteValue(value);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.write(source, 1);
    }

    @Override
    public int compareTo(ByteValue other) {
        return Byte.compare(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteValue that && Byte.compare(value, that.value) == 0;
    }

    @Override
    public int hashCode() {
        return Byte.hashCode(value);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
