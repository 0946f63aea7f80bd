package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.wire.AppSecret.Purpose;
import io.millrace.runtime.wire.HandshakeRefused.Reason;
import io.millrace.runtime.wire.Hello.Role;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final AppSecret SECRET = AppSecret.of(bytes(1));
    private static final AppSecret OTHER_SECRET = AppSecret.of(bytes(2));

    @Test
    void bothSidesEndWithTheSameSessionKeys() throws Exception {
        Handshake client = side(SECRET, Purpose.CONTROL, Role.CLIENT, 3);
        Handshake server = side(SECRET, Purpose.CONTROL, Role.SERVER, 4);

        shake(client, server);

        assertThat(client.sessionKeys().sending()).isEqualTo(server.sessionKeys().receiving());
        assertThat(client.sessionKeys().receiving()).isEqualTo(server.sessionKeys().sending());
        assertThat(client.sessionKeys().sending()).isNotEqualTo(client.sessionKeys().receiving());
    }

    @Test
    void everyConnectionHasItsOwnKeys() throws Exception {
        Handshake first = side(SECRET, Purpose.CONTROL, Role.CLIENT, 3);
        shake(first, side(SECRET, Purpose.CONTROL, Role.SERVER, 4));
        Handshake second = side(SECRET, Purpose.CONTROL, Role.CLIENT, 3);
        shake(second, side(SECRET, Purpose.CONTROL, Role.SERVER, 5));

        assertThat(first.sessionKeys().sending()).isNotEqualTo(second.sessionKeys().sending());
    }

    @Test
    void refusesTheSecretOfAnotherApplicationByName() {
        Handshake client = side(OTHER_SECRET, Purpose.DATA, Role.CLIENT, 3);
        Handshake server = side(SECRET, Purpose.DATA, Role.SERVER, 4);

        assertRefused(Reason.OTHER_APPLICATION, () -> server.onPeerHello(client.hello()));
        assertRefused(Reason.OTHER_APPLICATION, () -> client.onPeerHello(server.hello()));
    }

    @Test
    void refusesAProofMadeWithAnotherSecretUnderOurKeyId() throws Exception {
        Handshake server = side(SECRET, Purpose.DATA, Role.SERVER, 4);
        Handshake honest = side(SECRET, Purpose.DATA, Role.CLIENT, 3);
        server.onPeerHello(honest.hello());
        byte[] forged = AppSecret.hmac(OTHER_SECRET.key(Purpose.DATA), honest.hello());

        assertRefused(Reason.PROOF, () -> server.onPeerProof(forged));
    }

    @Test
    void refusesAnotherPurposeThoughTheSecretIsRight() {
        Handshake client = side(SECRET, Purpose.DATA, Role.CLIENT, 3);
        Handshake server = side(SECRET, Purpose.CONTROL, Role.SERVER, 4);

        assertRefused(Reason.PURPOSE, () -> server.onPeerHello(client.hello()));
    }

    @Test
    void aPurposeThatWasRewrittenOnTheWayDoesNotProve() throws Exception {
        Handshake client = side(SECRET, Purpose.DATA, Role.CLIENT, 3);
        Handshake server = side(SECRET, Purpose.CONTROL, Role.SERVER, 4);
        byte[] rewritten = side(SECRET, Purpose.CONTROL, Role.CLIENT, 3).hello();
        server.onPeerHello(rewritten);
        client.onPeerHello(side(SECRET, Purpose.DATA, Role.SERVER, 4).hello());

        assertRefused(Reason.PROOF, () -> server.onPeerProof(client.proof()));
    }

    @Test
    void aRecordedHandshakeIsWorthNothing() throws Exception {
        Handshake recorded = side(SECRET, Purpose.CONTROL, Role.CLIENT, 3);
        Handshake server = side(SECRET, Purpose.CONTROL, Role.SERVER, 4);
        shake(recorded, server);
        byte[] hello = recorded.hello();
        byte[] proof = recorded.proof();

        Handshake again = side(SECRET, Purpose.CONTROL, Role.SERVER, 5);
        again.onPeerHello(hello);

        assertRefused(Reason.PROOF, () -> again.onPeerProof(proof));
    }

    @Test
    void aProofCannotBeSentBackToItsMaker() throws Exception {
        Handshake server = side(SECRET, Purpose.CONTROL, Role.SERVER, 4);
        byte[] echo = server.hello();

        assertRefused(Reason.NOT_MILLRACE, () -> server.onPeerHello(echo));

        Handshake client = side(SECRET, Purpose.CONTROL, Role.CLIENT, 3);
        server.onPeerHello(client.hello());
        assertRefused(Reason.PROOF, () -> server.onPeerProof(server.proof()));
    }

    @Test
    void refusesEveryHelloWithOneBitChangedOutsideTheNonceOrFailsItsProof() throws Exception {
        for (int bit = 0; bit < Hello.BYTES * 8; bit++) {
            Handshake client = side(SECRET, Purpose.CONTROL, Role.CLIENT, 3);
            Handshake server = side(SECRET, Purpose.CONTROL, Role.SERVER, 4);
            byte[] changed = client.hello();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            client.onPeerHello(server.hello());

            assertThatThrownBy(
                            () -> {
                                server.onPeerHello(changed);
                                server.onPeerProof(client.proof());
                            })
                    .as("bit %s", bit)
                    .isInstanceOf(HandshakeRefused.class);
        }
    }

    @Test
    void saysWhichVersionsDoNotFit() {
        byte[] hello = side(SECRET, Purpose.DATA, Role.CLIENT, 3).hello();
        hello[4] = 9;

        assertThatThrownBy(() -> side(SECRET, Purpose.DATA, Role.SERVER, 4).onPeerHello(hello))
                .hasMessageContaining("version 9")
                .hasMessageContaining("we speak 1");
    }

    static Handshake side(AppSecret secret, Purpose purpose, Role role, long nonceSeed) {
        return new Handshake(secret.key(purpose), purpose, role, bytes(nonceSeed));
    }

    private static void shake(Handshake client, Handshake server) throws HandshakeRefused {
        server.onPeerHello(client.hello());
        client.onPeerHello(server.hello());
        server.onPeerProof(client.proof());
        client.onPeerProof(server.proof());
    }

    private static void assertRefused(Reason reason, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        HandshakeRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    static byte[] bytes(long seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
