package io.millrace.connector.file;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;

/** A file that is being written. Confined to its task. */
final class PartFile<IN, BucketID> implements PartFileInfo<BucketID> {
    private final BucketID bucket;
    private final FileSystem fileSystem;
    private final Path staged;
    private final Path target;
    private final FSDataOutputStream file;
    private final PartContent<IN> content;
    private final long createdMs;
    private long updatedMs;

    PartFile(
            BucketID bucket,
            FileSystem fileSystem,
            Path staged,
            Path target,
            PartFormat<IN> format,
            long nowMs)
            throws IOException {
        this.bucket = bucket;
        this.fileSystem = fileSystem;
        this.staged = staged;
        this.target = target;
        this.createdMs = nowMs;
        this.updatedMs = nowMs;
        this.file = fileSystem.create(staged, FileSystem.WriteMode.NO_OVERWRITE);
        try {
            this.content = format.begin(file);
        } catch (IOException | RuntimeException e) {
            try {
                discard();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    void write(IN record, long nowMs) throws IOException {
        content.write(record);
        updatedMs = nowMs;
    }

    /** Makes the file whole and durable; it is not written to afterwards. */
    FileSinkCommittable seal() throws IOException {
        content.finish();
        long bytes = file.getPos();
        file.sync();
        file.close();
        return new FileSinkCommittable(staged, target, bytes);
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
    public long getSize() throws IOException {
        return content.size();
    }

    @Override
    public long getLastUpdateTime() {
        return updatedMs;
    }
}
