package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.checkpoint.PassingSegment;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassingFileTest {
    private static final int SLOT = SegmentBuffers.BYTES;

    @TempDir private Path directory;

    private final Random random = new Random(7);
    private PassingFile file;

    private PassingFile file(SnapshotPace.Step step) {
        file = new PassingFile(path(), step, new SegmentBuffers());
        return file;
    }

    private Path path() {
        return directory.resolve("of/a/job/passing");
    }

    @AfterEach
    void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** A segment, and what it is to be. */
    private record Sent(PassingSegment segment, byte[] bytes) {
        void requireSame() throws IOException {
            segment.read(
                    (array, length) ->
                            assertThat(Arrays.equals(array, 0, length, bytes, 0, bytes.length))
                                    .isTrue());
        }
    }

    private Sent send(int length, int keyGroup) throws IOException {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        BinaryWriter buffer = new BinaryWriter(length);
        buffer.writeBytes(bytes, 0, length);
        PassingSegment segment = file.add(buffer, keyGroup, keyGroup + 1);
        Arrays.fill(buffer.array(), (byte) 0); // it is its owner's again
        return new Sent(segment, bytes);
    }

    @Test
    void withoutSegmentsThereIsNoFile() throws IOException {
        file(SnapshotPace.Step.NONE).close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void segmentsAreReadInAnyOrder() throws IOException {
        file(SnapshotPace.Step.NONE);
        Sent first = send(1, 3);
        Sent second = send(SLOT, 4);
        Sent third = send(2 * SLOT + 1, 5);

        assertThat(third.segment().firstKeyGroup()).isEqualTo(5);
        assertThat(third.segment().lastKeyGroup()).isEqualTo(6);
        assertThat(third.segment().length()).isEqualTo(2 * SLOT + 1);
        third.requireSame();
        first.requireSame();
        second.requireSame();
    }

    @Test
    void roomOfWhatWasReadIsUsedAgain() throws IOException {
        file(SnapshotPace.Step.NONE);
        Deque<Sent> waiting = new ArrayDeque<>();
        for (int i = 0; i < 40; i++) {
            waiting.add(send(1 + random.nextInt(SLOT), i));
            if (waiting.size() == 3) {
                waiting.remove().requireSame();
            }
        }

        assertThat(Files.size(path())).isLessThanOrEqualTo(3L * SLOT);
        for (Sent each : waiting) {
            each.requireSame();
        }
    }

    /** A hole that is too small for one stays for smaller ones. */
    @Test
    void aLargeSegmentGoesWhereItHasRoom() throws IOException {
        file(SnapshotPace.Step.NONE);
        Sent first = send(SLOT, 0);
        Sent second = send(SLOT, 1);
        first.requireSame();

        Sent large = send(SLOT + 1, 2);
        Sent small = send(10, 3);

        assertThat(Files.size(path())).isEqualTo(3L * SLOT + 1);
        for (Sent each : new Sent[] {second, large, small}) {
            each.requireSame();
        }
    }

    @Test
    void bytesThatADiskHasAlteredAreNotBelieved() throws IOException {
        file(SnapshotPace.Step.NONE);
        Sent sent = send(1000, 0);
        try (FileChannel other = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            other.write(ByteBuffer.wrap(new byte[] {(byte) ~sent.bytes()[500]}), 500);
        }

        assertThatThrownBy(sent::requireSame)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000 bytes at 0 of")
                .hasMessageContaining(path().toString())
                .hasMessageContaining("checksum");
    }

    @Test
    void aFileThatWasCutIsNamed() throws IOException {
        file(SnapshotPace.Step.NONE);
        Sent sent = send(1000, 0);
        try (FileChannel other = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            other.truncate(10);
        }

        assertThatThrownBy(sent::requireSame)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path() + " ends at 10");
    }

    @Test
    void whoAddsHearsThatNobodyWantsIt() {
        file(
                () -> {
                    throw new IOException("given up");
                });

        assertThatThrownBy(() -> send(10, 0)).hasMessage("given up");
    }
}
