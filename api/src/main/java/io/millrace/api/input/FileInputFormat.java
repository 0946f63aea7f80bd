package io.millrace.api.input;

import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The part that formats of files have in common: they list files, cut them into splits, and open a
 * split at its beginning. Compressed files, known by the ends of their names, are read whole and
 * decompressed. Confined to its task.
 */
public abstract class FileInputFormat<OT> extends RichInputFormat<OT, FileInputSplit> {
    private static final long serialVersionUID = 1L;

    /** The length of a split that goes to the end of its file. */
    protected static final long READ_WHOLE_SPLIT_FLAG = -1L;

    /** A last split may be so much longer than the others, rather than leave a tiny one. */
    private static final float MAX_SPLIT_SIZE_DISCREPANCY = 1.1f;

    /** Of the split that is open. */
    protected transient FSDataInputStream stream;

    /** Bytes from the beginning of the file. */
    protected transient long splitStart;

    /** Bytes; {@link #READ_WHOLE_SPLIT_FLAG} for all that follow. */
    protected transient long splitLength;

    protected transient FileInputSplit currentSplit;

    /** Bytes. */
    protected long minSplitSize;

    /** -1 for as many as there are subtasks. */
    protected int numSplits = -1;

    protected long openTimeout = 300_000;

    /** Whether files are read whole, whatever their names. */
    protected boolean unsplittable;

    /** Whether directories in directories are read too. */
    protected boolean enumerateNestedFiles;

    private Path[] filePaths = {};
    private FilePathFilter filesFilter = FilePathFilter.createDefaultFilter();

    public FileInputFormat() {}

    /**
     * @param filePath null to be set later
     */
    protected FileInputFormat(Path filePath) {
        if (filePath != null) {
            setFilePath(filePath);
        }
    }

    /**
     * Makes all formats of this process read a kind of compressed files. To hold on workers too,
     * call it where a class of the program is initialized that they use.
     *
     * @param fileExtension without the dot
     */
    public static void registerInflaterInputStreamFactory(
            String fileExtension, InflaterInputStreamFactory<?> factory) {
        Inflaters.register(fileExtension, factory);
    }

    /** Null if files of that name are not known to be compressed. */
    protected static InflaterInputStreamFactory<?> getInflaterInputStreamFactory(
            String fileExtension) {
        return Inflaters.of(fileExtension);
    }

    /** Ends of the names of files that are decompressed, without the dot. */
    public static Set<String> getSupportedCompressionFormats() {
        return Inflaters.extensions();
    }

    /** Without the dot; null if there is none. */
    protected static String extractFileExtension(String fileName) {
        int dot = Objects.requireNonNull(fileName, "file name").lastIndexOf('.');
        return dot < 0 ? null : fileName.substring(dot + 1);
    }

    /** Files, or directories whose files are read; a copy. */
    public Path[] getFilePaths() {
        return filePaths.clone();
    }

    public void setFilePath(String filePath) {
        setFilePath(new Path(filePath));
    }

    public void setFilePath(Path filePath) {
        setFilePaths(filePath);
    }

    public void setFilePaths(String... filePaths) {
        setFilePaths(Arrays.stream(filePaths).map(Path::new).toArray(Path[]::new));
    }

    public void setFilePaths(Path... filePaths) {
        this.filePaths = List.of(filePaths).toArray(new Path[0]);
    }

    public long getMinSplitSize() {
        return minSplitSize;
    }

    /**
     * @param minSplitSize bytes, at least 0
     */
    public void setMinSplitSize(long minSplitSize) {
        if (minSplitSize < 0) {
            throw new IllegalArgumentException(
                    "The size of a split is at least 0 bytes, not " + minSplitSize + ".");
        }
        this.minSplitSize = minSplitSize;
    }

    public int getNumSplits() {
        return numSplits;
    }

    /**
     * @param numSplits at least so many are made; -1 for as many as there are subtasks
     */
    public void setNumSplits(int numSplits) {
        if (numSplits < -1 || numSplits == 0) {
            throw new IllegalArgumentException(
                    "At least one split is to be made, or -1 for the default, not "
                            + numSplits
                            + ".");
        }
        this.numSplits = numSplits;
    }

    public long getOpenTimeout() {
        return openTimeout;
    }

    /**
     * Has no effect: file systems have time limits of their own.
     *
     * @param openTimeout milliseconds, at least 0
     */
    public void setOpenTimeout(long openTimeout) {
        if (openTimeout < 0) {
            throw new IllegalArgumentException(
                    "The time-out is at least 0 ms, not " + openTimeout + ".");
        }
        this.openTimeout = openTimeout;
    }

    /** Whether directories in directories are read too. */
    public void setNestedFileEnumeration(boolean enable) {
        this.enumerateNestedFiles = enable;
    }

    public boolean getNestedFileEnumeration() {
        return enumerateNestedFiles;
    }

    /** Of the split that is open, bytes from the beginning of the file. */
    public long getSplitStart() {
        return splitStart;
    }

    /** Of the split that is open, in bytes; -1 for all that follow. */
    public long getSplitLength() {
        return splitLength;
    }

    /** Leaves out files and directories below the paths. */
    public void setFilesFilter(FilePathFilter filesFilter) {
        this.filesFilter = Objects.requireNonNull(filesFilter, "filter of files");
    }

    @Override
    public void configure(Configuration parameters) {
        if (filePaths.length == 0) {
            throw new IllegalArgumentException(
                    getClass().getName()
                            + " does not know what to read. Call setFilePath(…) before it is used.");
        }
    }

    /** The size of all files and the time of the last change; null if they cannot be listed. */
    @Override
    public FileBaseStatistics getStatistics(BaseStatistics cachedStatistics) throws IOException {
        List<FileStatus> files;
        try {
            files = listFiles();
        } catch (RuntimeException e) {
            return null;
        }
        long size = files.stream().mapToLong(FileStatus::getLen).sum();
        long changedMs = files.stream().mapToLong(FileStatus::getModificationTime).max().orElse(0);
        return new FileBaseStatistics(changedMs, size, BaseStatistics.AVG_RECORD_BYTES_UNKNOWN);
    }

    @Override
    public LocatableInputSplitAssigner getInputSplitAssigner(FileInputSplit[] splits) {
        return new LocatableInputSplitAssigner(splits);
    }

    @Override
    public FileInputSplit[] createInputSplits(int minNumSplits) throws IOException {
        if (minNumSplits < 1) {
            throw new IllegalArgumentException(
                    "At least one split is to be made, not " + minNumSplits + ".");
        }
        int wanted = Math.max(minNumSplits, numSplits);
        List<FileStatus> files = listFiles();
        long total = files.stream().mapToLong(FileStatus::getLen).sum();
        long fair = total / wanted + (total % wanted == 0 ? 0 : 1);
        List<FileInputSplit> splits = new ArrayList<>();
        for (FileStatus file : files) {
            BlockLocation[] blocks =
                    file.getPath().getFileSystem().getFileBlockLocations(file, 0, file.getLen());
            if (testForUnsplittable(file)) {
                splits.add(split(splits.size(), file, 0, READ_WHOLE_SPLIT_FLAG, blocks));
            } else {
                cut(file, fair, blocks, splits);
            }
        }
        return splits.toArray(new FileInputSplit[0]);
    }

    private void cut(FileStatus file, long fair, BlockLocation[] blocks, List<FileInputSplit> into)
            throws IOException {
        long blockSize = file.getBlockSize() > 0 ? file.getBlockSize() : file.getLen();
        long size = Math.max(1, Math.max(minSplitSize, Math.min(fair, blockSize)));
        long left = file.getLen();
        long start = 0;
        while (left > size * MAX_SPLIT_SIZE_DISCREPANCY) {
            into.add(split(into.size(), file, start, size, blocks));
            start += size;
            left -= size;
        }
        into.add(split(into.size(), file, start, left, blocks));
    }

    private static FileInputSplit split(
            int number, FileStatus file, long start, long length, BlockLocation[] blocks)
            throws IOException {
        return new FileInputSplit(
                number, file.getPath(), start, length, hostsOf(blocks, start, length));
    }

    /** Of the block that the middle of the split lies in. */
    private static String[] hostsOf(BlockLocation[] blocks, long start, long length)
            throws IOException {
        long middle = start + Math.max(0, length) / 2;
        for (BlockLocation block : blocks) {
            if (middle >= block.getOffset() && middle < block.getOffset() + block.getLength()) {
                return block.getHosts();
            }
        }
        return new String[0];
    }

    /** The files of all paths, by their names. */
    final List<FileStatus> listFiles() {
        List<FileStatus> files = new ArrayList<>();
        for (Path path : filePaths) {
            try {
                FileSystem fileSystem = path.getFileSystem();
                FileStatus status = fileSystem.getFileStatus(path);
                if (status.isDir()) {
                    listDirectory(fileSystem, path, files);
                } else {
                    files.add(status);
                }
            } catch (IOException e) {
                throw FileErrors.of(e, path, "list the input");
            }
        }
        files.sort(Comparator.comparing(FileStatus::getPath));
        return files;
    }

    private void listDirectory(FileSystem fileSystem, Path directory, List<FileStatus> into)
            throws IOException {
        for (FileStatus child : fileSystem.listStatus(directory)) {
            if (child.isDir()) {
                if (enumerateNestedFiles && acceptFile(child)) {
                    listDirectory(fileSystem, child.getPath(), into);
                }
            } else if (acceptFile(child)) {
                into.add(child);
            }
        }
    }

    /** Whether a file must be read whole: compressed files must. */
    protected boolean testForUnsplittable(FileStatus pathFile) {
        return unsplittable || inflaterOf(pathFile.getPath()) != null;
    }

    private static InflaterInputStreamFactory<?> inflaterOf(Path path) {
        String extension = extractFileExtension(path.getName());
        return extension == null ? null : getInflaterInputStreamFactory(extension);
    }

    /** Whether a file, or a directory, below the paths is read. */
    public boolean acceptFile(FileStatus fileStatus) {
        String name = fileStatus.getPath().getName();
        return !name.startsWith("_")
                && !name.startsWith(".")
                && !filesFilter.filterPath(fileStatus.getPath());
    }

    /** Opens the file and goes to the beginning of the split. */
    @Override
    public void open(FileInputSplit fileSplit) throws IOException {
        currentSplit = fileSplit;
        splitStart = fileSplit.getStart();
        splitLength = fileSplit.getLength();
        FSDataInputStream file =
                FileSystem.get(fileSplit.getPath().toUri()).open(fileSplit.getPath());
        try {
            stream = decorateInputStream(file, fileSplit);
            if (splitStart != 0) {
                stream.seek(splitStart);
            }
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        } catch (Throwable e) {
            file.close();
            throw new IOException(
                    "The input could not be opened: " + fileSplit + ": " + e.getMessage(), e);
        }
    }

    /** The content of the file; here, decompressed. */
    protected FSDataInputStream decorateInputStream(
            FSDataInputStream inputStream, FileInputSplit fileSplit) throws Throwable {
        InflaterInputStreamFactory<?> inflater = inflaterOf(fileSplit.getPath());
        return inflater == null
                ? inputStream
                : new InputStreamFSInputWrapper(inflater.create(inputStream));
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            FSDataInputStream opened = stream;
            stream = null;
            opened.close();
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " of " + Arrays.toString(filePaths);
    }

    /** What is known about files before they are read. Immutable. */
    public static class FileBaseStatistics implements BaseStatistics {
        protected final long fileModTime;
        protected final long fileSize;
        protected final float avgBytesPerRecord;

        /**
         * @param fileModTime milliseconds since the epoch
         * @param fileSize bytes
         * @param avgBytesPerRecord -1 if unknown
         */
        public FileBaseStatistics(long fileModTime, long fileSize, float avgBytesPerRecord) {
            this.fileModTime = fileModTime;
            this.fileSize = fileSize;
            this.avgBytesPerRecord = avgBytesPerRecord;
        }

        /** Milliseconds since the epoch. */
        public long getLastModificationTime() {
            return fileModTime;
        }

        @Override
        public long getTotalInputSize() {
            return fileSize;
        }

        /** The size divided by the average record; -1 if one of them is unknown. */
        @Override
        public long getNumberOfRecords() {
            return fileSize == SIZE_UNKNOWN || avgBytesPerRecord <= 0
                    ? NUM_RECORDS_UNKNOWN
                    : (long) Math.ceil(fileSize / avgBytesPerRecord);
        }

        @Override
        public float getAverageRecordWidth() {
            return avgBytesPerRecord;
        }

        @Override
        public String toString() {
            return fileSize + " bytes, records of " + avgBytesPerRecord + ", from " + fileModTime;
        }
    }
}
