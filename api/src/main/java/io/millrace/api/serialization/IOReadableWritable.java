package io.millrace.api.serialization;

import java.io.IOException;

/** A value that writes and reads its own fields. It needs a constructor without arguments. */
public interface IOReadableWritable {
    void write(DataOutputView out) throws IOException;

    /** Replaces what the object holds by what {@link #write} wrote. */
    void read(DataInputView in) throws IOException;
}
