package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import java.io.IOException;

/** A double that can be changed, as older programs pass values. Mutable; not thread-safe. */
public class DoubleValue
        implements Key<DoubleValue>, ResettableValue<DoubleValue>, CopyableValue<DoubleValue> {
    private static final long serialVersionUID = 1L;

    private double value;

    public DoubleValue() {}

    public DoubleValue(double value) {
        this.value = value;
    }

    public double getValue() {
        return value;
    }

    public void setValue(double value) {
        this.value = value;
    }

    @Override
    public void setValue(DoubleValue value) {
        this.value = value.value;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeDouble(value);
    }

    @Override
    public void read(DataInputView in) throws IOException {
        value = in.readDouble();
    }

    @Override
    public int getBinaryLength() {
        return 8;
    }

    @Override
    public void copyTo(DoubleValue target) {
        target.value = value;
    }

    @Override
    public DoubleValue copy() {
        return new DoubleValue(value);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.write(source, 8);
    }

    @Override
    public int compareTo(DoubleValue other) {
        return Double.compare(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DoubleValue that && Double.compare(value, that.value) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
