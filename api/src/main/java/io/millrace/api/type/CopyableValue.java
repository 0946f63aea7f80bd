package io.millrace.api.type;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import java.io.IOException;

/** A value that copies itself. */
public interface CopyableValue<T> extends Value {
    /** Bytes that each value takes, or -1 if they differ. */
    int getBinaryLength();

    void copyTo(T target);

    /** A deep copy. */
    T copy();

    /** Moves the bytes of one value. */
    void copy(DataInputView source, DataOutputView target) throws IOException;
}
