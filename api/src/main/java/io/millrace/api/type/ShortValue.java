package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.MemorySegment;
import java.io.IOException;

/** A short that can be changed, as older programs pass values. Mutable; not thread-safe. */
public class ShortValue
        implements NormalizableKey<ShortValue>,
                ResettableValue<ShortValue>,
                CopyableValue<ShortValue> {
    private static final long serialVersionUID = 1L;

    private short value;

    public ShortValue() {}

    public ShortValue(short value) {
        this.value = value;
    }

    public short getValue() {
        return value;
    }

    public void setValue(short value) {
        this.value = value;
    }

    @Override
    public void setValue(ShortValue value) {
        this.value = value.value;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeShort(value);
    }

    @Override
    public void read(DataInputView in) throws IOException {
        value = in.readShort();
    }

    @Override
    public int getMaxNormalizedKeyLen() {
        return 2;
    }

    @Override
    public void copyNormalizedKey(MemorySegment target, int offset, int len) {
        NormalizedNumbers.put(value ^ 1L << 15, 2, target, offset, len);
    }

    @Override
    public int getBinaryLength() {
        return 2;
    }

    @Override
    public void copyTo(ShortValue target) {
        target.value = value;
    }

    @Override
    public ShortValue copy() {
        return new ShortValue(value);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.write(source, 2);
    }

    @Override
    public int compareTo(ShortValue other) {
        return Short.compare(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShortValue that && Short.compare(value, that.value) == 0;
    }

    @Override
    public int hashCode() {
        return Short.hashCode(value);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
