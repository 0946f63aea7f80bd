package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final byte[] KEY = HandshakeTest.bytes(7);

    private final List<String> heard = new ArrayList<>();
    private final FrameReader.Sink sink =
            new FrameReader.Sink() {
                @Override
                public void frame(byte[] payload) {
                    heard.add(new String(payload, StandardCharsets.US_ASCII));
                }

                @Override
                public void goodbye() {
                    heard.add("goodbye");
                }
            };

    @Test
    void cutsFramesWhereverTheBytesAreTorn() throws Exception {
        byte[] stream = sealed("first", "second one", "3", "");
        for (int step = 1; step <= stream.length; step++) {
            heard.clear();
            FrameReader reader = new FrameReader(1024, new FrameSeal(KEY));
            for (int at = 0; at < stream.length; at += step) {
                ByteBuf piece =
                        Unpooled.wrappedBuffer(stream, at, Math.min(step, stream.length - at));
                reader.read(piece, sink);
            }
            assertThat(heard)
                    .as("in pieces of %s", step)
                    .containsExactly("first", "second one", "3", "goodbye");
        }
    }

    @Test
    void readsPlainFramesOfADataConnection() throws Exception {
        FrameReader reader = new FrameReader(1024, null);

        reader.read(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 2, 'o', 'k', 0, 0, 0, 0}), sink);

        assertThat(heard).containsExactly("ok", "goodbye");
    }

    @Test
    void refusesEverySingleBitThatWasChanged() throws Exception {
        byte[] stream = sealed("first", "second");
        for (int bit = 0; bit < stream.length * 8; bit++) {
            heard.clear();
            byte[] changed = stream.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            FrameReader reader = new FrameReader(1024, new FrameSeal(KEY));
            try {
                reader.read(Unpooled.wrappedBuffer(changed), sink);
            } catch (IOException e) {
                assertThat(e.getMessage()).matches("(?s).*(does not verify|are allowed).*");
            }
            // A longer length waits for bytes that do not come; nothing wrong is ever delivered.
            assertThat(heard).as("bit %s", bit).isIn(List.of(), List.of("first"));
        }
    }

    @Test
    void refusesAFrameThatIsRepeatedOrMoved() throws Exception {
        byte[] first = sealed("first");
        byte[] both = sealed("first", "second");
        byte[] second = java.util.Arrays.copyOfRange(both, first.length, both.length);

        assertDoesNotVerify(first, first);
        assertDoesNotVerify(second, first);
        assertDoesNotVerify(second);
    }

    private void assertDoesNotVerify(byte[]... frames) {
        FrameReader reader = new FrameReader(1024, new FrameSeal(KEY));
        assertThatThrownBy(() -> reader.read(Unpooled.wrappedBuffer(frames), sink))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not verify");
    }

    @Test
    void refusesALengthBeyondTheLimitBeforeAllocating() {
        FrameReader reader = new FrameReader(1024, null);

        assertThatThrownBy(
                        () ->
                                reader.read(
                                        Unpooled.wrappedBuffer(new byte[] {0x7F, -1, -1, -1, 1, 2}),
                                        sink))
                .hasMessageContaining("2147483647 bytes")
                .hasMessageContaining("at most 1024");
        assertThatThrownBy(
                        () ->
                                new FrameReader(1024, null)
                                        .read(
                                                Unpooled.wrappedBuffer(new byte[] {-1, -1, -1, -1}),
                                                sink))
                .hasMessageContaining("4294967295 bytes");
    }

    private static byte[] sealed(String... frames) throws IOException {
        FrameSeal seal = new FrameSeal(KEY);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String frame : frames) {
            byte[] payload = frame.getBytes(StandardCharsets.US_ASCII);
            out.write(new byte[] {0, 0, 0, (byte) payload.length});
            out.write(seal.next(payload));
            out.write(payload);
        }
        return out.toByteArray();
    }
}
