package io.millrace.api.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes raw state in partitions. The bytes are in memory until the checkpoint is written. Made by
 * the engine; confined to the task.
 */
public final class OperatorStateCheckpointOutputStream extends OutputStream {
    private final List<ByteArrayOutputStream> partitions = new ArrayList<>();
    private boolean closed;

    /** What is written from now on belongs to a new partition. */
    public void startNewPartition() throws IOException {
        requireOpen();
        partitions.add(new ByteArrayOutputStream());
    }

    public int getNumberOfPartitions() {
        return partitions.size();
    }

    @Override
    public void write(int b) throws IOException {
        current().write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        current().write(bytes, offset, length);
    }

    /** Without a first partition, everything is one. */
    private OutputStream current() throws IOException {
        requireOpen();
        if (partitions.isEmpty()) {
            startNewPartition();
        }
        return partitions.get(partitions.size() - 1);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(
                    "The raw state of this checkpoint is complete: nothing can be added to it.");
        }
    }

    /** For the engine: what was written, a copy for each partition. */
    public List<byte[]> partitions() {
        return partitions.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }

    /** Nothing can be written any more. Safe to call twice. */
    @Override
    public void close() {
        closed = true;
    }
}
