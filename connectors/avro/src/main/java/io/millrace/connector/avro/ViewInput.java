package io.millrace.connector.avro;

import io.millrace.api.serialization.DataInputView;
import java.io.IOException;
import java.io.InputStream;

/** An input view as the stream that Avro reads. Confined to its serializer. */
final class ViewInput extends InputStream {
    private DataInputView view;

    ViewInput of(DataInputView source) {
        view = source;
        return this;
    }

    @Override
    public int read() throws IOException {
        return view.readUnsignedByte();
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        return view.read(target, from, length);
    }

    @Override
    public long skip(long count) throws IOException {
        return view.skipBytes((int) Math.min(count, Integer.MAX_VALUE));
    }
}
