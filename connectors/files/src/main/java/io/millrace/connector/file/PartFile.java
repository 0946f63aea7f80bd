package io.millrace.connector.file;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is being written, with a buffer in front. Confined to its task. */
final class PartFile<BucketID> extends OutputStream implements PartFileInfo<BucketID> {
    private static final int BUFFER_BYTES = 64 << 10;

    private final BucketID bucket;
    private final FileSystem fileSystem;
    private final Path staged;
    private final Path target;
    private final FSDataOutputStream file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final long createdMs;
    private int buffered;
    private long size;
    private long updatedMs;

    PartFile(BucketID bucket, FileSystem fileSystem, Path staged, Path target, long nowMs)
            throws IOException {
        this.bucket = bucket;
        this.fileSystem = fileSystem;
        this.staged = staged;
        this.target = target;
        this.createdMs = nowMs;
        this.updatedMs = nowMs;
        this.file = fileSystem.create(staged, FileSystem.WriteMode.NO_OVERWRITE);
    }

    @Override
    public void write(int value) throws IOException {
        if (buffered == buffer.length) {
            drain();
        }
        buffer[buffered++] = (byte) value;
        size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        size += length;
        if (length > buffer.length - buffered) {
            drain();
            if (length >= buffer.length) {
                file.write(bytes, offset, length);
                return;
            }
        }
        System.arraycopy(bytes, offset, buffer, buffered, length);
        buffered += length;
    }

    private void drain() throws IOException {
        file.write(buffer, 0, buffered);
        buffered = 0;
    }

    void touched(long nowMs) {
        updatedMs = nowMs;
    }

    /** Makes the file whole and durable; it is not written to afterwards. */
    FileSinkCommittable seal() throws IOException {
        drain();
        file.sync();
        file.close();
        return new FileSinkCommittable(staged, target, size);
    }

    /** Drops the file; what cannot be removed here is removed with the job's staging directory. */
    void discard() throws IOException {
        try {
            file.close();
        } finally {
            fileSystem.delete(staged, false);
        }
    }

    Path staged() {
        return staged;
    }

    @Override
    public BucketID getBucketId() {
        return bucket;
    }

    @Override
    public long getCreationTime() {
        return createdMs;
    }

    @Override
    public long getSize() {
        return size;
    }

    @Override
    public long getLastUpdateTime() {
        return updatedMs;
    }
}
