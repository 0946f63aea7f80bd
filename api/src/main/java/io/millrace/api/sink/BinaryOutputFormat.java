package io.millrace.api.sink;

import io.millrace.api.input.BinaryInputFormat;
import io.millrace.api.input.BlockInfo;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.DataOutputViewStreamWrapper;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes records as blocks of a fixed size, each with a {@link BlockInfo} at its end, which a
 * {@link BinaryInputFormat} reads one by one. The last block ends with its records and its info.
 * Confined to its task.
 */
public abstract class BinaryOutputFormat<T> extends FileOutputFormat<T> {
    private static final long serialVersionUID = 1L;

    /** The key of the size of blocks, for {@link #configure}. */
    @Deprecated public static final String BLOCK_SIZE_PARAMETER_KEY = "output.block_size";

    /** Stands for the size of blocks that is taken without another: 32 MiB, for every file. */
    public static final long NATIVE_BLOCK_SIZE = BinaryInputFormat.NATIVE_BLOCK_SIZE;

    private static final long DEFAULT_BLOCK_BYTES = 32L << 20;

    private long blockSize = NATIVE_BLOCK_SIZE;

    private transient BlockBasedOutput blocks; // null while it is not open
    private transient DataOutputViewStreamWrapper records;

    /**
     * Takes the size of blocks, in bytes, from {@link #BLOCK_SIZE_PARAMETER_KEY}, if it is there.
     *
     * @throws IllegalArgumentException if it has no room for a {@link BlockInfo}
     */
    @Override
    public void configure(Configuration parameters) {
        super.configure(parameters);
        long given = parameters.getLong(BLOCK_SIZE_PARAMETER_KEY, blockSize);
        int infoSize = createBlockInfo().getInfoSize();
        if (given != NATIVE_BLOCK_SIZE && given <= infoSize) {
            throw new IllegalArgumentException(
                    BLOCK_SIZE_PARAMETER_KEY
                            + " is "
                            + given
                            + ": a block has more than the "
                            + infoSize
                            + " bytes of its info.");
        }
        blockSize = given;
    }

    /** An empty info; a subclass may have one with more fields. */
    protected BlockInfo createBlockInfo() {
        return new BlockInfo();
    }

    /** Sets fields of a subclass's own before the info of a block is written. */
    protected void complementBlockInfo(BlockInfo blockInfo) {}

    @Override
    public void open(InitializationContext context) throws IOException {
        super.open(context);
    }

    @Override
    @Deprecated
    public void open(int taskNumber, int numTasks) throws IOException {
        super.open(taskNumber, numTasks);
        long bytes = blockSize == NATIVE_BLOCK_SIZE ? DEFAULT_BLOCK_BYTES : blockSize;
        blocks = new BlockBasedOutput(stream, Math.toIntExact(bytes));
        records = new DataOutputViewStreamWrapper(blocks);
    }

    @Override
    public void writeRecord(T record) throws IOException {
        blocks.startRecord();
        serialize(record, records);
    }

    protected abstract void serialize(T record, DataOutputView dataOutput) throws IOException;

    /** Writes the info of the last block. */
    @Override
    public void close() throws IOException {
        BlockBasedOutput open = blocks;
        blocks = null;
        try {
            if (open != null) {
                records.flush();
                open.close();
            }
        } finally {
            super.close();
        }
    }

    /** Puts an info where a block is full. Does not close the stream. */
    protected class BlockBasedOutput extends OutputStream {
        private final OutputStream out;
        private final int payloadBytes;
        private final BlockInfo info = createBlockInfo();
        private int inBlock;
        private long recordsOfBlock;
        private long recordsOfFile;

        /**
         * @param blockSize bytes, with the info
         */
        public BlockBasedOutput(OutputStream out, int blockSize) {
            this.out = out;
            this.payloadBytes = blockSize - info.getInfoSize();
        }

        /** What is written next begins a record. */
        public void startRecord() throws IOException {
            if (inBlock == payloadBytes) {
                writeInfo();
            }
            if (recordsOfBlock == 0) {
                info.setFirstRecordStart(inBlock);
            }
            recordsOfBlock++;
            recordsOfFile++;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            write(bytes, 0, bytes.length);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                if (inBlock == payloadBytes) {
                    writeInfo();
                }
                int some = Math.min(left, payloadBytes - inBlock);
                out.write(bytes, from, some);
                inBlock += some;
                from += some;
                left -= some;
            }
        }

        private void writeInfo() throws IOException {
            info.setRecordCount(recordsOfBlock);
            info.setAccumulatedRecordCount(recordsOfFile);
            complementBlockInfo(info);
            DataOutputViewStreamWrapper form = new DataOutputViewStreamWrapper(out);
            info.write(form);
            form.flush();
            inBlock = 0;
            recordsOfBlock = 0;
            info.setFirstRecordStart(0);
        }

        /** Ends the last block. */
        @Override
        public void close() throws IOException {
            writeInfo();
        }
    }
}
