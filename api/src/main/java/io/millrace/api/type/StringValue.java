package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.MemorySegment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A string that can be changed, as older programs pass values. Mutable; not thread-safe.
 *
 * <pre>
 * value := int length, UTF-16 (big endian) bytes
 * </pre>
 */
public class StringValue
        implements NormalizableKey<StringValue>,
                CharSequence,
                ResettableValue<StringValue>,
                CopyableValue<StringValue> {
    private static final long serialVersionUID = 1L;

    private String value;

    /** An empty string. */
    public StringValue() {
        this("");
    }

    public StringValue(CharSequence value) {
        this.value = value.toString();
    }

    public StringValue(StringValue value) {
        this.value = value.value;
    }

    public String getValue() {
        return value;
    }

    public void setValue(CharSequence value) {
        this.value = Objects.requireNonNull(value).toString();
    }

    @Override
    public void setValue(StringValue value) {
        this.value = value.value;
    }

    @Override
    public int length() {
        return value.length();
    }

    @Override
    public char charAt(int index) {
        return value.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new StringValue(value.substring(start, end));
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_16BE);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public void read(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("a string is said to have " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        value = new String(bytes, StandardCharsets.UTF_16BE);
    }

    @Override
    public int getMaxNormalizedKeyLen() {
        return Integer.MAX_VALUE;
    }

    /** The chars, two bytes each, then zeros. */
    @Override
    public void copyNormalizedKey(MemorySegment memory, int offset, int len) {
        for (int i = 0; i < len; i++) {
            char c = i / 2 < value.length() ? value.charAt(i / 2) : 0;
            memory.put(offset + i, (byte) (i % 2 == 0 ? c >>> 8 : c));
        }
    }

    @Override
    public int getBinaryLength() {
        return -1;
    }

    @Override
    public void copyTo(StringValue target) {
        target.value = value;
    }

    @Override
    public StringValue copy() {
        return new StringValue(value);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        int length = source.readInt();
        target.writeInt(length);
        target.write(source, length);
    }

    @Override
    public int compareTo(StringValue other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StringValue that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
