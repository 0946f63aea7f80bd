package io.millrace.runtime.wire;

import io.millrace.runtime.wire.AppSecret.Purpose;
import io.millrace.runtime.wire.HandshakeRefused.Reason;
import io.millrace.runtime.wire.Hello.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * One side of the mutual proof that both ends know the application's secret. Pure: bytes in, bytes
 * out; confined to its connection.
 *
 * <pre>
 * client                                     server
 *   hello (fresh nonce)          ──────────►
 *                                ◄──────────  hello (fresh nonce)
 *   proof = HMAC(key, "client" + both hellos) ►
 *                                ◄──────────  proof = HMAC(key, "server" + both hellos)
 * </pre>
 *
 * The client proves itself first, so a stranger learns nothing from a server. Since each side's
 * nonce is in what the other one signs, a recorded handshake is worth nothing; since the side's
 * name is in it, a proof cannot be sent back to its sender.
 */
final class Handshake {
    static final int PROOF_BYTES = 32;

    private final byte[] key;
    private final Purpose purpose;
    private final Role role;
    private final byte[] hello;
    private byte[] peerHello;

    Handshake(byte[] key, Purpose purpose, Role role, byte[] nonce) {
        this.key = key;
        this.purpose = purpose;
        this.role = role;
        this.hello = new Hello(purpose, role, Hello.keyIdOf(key), nonce).toBytes();
    }

    byte[] hello() {
        return hello.clone();
    }

    void onPeerHello(byte[] bytes) throws HandshakeRefused {
        Hello.check(bytes, purpose, other(role), Hello.keyIdOf(key));
        peerHello = bytes.clone();
    }

    byte[] proof() {
        return sign(role == Role.CLIENT ? "client" : "server");
    }

    void onPeerProof(byte[] bytes) throws HandshakeRefused {
        byte[] expected = sign(role == Role.CLIENT ? "server" : "client");
        if (!MessageDigest.isEqual(expected, bytes)) {
            throw new HandshakeRefused(Reason.PROOF, "its proof is wrong");
        }
    }

    /** Keys of this connection alone; call after the peer's proof. */
    SessionKeys sessionKeys() {
        byte[] toServer = sign("to server");
        byte[] toClient = sign("to client");
        return role == Role.CLIENT
                ? new SessionKeys(toServer, toClient)
                : new SessionKeys(toClient, toServer);
    }

    private byte[] sign(String label) {
        byte[] first = role == Role.CLIENT ? hello : peerHello;
        byte[] second = role == Role.CLIENT ? peerHello : hello;
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        return AppSecret.hmac(key, new byte[] {(byte) name.length}, name, first, second);
    }

    private static Role other(Role role) {
        return role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
    }
}
