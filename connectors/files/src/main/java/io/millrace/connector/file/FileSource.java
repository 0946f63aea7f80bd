package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.option.MemorySize;
import io.millrace.api.source.SimpleVersionedSerializer;

/**
 * Reads files of one format, on any file system; directories with all below them, except names that
 * begin with {@code .} or {@code _}. Immutable.
 *
 * <p>Files that end in {@code .gz}, {@code .gzip}, {@code .deflate}, {@code .bz2} or {@code .xz}
 * are decompressed and read whole by one subtask, if the format is a stream format.
 */
public final class FileSource<T> extends AbstractFileSource<T, FileSourceSplit> {
    private static final long serialVersionUID = 1L;
    private static final long DEFAULT_SPLIT_BYTES = 64L << 20;

    /** Splits on a reader's own host first. */
    public static final FileSplitAssigner.Provider DEFAULT_SPLIT_ASSIGNER =
            LocalityAwareSplitAssigner::new;

    /** Splits of up to 64 MB, smaller where that gives every reader some. */
    public static final FileEnumerator.Provider DEFAULT_SPLITTABLE_FILE_ENUMERATOR =
            () -> new FileListing(DEFAULT_SPLIT_BYTES, true);

    /** One split a file. */
    public static final FileEnumerator.Provider DEFAULT_NON_SPLITTABLE_FILE_ENUMERATOR =
            () -> new FileListing(DEFAULT_SPLIT_BYTES, false);

    private FileSource(
            Path[] inputPaths,
            FileEnumerator.Provider fileEnumerator,
            FileSplitAssigner.Provider splitAssigner,
            BulkFormat<T, FileSourceSplit> readerFormat,
            ContinuousEnumerationSettings continuousEnumerationSettings) {
        super(
                inputPaths,
                fileEnumerator,
                splitAssigner,
                readerFormat,
                continuousEnumerationSettings);
    }

    @Override
    public SimpleVersionedSerializer<FileSourceSplit> getSplitSerializer() {
        return FileSourceSplitSerializer.INSTANCE;
    }

    /** A source of what a format finds in files and directories, one record at a time. */
    public static <T> FileSourceBuilder<T> forRecordStreamFormat(
            StreamFormat<T> streamFormat, Path... paths) {
        return forBulkFileFormat(new StreamFormatAdapter<>(streamFormat), paths);
    }

    /** A source of what a format finds in files and directories, many records at a time. */
    public static <T> FileSourceBuilder<T> forBulkFileFormat(
            BulkFormat<T, FileSourceSplit> bulkFormat, Path... paths) {
        return new FileSourceBuilder<>(bulkFormat, paths);
    }

    /** Settings of a file source. Not thread-safe. */
    public static final class FileSourceBuilder<T>
            extends AbstractFileSourceBuilder<T, FileSourceSplit, FileSourceBuilder<T>> {
        private FileSourceBuilder(BulkFormat<T, FileSourceSplit> readerFormat, Path... paths) {
            super(
                    paths,
                    readerFormat,
                    readerFormat.isSplittable()
                            ? DEFAULT_SPLITTABLE_FILE_ENUMERATOR
                            : DEFAULT_NON_SPLITTABLE_FILE_ENUMERATOR,
                    DEFAULT_SPLIT_ASSIGNER);
        }

        /**
         * Largest part of a file that one reader gets at a time; 64 MB unless set. Takes the place
         * of an enumerator that was set before.
         */
        public FileSourceBuilder<T> setMaxSplitSize(MemorySize size) {
            long splitBytes = size.getBytes();
            if (splitBytes < 1) {
                throw new IllegalArgumentException("a split has at least one byte");
            }
            boolean splittable = readerFormat.isSplittable();
            return setFileEnumerator(() -> new FileListing(splitBytes, splittable));
        }

        @Override
        public FileSource<T> build() {
            return new FileSource<>(
                    inputPaths,
                    fileEnumerator,
                    splitAssigner,
                    readerFormat,
                    continuousSourceSettings);
        }
    }
}
