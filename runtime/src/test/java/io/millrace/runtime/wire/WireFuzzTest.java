package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.testing.Fuzz;
import io.millrace.runtime.wire.AppSecret.Purpose;
import io.millrace.runtime.wire.Hello.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WireFuzzTest {
    private static final int MAX_FRAME_BYTES = 4096;
    private static final byte[] KEY = HandshakeTest.bytes(7);

    private static final FrameReader.Sink NOBODY =
            new FrameReader.Sink() {
                @Override
                public void frame(byte[] payload) {
                    assertThat(payload.length).isBetween(1, MAX_FRAME_BYTES);
                }

                @Override
                public void goodbye() {}
            };

    private static byte[] stream(FrameSeal seal) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int length : new int[] {5, 1, 300, 0}) {
            byte[] payload = new byte[length];
            new Random(length).nextBytes(payload);
            out.write(new byte[] {0, 0, (byte) (length >> 8), (byte) length});
            if (seal != null) {
                out.write(seal.next(payload));
            }
            out.write(payload);
        }
        return out.toByteArray();
    }

    private static void readInPieces(FrameReader reader, byte[] bytes) throws IOException {
        Random random = new Random(bytes.length);
        ByteBuf all = Unpooled.wrappedBuffer(bytes);
        while (all.isReadable()) {
            reader.read(
                    all.readSlice(Math.min(all.readableBytes(), 1 + random.nextInt(40))), NOBODY);
        }
    }

    @Test
    void aDamagedStreamOfDataFramesIsCutOrRefused() throws IOException {
        new Fuzz()
                .attack(
                        stream(null),
                        bytes -> readInPieces(new FrameReader(MAX_FRAME_BYTES, null), bytes),
                        IOException.class);
    }

    @Test
    void aDamagedStreamOfSealedFramesIsRefused() throws IOException {
        new Fuzz()
                .attack(
                        stream(new FrameSeal(KEY)),
                        bytes ->
                                readInPieces(
                                        new FrameReader(MAX_FRAME_BYTES, new FrameSeal(KEY)),
                                        bytes),
                        IOException.class);
    }

    private static Handshake handshake(Role role) {
        return new Handshake(KEY, Purpose.DATA, role, HandshakeTest.bytes(role.ordinal()));
    }

    @Test
    void aDamagedHelloIsRefusedAndProvesNothing() {
        byte[] hello = handshake(Role.CLIENT).hello();
        new Fuzz()
                .attack(
                        hello,
                        bytes -> {
                            Handshake server = handshake(Role.SERVER);
                            server.onPeerHello(bytes);
                            Handshake client = handshake(Role.CLIENT);
                            client.onPeerHello(server.hello());
                            // What was changed in the hello is in what the proof signs.
                            server.onPeerProof(client.proof());
                            assertThat(bytes).isEqualTo(hello);
                        },
                        HandshakeRefused.class);
    }

    @Test
    void aDamagedProofIsRefused() throws Exception {
        Handshake client = handshake(Role.CLIENT);
        client.onPeerHello(handshake(Role.SERVER).hello());
        byte[] proof = client.proof();
        new Fuzz()
                .attack(
                        proof,
                        bytes -> {
                            Handshake server = handshake(Role.SERVER);
                            server.onPeerHello(client.hello());
                            server.onPeerProof(bytes);
                            assertThat(bytes).isEqualTo(proof);
                        },
                        HandshakeRefused.class);
    }
}
