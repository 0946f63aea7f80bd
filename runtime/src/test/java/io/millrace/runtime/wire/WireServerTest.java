package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret.Purpose;
import io.millrace.runtime.wire.Hello.Role;
import io.netty.buffer.ByteBuf;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireServerTest {
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AppSecret SECRET = AppSecret.of(HandshakeTest.bytes(1));

    private final WireThreads threads = WireThreads.start("wire-test", 1);
    private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    private final Frames atServer = new Frames();
    private final Frames atClient = new Frames();
    private WireServer server;

    @AfterEach
    void closeAll() {
        if (server != null) {
            server.close();
        }
        threads.close();
    }

    private void listen(Purpose purpose, Duration handshakeTimeout) {
        server =
                WireServer.listen(
                        threads,
                        HOST,
                        0,
                        SECRET,
                        purpose,
                        handshakeTimeout,
                        connection -> {
                            accepted.add(connection);
                            return atServer;
                        });
    }

    private Connection connect(AppSecret secret, Purpose purpose) {
        return WireClient.connect(HOST, server.port(), secret, purpose, atClient, PATIENCE);
    }

    private Connection accepted() throws InterruptedException {
        Connection connection = accepted.poll(40, TimeUnit.SECONDS);
        assertThat(connection).as("an accepted connection").isNotNull();
        return connection;
    }

    @Test
    void carriesFramesBothWaysInOrder() throws Exception {
        listen(Purpose.CONTROL, PATIENCE);
        Connection client = connect(SECRET, Purpose.CONTROL);
        Connection other = accepted();
        byte[] big = new byte[Connection.MAX_CONTROL_FRAME_BYTES];
        new Random(1).nextBytes(big);

        for (int i = 1; i <= 1000; i++) {
            client.send(new byte[i]);
            other.send(new byte[2 * i]);
        }
        client.send(big);

        for (int i = 1; i <= 1000; i++) {
            assertThat(atServer.next()).hasSize(i);
            assertThat(atClient.next()).hasSize(2 * i);
        }
        assertThat(atServer.next()).isEqualTo(big);
        client.close();
    }

    @Test
    void sendsWhatIsQueuedBeforeAnOrderlyEnd() throws Exception {
        listen(Purpose.CONTROL, PATIENCE);
        Connection client = connect(SECRET, Purpose.CONTROL);
        for (int i = 0; i < 500; i++) {
            client.send(new byte[1000]);
        }
        client.close();
        client.close();

        assertThat(atServer.awaitClosed()).isNull();
        assertThat(atServer.count()).isEqualTo(500);
        assertThat(atClient.awaitClosed()).isNull();
    }

    @Test
    void refusesFramesThatAreEmptyOrTooLong() throws Exception {
        listen(Purpose.CONTROL, PATIENCE);
        Connection client = connect(SECRET, Purpose.CONTROL);

        assertThatThrownBy(() -> client.send(new byte[0])).hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> client.send(new byte[Connection.MAX_CONTROL_FRAME_BYTES + 1]))
                .hasMessageContaining("16777217 bytes");
        client.close();
    }

    @Test
    void tellsTheClientWhyThereIsNoConnection() throws Exception {
        listen(Purpose.CONTROL, PATIENCE);

        assertThatThrownBy(() -> connect(AppSecret.random(), Purpose.CONTROL))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED));
        assertThatThrownBy(() -> connect(SECRET, Purpose.DATA))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED));
        int freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }
        assertThatThrownBy(
                        () ->
                                WireClient.connect(
                                        HOST, freePort, SECRET, Purpose.DATA, atClient, PATIENCE))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CLUSTER_UNREACHABLE))
                .hasMessageContaining(HOST + ":" + freePort);
        assertThat(accepted).isEmpty();
    }

    @Test
    void aClientDoesNotTrustWhoeverAnswers() throws Exception {
        try (ServerSocket impostor = new ServerSocket(0)) {
            Thread answering =
                    new Thread(
                            () -> {
                                try (Socket socket = impostor.accept()) {
                                    socket.getInputStream().readNBytes(Hello.BYTES);
                                    Handshake fake =
                                            HandshakeTest.side(
                                                    SECRET, Purpose.DATA, Role.SERVER, 9);
                                    socket.getOutputStream().write(fake.hello());
                                    socket.getInputStream().readNBytes(Handshake.PROOF_BYTES);
                                    socket.getOutputStream().write(new byte[Handshake.PROOF_BYTES]);
                                    socket.getInputStream().read();
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            });
            answering.start();

            assertThatThrownBy(
                            () ->
                                    WireClient.connect(
                                            HOST,
                                            impostor.getLocalPort(),
                                            SECRET,
                                            Purpose.DATA,
                                            atClient,
                                            PATIENCE))
                    .hasMessageContaining("AUTHENTICATION_FAILED")
                    .hasMessageContaining("proof is wrong");
            answering.join(20_000);
        }
    }

    /** S2: truncated at every byte, garbage, replayed; the accept function is the canary. */
    @Test
    void nothingIsParsedOfAPeerThatHasProvenNothing() throws Exception {
        listen(Purpose.CONTROL, PATIENCE);
        byte[] hello = HandshakeTest.side(SECRET, Purpose.CONTROL, Role.CLIENT, 3).hello();
        byte[] replayedProof = recordProof();
        byte[] whole = new byte[Hello.BYTES + Handshake.PROOF_BYTES];
        System.arraycopy(hello, 0, whole, 0, Hello.BYTES);
        System.arraycopy(replayedProof, 0, whole, Hello.BYTES, Handshake.PROOF_BYTES);

        for (int length = 0; length <= whole.length; length++) {
            sendAndHangUp(whole, length);
        }
        for (int seed = 0; seed < 50; seed++) {
            byte[] garbage = new byte[4096];
            new Random(seed).nextBytes(garbage);
            sendAndHangUp(garbage, garbage.length);
        }
        // The server still takes honest peers, so all of the above has been dealt with or is
        // waiting.
        connect(SECRET, Purpose.CONTROL).close();
        accepted();
        assertThat(accepted).isEmpty();
    }

    private byte[] recordProof() throws Exception {
        Handshake client = HandshakeTest.side(SECRET, Purpose.CONTROL, Role.CLIENT, 3);
        client.onPeerHello(HandshakeTest.side(SECRET, Purpose.CONTROL, Role.SERVER, 4).hello());
        return client.proof();
    }

    /** Writes, reads what comes until the server closes or the bytes were too few, and closes. */
    private void sendAndHangUp(byte[] bytes, int length) throws IOException {
        try (Socket socket = new Socket(HOST, server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes, 0, length);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            int answered = 0;
            while (in.read() >= 0) {
                answered++;
            }
            assertThat(answered).as("answer to %s bytes", length).isIn(0, Hello.BYTES);
        } catch (java.net.SocketException e) {
            // Also an answer: the server closed with our bytes unread.
            assertThat(e.getMessage()).containsAnyOf("reset", "Broken pipe", "abort");
        }
    }

    @Test
    void endsASlowHandshakeAndServesOthersMeanwhile() throws Exception {
        listen(Purpose.CONTROL, Duration.ofMillis(300));
        try (Socket slow = new Socket(HOST, server.port())) {
            slow.setSoTimeout(20_000);
            slow.getOutputStream()
                    .write(
                            HandshakeTest.side(SECRET, Purpose.CONTROL, Role.CLIENT, 3).hello(),
                            0,
                            20);

            connectHoweverLongItTakes().close();
            accepted();

            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** Again and again: where a machine is slow, an honest handshake may be too slow as well. */
    private Connection connectHoweverLongItTakes() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return connect(SECRET, Purpose.CONTROL);
            } catch (MillraceException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
        }
    }

    @Test
    void theOldestPendingHandshakeGoesWhenThereAreTooMany() throws Exception {
        listen(Purpose.CONTROL, PATIENCE);
        try (Socket oldest = new Socket(HOST, server.port())) {
            oldest.setSoTimeout(20_000);
            Socket[] others = new Socket[WireServer.MAX_PENDING];
            try {
                for (int i = 0; i < others.length; i++) {
                    others[i] = new Socket(HOST, server.port());
                }
                assertThat(oldest.getInputStream().read()).isEqualTo(-1);
                connect(SECRET, Purpose.CONTROL).close();
                accepted();
            } finally {
                for (Socket other : others) {
                    if (other != null) {
                        other.close();
                    }
                }
            }
        }
    }

    @Test
    void closesAControlConnectionWhoseFramesWereTamperedWith() throws Exception {
        listen(Purpose.CONTROL, PATIENCE);
        try (Socket socket = new Socket(HOST, server.port())) {
            Handshake client = HandshakeTest.side(SECRET, Purpose.CONTROL, Role.CLIENT, 3);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            out.write(client.hello());
            client.onPeerHello(in.readNBytes(Hello.BYTES));
            out.write(client.proof());
            client.onPeerProof(in.readNBytes(Handshake.PROOF_BYTES));
            FrameSeal seal = new FrameSeal(client.sessionKeys().sending());
            writeSealed(out, seal, new byte[] {1}, new byte[] {1});
            writeSealed(out, seal, new byte[] {2}, new byte[] {3});

            assertThat(atServer.next()).containsExactly(1);
            assertThat(atServer.awaitClosed()).hasMessageContaining("frame 1 does not verify");
            assertThat(atServer.count()).isZero();
        }
    }

    private static void writeSealed(
            DataOutputStream out, FrameSeal seal, byte[] signed, byte[] sent) throws IOException {
        out.writeInt(sent.length);
        out.write(seal.next(signed));
        out.write(sent);
    }

    @Test
    void aConnectionThatBreaksWithoutGoodbyeSaysSo() throws Exception {
        listen(Purpose.DATA, PATIENCE);
        try (Socket socket = new Socket(HOST, server.port())) {
            Handshake client = HandshakeTest.side(SECRET, Purpose.DATA, Role.CLIENT, 3);
            socket.getOutputStream().write(client.hello());
            client.onPeerHello(socket.getInputStream().readNBytes(Hello.BYTES));
            socket.getOutputStream().write(client.proof());
            accepted();
        }

        assertThat(atServer.awaitClosed()).hasMessageContaining("no goodbye came");
    }

    @Test
    void aListenerThatThrowsLosesItsConnectionOnly() throws Exception {
        server =
                WireServer.listen(
                        threads,
                        HOST,
                        0,
                        SECRET,
                        Purpose.CONTROL,
                        connection ->
                                new ConnectionListener() {
                                    @Override
                                    public void onFrame(byte[] frame) {
                                        throw new IllegalStateException("not understood");
                                    }

                                    @Override
                                    public void onClosed(Throwable cause) {
                                        atServer.onClosed(cause);
                                    }
                                });
        connect(SECRET, Purpose.CONTROL).send(new byte[] {1});

        assertThat(atServer.awaitClosed()).hasMessage("not understood");
        assertThat(atClient.awaitClosed()).isNotNull();
    }

    @Test
    void dataConnectionsPushBackAndReleaseTheirBuffers() throws Exception {
        listen(Purpose.DATA, PATIENCE);
        DataConnection client = (DataConnection) connect(SECRET, Purpose.DATA);
        accepted();
        byte[] payload = new byte[256 << 10];
        int sent = 0;
        while (client.isWritable() && sent < 10_000) {
            ByteBuf frame = client.newFrame(payload.length);
            frame.writeBytes(payload);
            client.send(frame);
            sent++;
        }
        if (sent < 10_000) {
            atClient.awaitWritable();
        }
        client.close();

        for (int i = 0; i < sent; i++) {
            assertThat(atServer.next()).hasSize(payload.length);
        }
        assertThat(atServer.awaitClosed()).isNull();
    }

    @Test
    void closingTheServerEndsItsConnectionsInAnOrderlyWay() throws Exception {
        listen(Purpose.CONTROL, PATIENCE);
        Connection client = connect(SECRET, Purpose.CONTROL);
        accepted();

        server.close();

        assertThat(atClient.awaitClosed()).isNull();
        assertThat(atServer.awaitClosed()).isNull();
        client.send(new byte[] {1}); // dropped in silence
    }

    @Test
    void namesThePortThatCannotBeHad() throws Exception {
        listen(Purpose.CONTROL, PATIENCE);

        assertThatThrownBy(
                        () ->
                                WireServer.listen(
                                        HOST,
                                        server.port(),
                                        SECRET,
                                        Purpose.CONTROL,
                                        connection -> atServer))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(HOST + ":" + server.port());
    }
}
