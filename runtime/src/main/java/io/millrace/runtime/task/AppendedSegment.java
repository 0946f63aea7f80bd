package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.PassingSegment;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentSource;
import java.io.IOException;
import java.io.InputStream;

/** A segment that lies in the file of all parts. Immutable. */
record AppendedSegment(Piece.Stored piece, SegmentSource source, SegmentBuffers buffers)
        implements PassingSegment {
    @Override
    public int firstKeyGroup() {
        return piece.firstKeyGroup();
    }

    @Override
    public int lastKeyGroup() {
        return piece.lastKeyGroup();
    }

    @Override
    public long length() {
        return piece.segment().length();
    }

    @Override
    public void read(Reader reader) throws IOException {
        int length = Math.toIntExact(length());
        byte[] buffer = buffers.take(length);
        try (InputStream in = source.open(piece.segment())) {
            in.readNBytes(buffer, 0, length);
            if (in.read() >= 0) { // only the end of the stream says that all was as written
                throw new IOException(piece.segment() + " is longer than was written");
            }
            reader.read(buffer, length);
        } finally {
            buffers.giveBack(buffer);
        }
    }
}
