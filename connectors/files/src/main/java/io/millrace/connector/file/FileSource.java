package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.graph.Preflight;
import io.millrace.api.option.MemorySize;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/**
 * Reads files of one format, on any file system; directories with all below them, except names that
 * begin with {@code .} or {@code _}. Bounded. Immutable.
 *
 * <p>Files that end in {@code .gz} are decompressed and read whole by one subtask.
 */
public final class FileSource<T>
        implements Source<T, FileSourceSplit, PendingSplits>, ResultTypeQueryable<T>, Preflight {
    private static final long serialVersionUID = 1L;

    private final List<Path> paths;
    private final StreamFormat<T> format;
    private final long splitBytes;

    private FileSource(List<Path> paths, StreamFormat<T> format, long splitBytes) {
        this.paths = paths;
        this.format = format;
        this.splitBytes = splitBytes;
    }

    /** A source of what a format finds in files and directories. */
    public static <T> FileSourceBuilder<T> forRecordStreamFormat(
            StreamFormat<T> streamFormat, Path... paths) {
        if (paths.length == 0) {
            throw FileListing.noPaths();
        }
        return new FileSourceBuilder<>(streamFormat, List.of(paths));
    }

    /** Settings of a file source. Not thread-safe. */
    public static final class FileSourceBuilder<T> {
        private final StreamFormat<T> format;
        private final List<Path> paths;
        private long splitBytes = 64L << 20;

        private FileSourceBuilder(StreamFormat<T> format, List<Path> paths) {
            this.format = format;
            this.paths = paths;
        }

        /** Largest part of a file that one reader gets at a time; 64 MB unless set. */
        public FileSourceBuilder<T> setMaxSplitSize(MemorySize size) {
            if (size.getBytes() < 1) {
                throw new IllegalArgumentException("a split has at least one byte");
            }
            this.splitBytes = size.getBytes();
            return this;
        }

        /** Read what is there and end; the only way so far, and the default. */
        public FileSourceBuilder<T> processStaticFileSet() {
            return this;
        }

        public FileSource<T> build() {
            return new FileSource<>(paths, format, splitBytes);
        }
    }

    private FileListing listing() {
        return new FileListing(paths, splitBytes, format.isSplittable());
    }

    @Override
    public void preflight() {
        listing().check();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<FileSourceSplit, PendingSplits> createEnumerator(
            SplitEnumeratorContext<FileSourceSplit> enumContext) {
        return new FileSplitEnumerator(enumContext, listing(), null);
    }

    @Override
    public SplitEnumerator<FileSourceSplit, PendingSplits> restoreEnumerator(
            SplitEnumeratorContext<FileSourceSplit> enumContext, PendingSplits checkpoint) {
        return new FileSplitEnumerator(enumContext, listing(), checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<FileSourceSplit> getSplitSerializer() {
        return FileSourceSplitSerializer.INSTANCE;
    }

    @Override
    public SimpleVersionedSerializer<PendingSplits> getEnumeratorCheckpointSerializer() {
        return new PendingSplits.Serializer();
    }

    @Override
    public SourceReader<T, FileSourceSplit> createReader(SourceReaderContext readerContext) {
        return new FileSourceReader<>(readerContext, format);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return format.getProducedType();
    }
}
