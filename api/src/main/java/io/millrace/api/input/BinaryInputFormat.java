package io.millrace.api.input;

import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileStatus;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataInputViewStreamWrapper;
import io.millrace.api.tuple.Tuple2;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads files that a {@code BinaryOutputFormat} has written: blocks of a fixed size, each with a
 * {@link BlockInfo} at its end, so that each block can be read by itself. A record may reach over
 * several blocks; it belongs to the one that it begins in. Confined to its task.
 */
public abstract class BinaryInputFormat<T> extends FileInputFormat<T>
        implements CheckpointableInputFormat<FileInputSplit, Tuple2<Long, Long>> {
    private static final long serialVersionUID = 1L;

    /**
     * A key that older programs gave the size of blocks by; it is not read.
     *
     * @deprecated use {@link #setBlockSize}
     */
    @Deprecated public static final String BLOCK_SIZE_PARAMETER_KEY = "input.block_size";

    /** Stands for the size of blocks that is taken without another: 32 MiB, for every file. */
    public static final long NATIVE_BLOCK_SIZE = Long.MIN_VALUE;

    private static final long DEFAULT_BLOCK_BYTES = 32L << 20;

    private long blockSize = NATIVE_BLOCK_SIZE;

    // Of the split that is open.
    private transient BlockInfo blockInfo;
    private transient BlockBasedInput blocks;
    private transient DataInputView records;
    private transient long readRecords;

    /** Bytes, as {@link #setBlockSize} set it. */
    public long getBlockSize() {
        return blockSize;
    }

    /**
     * Must be that of the files.
     *
     * @param blockSize bytes, more than a {@link BlockInfo} has; or {@link #NATIVE_BLOCK_SIZE}
     */
    public void setBlockSize(long blockSize) {
        this.blockSize = requireBlockSize(blockSize, createBlockInfo().getInfoSize());
    }

    static long requireBlockSize(long blockSize, int infoSize) {
        if (blockSize != NATIVE_BLOCK_SIZE && blockSize <= infoSize) {
            throw new IllegalArgumentException(
                    "A block has more than the "
                            + infoSize
                            + " bytes of its info, not "
                            + blockSize
                            + ".");
        }
        return blockSize;
    }

    private long blockBytes() {
        return blockSize == NATIVE_BLOCK_SIZE ? DEFAULT_BLOCK_BYTES : blockSize;
    }

    /** An empty info, of the class that the files were written with. */
    protected BlockInfo createBlockInfo() {
        return new BlockInfo();
    }

    /** Files are never decompressed: their blocks are. */
    @Override
    protected boolean testForUnsplittable(FileStatus pathFile) {
        return false;
    }

    @Override
    protected FSDataInputStream decorateInputStream(
            FSDataInputStream inputStream, FileInputSplit fileSplit) {
        return inputStream;
    }

    /** One split for each block; as many empty ones as are missing to {@code minNumSplits}. */
    @Override
    public FileInputSplit[] createInputSplits(int minNumSplits) throws IOException {
        List<FileInputSplit> splits = new ArrayList<>();
        List<FileStatus> files = getFiles();
        for (FileStatus file : files) {
            BlockLocation[] places =
                    file.getPath().getFileSystem().getFileBlockLocations(file, 0, file.getLen());
            for (long start = 0; start < file.getLen(); start += blockBytes()) {
                splits.add(
                        new FileInputSplit(
                                splits.size(),
                                file.getPath(),
                                start,
                                Math.min(blockBytes(), file.getLen() - start),
                                hostsOf(places, start)));
            }
        }
        while (!files.isEmpty() && splits.size() < minNumSplits) {
            FileStatus last = files.get(files.size() - 1);
            splits.add(
                    new FileInputSplit(
                            splits.size(), last.getPath(), last.getLen(), 0, new String[0]));
        }
        return splits.toArray(new FileInputSplit[0]);
    }

    private static String[] hostsOf(BlockLocation[] places, long offset) throws IOException {
        for (BlockLocation place : places) {
            if (offset >= place.getOffset() && offset < place.getOffset() + place.getLength()) {
                return place.getHosts();
            }
        }
        return new String[0];
    }

    /** All blocks of all files. */
    protected FileInputSplit[] getInputSplits() throws IOException {
        return createInputSplits(0);
    }

    /** The files that are read, by their names. */
    protected List<FileStatus> getFiles() throws IOException {
        return listFiles();
    }

    /** The number of records is that of the last block of each file; null if there are no files. */
    @Override
    public SequentialStatistics getStatistics(BaseStatistics cachedStatistics) throws IOException {
        FileBaseStatistics sizes = super.getStatistics(cachedStatistics);
        return sizes == null ? null : createStatistics(getFiles(), sizes);
    }

    /** Null if there are no records. */
    protected SequentialStatistics createStatistics(
            List<FileStatus> files, FileBaseStatistics stats) throws IOException {
        long count = 0;
        for (FileStatus file : files) {
            BlockInfo last = createBlockInfo();
            if (file.getLen() >= last.getInfoSize()) {
                try (FSDataInputStream in = file.getPath().getFileSystem().open(file.getPath())) {
                    in.seek(file.getLen() - last.getInfoSize());
                    last.read(new DataInputViewStreamWrapper(in));
                }
                count += last.getAccumulatedRecordCount();
            }
        }
        return count == 0
                ? null
                : new SequentialStatistics(
                        stats.getLastModificationTime(),
                        stats.getTotalInputSize(),
                        (float) stats.getTotalInputSize() / count,
                        count);
    }

    @Override
    public void configure(Configuration parameters) {
        super.configure(parameters);
    }

    @Override
    public void open(FileInputSplit split) throws IOException {
        super.open(split);
        blockInfo = createBlockInfo();
        readRecords = 0;
        if (splitLength >= blockInfo.getInfoSize()) {
            stream.seek(splitStart + splitLength - blockInfo.getInfoSize());
            blockInfo.read(new DataInputViewStreamWrapper(stream));
        }
        start(splitStart + blockInfo.getFirstRecordStart());
    }

    private void start(long position) throws IOException {
        stream.seek(position);
        blocks = new BlockBasedInput(stream, (int) (position - splitStart));
        records = new DataInputViewStreamWrapper(blocks);
    }

    @Override
    public boolean reachedEnd() throws IOException {
        return readRecords >= blockInfo.getRecordCount();
    }

    @Override
    public T nextRecord(T record) throws IOException {
        if (reachedEnd()) {
            return null;
        }
        T read = deserialize(record, records);
        readRecords++;
        return read;
    }

    /**
     * Reads a record.
     *
     * @param reuse may be filled and returned; null at first
     */
    protected abstract T deserialize(T reuse, DataInputView dataInput) throws IOException;

    /** Where the next record begins, in bytes from the beginning of the file, and its number. */
    @Override
    public Tuple2<Long, Long> getCurrentState() throws IOException {
        return Tuple2.of(splitStart + blocks.position, readRecords);
    }

    @Override
    public void reopen(FileInputSplit split, Tuple2<Long, Long> state) throws IOException {
        open(split);
        if (state.f1 > 0) {
            start(state.f0);
            readRecords = state.f1;
        }
    }

    /** What is known of a binary file. Immutable. */
    public static class SequentialStatistics extends FileBaseStatistics {
        private final long numberOfRecords;

        /**
         * @param fileModTime milliseconds since the epoch
         * @param fileSize bytes
         */
        public SequentialStatistics(
                long fileModTime, long fileSize, float avgBytesPerRecord, long numberOfRecords) {
            super(fileModTime, fileSize, avgBytesPerRecord);
            this.numberOfRecords = numberOfRecords;
        }

        @Override
        public long getNumberOfRecords() {
            return numberOfRecords;
        }
    }

    /** The bytes of records, without what stands between blocks. Confined to its task. */
    protected class BlockBasedInput extends InputStream {
        private final FSDataInputStream in;
        private final long bytesOfBlock;

        /** From the beginning of the split. */
        private long position;

        /**
         * @param startPos bytes from the beginning of the split
         */
        public BlockBasedInput(FSDataInputStream in, int startPos) {
            this(in, startPos, blockBytes());
        }

        /**
         * @param startPos bytes from the beginning of the split
         * @param length of a block in bytes
         */
        public BlockBasedInput(FSDataInputStream in, int startPos, long length) {
            this.in = in;
            this.position = startPos;
            this.bytesOfBlock = length;
        }

        /** Bytes up to the next info; passes one that begins here. */
        private long left() throws IOException {
            long infoStart = bytesOfBlock - blockInfo.getInfoSize();
            long inBlock = position % bytesOfBlock;
            if (inBlock >= infoStart) {
                long skip = bytesOfBlock - inBlock;
                in.seek(splitStart + position + skip);
                position += skip;
                inBlock = 0;
            }
            return infoStart - inBlock;
        }

        @Override
        public int read() throws IOException {
            left();
            int read = in.read();
            position += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes) throws IOException {
            return read(bytes, 0, bytes.length);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int total = 0;
            while (total < length) {
                int read = in.read(bytes, offset + total, (int) Math.min(left(), length - total));
                if (read < 0) {
                    if (total == 0) {
                        return -1;
                    }
                    throw new EOFException(
                            "A record of " + currentSplit + " goes on behind the end of the file.");
                }
                position += read;
                total += read;
            }
            return total;
        }
    }
}
