package io.millrace.runtime.wire;

import io.millrace.runtime.wire.AppSecret.Purpose;
import io.millrace.runtime.wire.HandshakeRefused.Reason;
import java.util.Arrays;

/**
 * The first bytes of each side of a connection; the only ones read from a peer that has proven
 * nothing yet. Immutable; the arrays are never written to.
 *
 * <pre>
 *  0        4         5         6      7      8          16           48
 *  | "MLRC" | version | purpose | role | zero | key id 8 | nonce 32   |
 * </pre>
 *
 * @param purpose as its ordinal; what the connection is for
 * @param keyId tells apart applications without telling a key; lets a refusal name its reason
 */
record Hello(Purpose purpose, Role role, byte[] keyId, byte[] nonce) {
    static final int BYTES = 48;
    static final int VERSION = 1;
    static final int NONCE_BYTES = 32;
    private static final int KEY_ID_BYTES = 8;
    private static final byte[] MAGIC = {'M', 'L', 'R', 'C'};

    /** Which side of a connection speaks; a proof of one side is none of the other. */
    enum Role {
        CLIENT,
        SERVER
    }

    static byte[] keyIdOf(byte[] key) {
        return Arrays.copyOf(AppSecret.hmac(key, new byte[] {'i', 'd'}), KEY_ID_BYTES);
    }

    byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        System.arraycopy(MAGIC, 0, bytes, 0, 4);
        bytes[4] = VERSION;
        bytes[5] = (byte) purpose.ordinal();
        bytes[6] = (byte) role.ordinal();
        System.arraycopy(keyId, 0, bytes, 8, KEY_ID_BYTES);
        System.arraycopy(nonce, 0, bytes, 16, NONCE_BYTES);
        return bytes;
    }

    /** Checks the peer's hello against what this side expects, cheapest and most telling first. */
    static void check(byte[] bytes, Purpose purpose, Role role, byte[] keyId)
            throws HandshakeRefused {
        if (bytes.length != BYTES || !Arrays.equals(bytes, 0, 4, MAGIC, 0, 4)) {
            throw new HandshakeRefused(Reason.NOT_MILLRACE, "its first bytes are not ours");
        }
        if (bytes[4] != VERSION) {
            throw new HandshakeRefused(
                    Reason.VERSION, "it speaks version " + bytes[4] + ", we speak " + VERSION);
        }
        if (bytes[5] != purpose.ordinal()) {
            throw new HandshakeRefused(
                    Reason.PURPOSE, "purpose " + bytes[5] + " at a port for " + purpose);
        }
        if (bytes[6] != role.ordinal() || bytes[7] != 0) {
            throw new HandshakeRefused(Reason.NOT_MILLRACE, "role " + bytes[6] + "/" + bytes[7]);
        }
        if (!Arrays.equals(bytes, 8, 8 + KEY_ID_BYTES, keyId, 0, KEY_ID_BYTES)) {
            throw new HandshakeRefused(
                    Reason.OTHER_APPLICATION, "it holds the secret of another application");
        }
    }
}
