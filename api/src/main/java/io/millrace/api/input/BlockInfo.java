package io.millrace.api.input;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.IOReadableWritable;
import java.io.IOException;

/**
 * What stands at the end of a block of a binary file. Three numbers of 8 bytes, the highest byte
 * first:
 *
 * <pre>
 * info := long records that begin in the block,
 *         long records that begin in the file up to the end of the block,
 *         long offset in the block of the first record that begins in it
 * </pre>
 */
public class BlockInfo implements IOReadableWritable {
    private long recordCount;
    private long accumulatedRecordCount;
    private long firstRecordStart;

    /** Bytes of this; a subclass with more fields says more. */
    public int getInfoSize() {
        return 3 * Long.BYTES;
    }

    public long getRecordCount() {
        return recordCount;
    }

    public void setRecordCount(long recordCount) {
        this.recordCount = recordCount;
    }

    public long getAccumulatedRecordCount() {
        return accumulatedRecordCount;
    }

    public void setAccumulatedRecordCount(long accumulatedRecordCount) {
        this.accumulatedRecordCount = accumulatedRecordCount;
    }

    /** Bytes from the beginning of the block. */
    public long getFirstRecordStart() {
        return firstRecordStart;
    }

    /**
     * @param firstRecordStart bytes from the beginning of the block
     */
    public void setFirstRecordStart(long firstRecordStart) {
        this.firstRecordStart = firstRecordStart;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeLong(recordCount);
        out.writeLong(accumulatedRecordCount);
        out.writeLong(firstRecordStart);
    }

    @Override
    public void read(DataInputView in) throws IOException {
        recordCount = in.readLong();
        accumulatedRecordCount = in.readLong();
        firstRecordStart = in.readLong();
    }
}
