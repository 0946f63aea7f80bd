package io.millrace.connector.orc;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.orc.DataReader;
import org.apache.orc.OrcProto;
import org.apache.orc.StripeInformation;
import org.apache.orc.impl.BufferChunk;
import org.apache.orc.impl.BufferChunkList;
import org.apache.orc.impl.InStream;

/** Reads the streams of columns for orc-core. Confined to its task. */
final class StripeBytes implements DataReader {
    private final FileBytes file;
    private final InStream.StreamOptions compression;
    private final String where;

    StripeBytes(FileBytes file, InStream.StreamOptions compression, String where) {
        this.file = file;
        this.compression = compression;
        this.where = where;
    }

    @Override
    public void open() {}

    @Override
    public OrcProto.StripeFooter readStripeFooter(StripeInformation stripe) throws IOException {
        long at = stripe.getOffset() + stripe.getIndexLength() + stripe.getDataLength();
        ByteBuffer bytes = file.read(at, stripe.getFooterLength());
        OrcProto.StripeFooter footer =
                OrcProto.StripeFooter.parseFrom(
                        InStream.createCodedInputStream(
                                InStream.create(
                                        "footer",
                                        new BufferChunk(bytes, 0),
                                        0,
                                        stripe.getFooterLength(),
                                        compression)));
        for (OrcProto.ColumnEncoding encoding : footer.getColumnsList()) {
            long size = encoding.getDictionarySize() & 0xFFFFFFFFL;
            if (size > stripe.getNumberOfRows()) {
                throw Malformed.file(
                        where,
                        "a dictionary of "
                                + size
                                + " texts for "
                                + stripe.getNumberOfRows()
                                + " rows in the stripe at byte "
                                + stripe.getOffset());
            }
        }
        return footer;
    }

    @Override
    public BufferChunkList readFileData(BufferChunkList ranges, boolean forceDirect) {
        for (BufferChunk range = ranges.get(); range != null; range = (BufferChunk) range.next) {
            if (!range.hasData()) {
                range.setChunk(file.read(range.getOffset(), range.getLength()));
            }
        }
        return ranges;
    }

    @Override
    public boolean isTrackingDiskRanges() {
        return false;
    }

    @Override
    public void releaseBuffer(ByteBuffer toRelease) {}

    @Override
    public void releaseAllBuffers() {}

    @Override
    public DataReader clone() {
        return new StripeBytes(file, compression, where);
    }

    /** The file is closed by who opened it. */
    @Override
    public void close() {}

    @Override
    public InStream.StreamOptions getCompressionOptions() {
        return compression;
    }
}
