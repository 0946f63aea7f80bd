package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.MemorySegment;
import java.io.IOException;

/** A boolean that can be changed, as older programs pass values. Mutable; not thread-safe. */
public class BooleanValue
        implements NormalizableKey<BooleanValue>,
                ResettableValue<BooleanValue>,
                CopyableValue<BooleanValue> {
    private static final long serialVersionUID = 1L;

    private boolean value;

    public BooleanValue() {}

    public BooleanValue(boolean value) {
        this.value = value;
    }

    public boolean get() {
        return value;
    }

    public boolean getValue() {
        return value;
    }

    public void set(boolean value) {
        this.value = value;
    }

    public void setValue(boolean value) {
        this.value = value;
    }

    @Override
    public void setValue(BooleanValue value) {
        this.value = value.value;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeBoolean(value);
    }

    @Override
    public void read(DataInputView in) throws IOException {
        value = in.readBoolean();
    }

    @Override
    public int getMaxNormalizedKeyLen() {
        return 1;
    }

    @Override
    public void copyNormalizedKey(MemorySegment target, int offset, int len) {
        NormalizedNumbers.put(value ? 1 : 0, 1, target, offset, len);
    }

    @Override
    public int getBinaryLength() {
        return 1;
    }

    @Override
    public void copyTo(BooleanValue target) {
        target.value = value;
    }

    @Override
    public BooleanValue copy() {
        return new BooleanValue(value);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.write(source, 1);
    }

    @Override
    public int compareTo(BooleanValue other) {
        return Boolean.compare(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BooleanValue that && Boolean.compare(value, that.value) == 0;
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(value);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
