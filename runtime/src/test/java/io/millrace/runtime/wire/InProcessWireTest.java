package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InProcessWireTest {
    private final Frames atClient = new Frames();
    private final Frames atServer = new Frames();
    private final CompletableFuture<Connection> server = new CompletableFuture<>();

    private Connection connect(ConnectionListener serverSide) {
        return InProcessWire.connect(
                "test",
                connection -> {
                    server.complete(connection);
                    return serverSide;
                },
                atClient);
    }

    @Test
    void carriesFramesBothWaysInOrderThenSaysGoodbye() throws Exception {
        Connection client = connect(atServer);
        for (int i = 1; i <= 100; i++) {
            client.send(new byte[i]);
            server.get(40, TimeUnit.SECONDS).send(new byte[i]);
        }
        client.close();

        for (int i = 1; i <= 100; i++) {
            assertThat(atServer.next()).hasSize(i);
            assertThat(atClient.next()).hasSize(i);
        }
        assertThat(atServer.awaitClosed()).isNull();
        assertThat(atClient.awaitClosed()).isNull();
        client.send(new byte[] {1});
        assertThat(atServer.count()).isZero();
    }

    @Test
    void aListenerThatThrowsBreaksTheConnection() throws Exception {
        Connection client =
                connect(
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
        client.send(new byte[] {1});

        assertThat(atServer.awaitClosed()).hasMessage("not understood");
        assertThat(atClient.awaitClosed()).hasMessage("not understood");
    }
}
