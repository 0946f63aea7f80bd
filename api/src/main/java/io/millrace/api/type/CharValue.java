package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.MemorySegment;
import java.io.IOException;

/** A char that can be changed, as older programs pass values. Mutable; not thread-safe. */
public class CharValue
        implements NormalizableKey<CharValue>,
                ResettableValue<CharValue>,
                CopyableValue<CharValue> {
    private static final long serialVersionUID = 1L;

    private char value;

    public CharValue() {}

    public CharValue(char value) {
        this.value = value;
    }

    public char getValue() {
        return value;
    }

    public void setValue(char value) {
        this.value = value;
    }

    @Override
    public void setValue(CharValue value) {
        this.value = value.value;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeChar(value);
    }

    @Override
    public void read(DataInputView in) throws IOException {
        value = in.readChar();
    }

    @Override
    public int getMaxNormalizedKeyLen() {
        return 2;
    }

    @Override
    public void copyNormalizedKey(MemorySegment target, int offset, int len) {
        NormalizedNumbers.put(value, 2, target, offset, len);
    }

    @Override
    public int getBinaryLength() {
        return 2;
    }

    @Override
    public void copyTo(CharValue target) {
        target.value = value;
    }

    @Override
    public CharValue copy() {
        return new CharValue(value);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.write(source, 2);
    }

    @Override
    public int compareTo(CharValue other) {
        return Character.compare(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CharValue that && Character.compare(value, that.value) == 0;
    }

    @Override
    public int hashCode() {
        return Character.hashCode(value);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
