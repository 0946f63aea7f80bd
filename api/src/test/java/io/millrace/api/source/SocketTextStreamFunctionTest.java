package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.time.Watermark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("deprecation")
class SocketTextStreamFunctionTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void cutsTextAtLineFeedsAndDropsCarriageReturns() throws Exception {
        read("\n", 0, "one\r\ntwo\n\nlást");
        assertThat(lines).containsExactly("one", "two", "", "lást");
    }

    @Test
    void cutsTextAtADelimiterOfManyCharacters() throws Exception {
        read("<>", 0, "a<", ">b<>", "<c>");
        assertThat(lines).containsExactly("a", "b", "<c>");
    }

    @Test
    void connectsAgainAsOftenAsItMay() throws Exception {
        try (ServerSocket server = server()) {
            Thread peer =
                    new Thread(
                            () -> {
                                for (String text : List.of("a\n", "b\n", "c\n")) {
                                    send(server, text);
                                }
                            });
            peer.start();
            new SocketTextStreamFunction("127.0.0.1", server.getLocalPort(), "\n", 2, 0)
                    .run(context());
            peer.join();
        }
        assertThat(lines).containsExactly("a", "b", "c");
    }

    @Test
    void aPortWhereNobodyListensIsNamed() throws Exception {
        int port;
        try (ServerSocket server = server()) {
            port = server.getLocalPort();
        }
        SocketTextStreamFunction function =
                new SocketTextStreamFunction("127.0.0.1", port, "\n", 1, 0);
        assertThatThrownBy(() -> function.run(context()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("after 1 retries");
    }

    @Test
    void aCancelClosesTheConnection() throws Exception {
        try (ServerSocket server = server()) {
            SocketTextStreamFunction function =
                    new SocketTextStreamFunction("127.0.0.1", server.getLocalPort(), "\n", -1, 0);
            Thread canceler =
                    new Thread(
                            () -> {
                                try (Socket open = server.accept()) {
                                    open.getOutputStream().write('x');
                                    function.cancel();
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            canceler.start();
            function.run(context());
            canceler.join();
        }
        assertThat(lines).isEmpty();
    }

    private void read(String delimiter, long retries, String... packets) throws Exception {
        try (ServerSocket server = server()) {
            Thread peer = new Thread(() -> send(server, packets));
            peer.start();
            new SocketTextStreamFunction("127.0.0.1", server.getLocalPort(), delimiter, retries, 0)
                    .run(context());
            peer.join();
        }
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    }

    private static void send(ServerSocket server, String... packets) {
        try (Socket connection = server.accept()) {
            for (String packet : packets) {
                connection.getOutputStream().write(packet.getBytes(StandardCharsets.UTF_8));
                connection.getOutputStream().flush();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SourceFunction.SourceContext<String> context() {
        return new SourceFunction.SourceContext<>() {
            @Override
            public void collect(String element) {
                lines.add(element);
            }

            @Override
            public void collectWithTimestamp(String element, long timestamp) {
                lines.add(element);
            }

            @Override
            public void emitWatermark(Watermark mark) {}

            @Override
            public void markAsTemporarilyIdle() {}

            @Override
            public Object getCheckpointLock() {
                return this;
            }

            @Override
            public void close() {}
        };
    }
}
