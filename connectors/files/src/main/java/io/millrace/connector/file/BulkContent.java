package io.millrace.connector.file;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import java.io.IOException;

/** Records that a bulk writer puts together. Confined to its task. */
final class BulkContent<IN> implements PartContent<IN> {
    private final BulkWriter<IN> writer;
    private final FSDataOutputStream file;

    BulkContent(BulkWriter<IN> writer, FSDataOutputStream file) {
        this.writer = writer;
        this.file = file;
    }

    @Override
    public void write(IN record) throws IOException {
        writer.addElement(record);
    }

    @Override
    public void finish() throws IOException {
        writer.flush();
        writer.finish();
    }

    /** Without what the writer still holds. */
    @Override
    public long size() throws IOException {
        return file.getPos();
    }
}
