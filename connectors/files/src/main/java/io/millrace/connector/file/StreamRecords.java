package io.millrace.connector.file;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.SourceOutput;
import java.io.IOException;

/** Records of a stream format, one by one. Confined to its task. */
final class StreamRecords<T> implements SplitRecords<T> {
    private final StreamFormat.Reader<T> reader;

    /** Records read of the split, counted for formats without positions. */
    private long recordsRead;

    private StreamRecords(StreamFormat.Reader<T> reader) {
        this.reader = reader;
    }

    static <T> StreamRecords<T> open(
            StreamFormat<T> format, Configuration config, FileSourceSplit split)
            throws IOException {
        boolean compressed = Compression.isCompressed(split.path());
        FSDataInputStream file = split.path().getFileSystem().open(split.path());
        try {
            FSDataInputStream content =
                    compressed
                            ? new DecompressedStream(Compression.decompressed(split.path(), file))
                            : file;
            StreamRecords<T> records =
                    new StreamRecords<>(reader(format, config, split, content, compressed));
            records.skip(
                    split.getReaderPosition()
                            .map(CheckpointedPosition::recordsAfterOffset)
                            .orElse(0L));
            return records;
        } catch (IOException | RuntimeException e) {
            try {
                file.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static <T> StreamFormat.Reader<T> reader(
            StreamFormat<T> format,
            Configuration config,
            FileSourceSplit split,
            FSDataInputStream content,
            boolean compressed)
            throws IOException {
        long end = compressed ? Long.MAX_VALUE : split.offset() + split.length();
        long fileSize = compressed ? Long.MAX_VALUE : split.fileSize();
        CheckpointedPosition position = split.getReaderPosition().orElse(null);
        if (position != null && position.offset() != CheckpointedPosition.NO_OFFSET) {
            return format.restoreReader(config, content, position.offset(), fileSize, end);
        }
        if (split.offset() > 0) {
            content.seek(split.offset());
        }
        return format.createReader(config, content, fileSize, end);
    }

    private void skip(long records) throws IOException {
        for (long left = records; left > 0; left--) {
            reader.read();
            recordsRead++;
        }
    }

    @Override
    public boolean emit(SourceOutput<T> output, int max) throws IOException {
        StreamFormat.Reader<T> from = reader;
        for (int i = 0; i < max; i++) {
            T record = from.read();
            if (record == null) {
                return false;
            }
            recordsRead++;
            output.collect(record);
        }
        return true;
    }

    /** The next record, or null. */
    T read() throws IOException {
        T record = reader.read();
        if (record != null) {
            recordsRead++;
        }
        return record;
    }

    @Override
    public CheckpointedPosition position() {
        CheckpointedPosition known = reader.getCheckpointedPosition();
        return known != null
                ? known
                : new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, recordsRead);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
