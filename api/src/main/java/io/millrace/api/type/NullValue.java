package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.MemorySegment;
import java.io.IOException;

/** A value that says nothing. Immutable. */
public final class NullValue
        implements NormalizableKey<NullValue>,
                ResettableValue<NullValue>,
                CopyableValue<NullValue> {
    private static final long serialVersionUID = 1L;

    private static final NullValue INSTANCE = new NullValue();

    public NullValue() {}

    public static NullValue getInstance() {
        return INSTANCE;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeBoolean(false);
    }

    @Override
    public void read(DataInputView in) throws IOException {
        in.readBoolean();
    }

    @Override
    public int getMaxNormalizedKeyLen() {
        return 0;
    }

    @Override
    public void copyNormalizedKey(MemorySegment memory, int offset, int len) {
        NormalizedNumbers.put(0, 0, memory, offset, len);
    }

    @Override
    public int getBinaryLength() {
        return 1;
    }

    @Override
    public void copyTo(NullValue target) {}

    @Override
    public NullValue copy() {
        return INSTANCE;
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.write(source, 1);
    }

    @Override
    public void setValue(NullValue value) {}

    @Override
    public int compareTo(NullValue other) {
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NullValue;
    }

    @Override
    public int hashCode() {
        return 53;
    }

    @Override
    public String toString() {
        return "(null)";
    }
}
