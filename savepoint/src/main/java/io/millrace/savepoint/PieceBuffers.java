package io.millrace.savepoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Room for pieces that are in memory one after the other, a few mebibytes each: the arrays are used
 * again. Beside a running job that is what keeps them out of the old generation. Confined.
 */
final class PieceBuffers {
    /** A file's reader goes from one piece to the next; more only lie about after a merge. */
    private static final int KEPT = 2;

    private final Deque<byte[]> spare = new ArrayDeque<>();

    /** A piece in memory: the first bytes of an array that belongs to its reader. */
    record Read(byte[] array, int length) {}

    /**
     * Reads all that comes.
     *
     * @param expected about so many bytes
     */
    Read readAll(InputStream in, long expected) throws IOException {
        byte[] array =
                spare.isEmpty() ? new byte[(int) Math.min(expected, 1 << 30) + 1] : spare.pop();
        int length = 0;
        while (true) {
            if (length == array.length) {
                array = Arrays.copyOf(array, Math.multiplyExact(array.length, 2));
            }
            int count = in.read(array, length, array.length - length);
            if (count < 0) {
                return new Read(array, length);
            }
            length += count;
        }
    }

    /** Nobody reads it any more. */
    void giveBack(Read piece) {
        if (spare.size() < KEPT) {
            spare.push(piece.array());
        }
    }
}
