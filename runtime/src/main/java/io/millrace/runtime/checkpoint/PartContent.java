package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads parts whose content is no more than memory holds anyway. Stateless; any thread. */
public final class PartContent {
    private PartContent() {}

    /**
     * All bytes of a part, in the order of its pieces.
     *
     * @param what they are, for a message
     * @throws MillraceException {@code STORAGE_FAILED} naming the file; {@code
     *     CHECKPOINT_FILE_CORRUPT} as {@link SegmentSource#open} says
     */
    public static byte[] read(StatePart part, SegmentSource segments, String what) {
        if (part.pieces().size() == 1 && part.pieces().get(0) instanceof Piece.Inline inline) {
            return inline.bytes();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Piece piece : part.pieces()) {
            switch (piece.kind()) {
                case INLINE -> all.writeBytes(((Piece.Inline) piece).bytes());
                case STORED -> copy(((Piece.Stored) piece).segment(), segments, what, all);
            }
        }
        return all.toByteArray();
    }

    private static void copy(
            SegmentRef segment, SegmentSource segments, String what, ByteArrayOutputStream all) {
        try (InputStream in = segments.open(segment)) {
            in.transferTo(all);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    what + " cannot be read from " + segment.file() + ": " + e.getMessage(),
                    e);
        }
    }
}
