package io.millrace.connector.avro;

import io.millrace.api.serialization.DataOutputView;
import java.io.IOException;
import java.io.OutputStream;

/** An output view as the stream that Avro writes. Confined to its serializer. */
final class ViewOutput extends OutputStream {
    private DataOutputView view;

    ViewOutput of(DataOutputView target) {
        view = target;
        return this;
    }

    @Override
    public void write(int value) throws IOException {
        view.write(value);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        view.write(source, from, length);
    }
}
