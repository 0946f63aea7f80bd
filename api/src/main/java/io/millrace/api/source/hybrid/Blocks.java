package io.millrace.api.source.hybrid;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Bytes with their length in front, 4 bytes; the length -1 is null. Stateless. */
final class Blocks {
    private Blocks() {}

    static void write(DataOutputStream out, byte[] block) throws IOException {
        out.writeInt(block == null ? -1 : block.length);
        if (block != null) {
            out.write(block);
        }
    }

    static byte[] read(DataInputStream in, String what) throws IOException {
        int length = in.readInt();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > in.available()) {
            throw new IOException(
                    what
                            + " has "
                            + length
                            + " bytes by its length, but "
                            + in.available()
                            + " are left: the state is damaged.");
        }
        return in.readNBytes(length);
    }

    static void requireVersion(int known, int version, String what) throws IOException {
        if (version != known) {
            throw new IOException(
                    what + " has the version " + version + "; this release reads " + known + ".");
        }
    }
}
