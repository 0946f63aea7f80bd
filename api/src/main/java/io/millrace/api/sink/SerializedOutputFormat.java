package io.millrace.api.sink;

import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.IOReadableWritable;
import java.io.IOException;

/** Writes values that write themselves. Confined to its task. */
public class SerializedOutputFormat<T extends IOReadableWritable> extends BinaryOutputFormat<T> {
    private static final long serialVersionUID = 1L;

    @Override
    protected void serialize(T record, DataOutputView dataOutput) throws IOException {
        record.write(dataOutput);
    }
}
