package io.millrace.hdfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdfsJournalStoreTest {
    @TempDir Path directory;
    private FileSystem files;

    @BeforeEach
    void openFileSystem() throws IOException {
        files = new RawLocalFileSystem();
        files.initialize(URI.create("file:///"), new Configuration());
    }

    @Test
    void keepsEntriesInOrderAndGivesThemToTheNextEpoch() {
        try (HdfsJournalStore first = open(1)) {
            append(first, "a", "b", "c");
            assertThat(read(first)).containsExactly("a", "b", "c");
        }
        assertThat(read(open(2))).containsExactly("a", "b", "c");
    }

    @Test
    void givesTheEntriesOfManyEpochsOnce() {
        append(open(1), "a");
        append(open(2), "b");
        HdfsJournalStore third = open(5);
        append(third, "c", "d");
        assertThat(read(open(6))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void skipsAnEpochWhoseLeaderWroteNothing() {
        append(open(1), "a");
        open(2);
        assertThat(read(open(3))).containsExactly("a");
    }

    @Test
    void refusesAnEntryOfALeaderThatHasASuccessor() {
        HdfsJournalStore old = open(1);
        append(old, "a");
        open(2);
        assertThatThrownBy(() -> append(old, "late"))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LEADERSHIP_LOST))
                .hasMessageContaining("epoch 1")
                .hasMessageContaining("epoch 2");
    }

    @Test
    void doesNotReadWhatAnOldLeaderWroteAfterItsSuccessorHadWritten() {
        HdfsJournalStore old = open(1);
        append(old, "a");
        HdfsJournalStore successor = open(2);
        assertThatThrownBy(() -> append(old, "late")).isInstanceOf(MillraceException.class);
        append(successor, "b");
        assertThat(read(open(3))).containsExactly("a", "b");
    }

    @Test
    void refusesAnEpochThatHasBegunAlready() {
        open(3);
        assertThatThrownBy(() -> open(3)).hasMessageContaining("LEADERSHIP_LOST");
        assertThatThrownBy(() -> open(2)).hasMessageContaining("LEADERSHIP_LOST");
    }

    @Test
    void dropsATornLastEntryOfAnyLength() throws IOException {
        append(open(1), "first", "second");
        Path last = directory.resolve("journal/0000000000000000001/000000001");
        byte[] whole = Files.readAllBytes(last);
        long epoch = 2;
        for (int length = 0; length < whole.length; length++) {
            Files.write(last, Arrays.copyOf(whole, length));
            assertThat(read(open(epoch++))).as("%d bytes", length).containsExactly("first");
        }
    }

    @Test
    void namesTheFileOfADamagedEntryForEveryFlippedBit() throws IOException {
        append(open(1), "first", "second");
        Path last = directory.resolve("journal/0000000000000000001/000000001");
        byte[] whole = Files.readAllBytes(last);
        long epoch = 2;
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(last, damaged);
            long next = epoch++;
            assertThatThrownBy(() -> open(next))
                    .as("bit %d", bit)
                    .hasMessageContaining("STORAGE_FAILED")
                    .hasMessageContaining("000000001");
        }
    }

    @Test
    void namesATornEntryThatIsNotTheLast() throws IOException {
        append(open(1), "a", "b", "c");
        Path middle = directory.resolve("journal/0000000000000000001/000000001");
        Files.write(middle, Arrays.copyOf(Files.readAllBytes(middle), 20));
        assertThatThrownBy(() -> open(2))
                .hasMessageContaining("000000001")
                .hasMessageContaining("ends early");
    }

    @Test
    void namesAnEntryThatIsMissing() throws IOException {
        append(open(1), "a", "b", "c");
        Files.delete(directory.resolve("journal/0000000000000000001/000000001"));
        assertThatThrownBy(() -> open(2))
                .hasMessageContaining("000000001")
                .hasMessageContaining("missing");
    }

    @Test
    void refusesADirectoryThatIsNoJournal() throws IOException {
        Files.createDirectories(directory.resolve("journal/holiday-pictures"));
        assertThatThrownBy(() -> open(1)).hasMessageContaining("holiday-pictures");
    }

    private HdfsJournalStore open(long epoch) {
        return HdfsJournalStore.open(files, journal(), epoch);
    }

    private org.apache.hadoop.fs.Path journal() {
        return new org.apache.hadoop.fs.Path(directory.toUri().toString() + "journal");
    }

    private static void append(HdfsJournalStore store, String... entries) {
        for (String entry : entries) {
            store.append(entry.getBytes(UTF_8));
        }
    }

    private static List<String> read(HdfsJournalStore store) {
        return store.readAll().stream().map(bytes -> new String(bytes, UTF_8)).toList();
    }
}
