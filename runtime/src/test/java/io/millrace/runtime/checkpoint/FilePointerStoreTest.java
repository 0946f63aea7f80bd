package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.testing.FaultyFileSystem;
import io.millrace.runtime.testing.FaultyFileSystem.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePointerStoreTest extends PointerStoreContract {
    @TempDir java.nio.file.Path temp;
    private final FaultyFileSystem files = new FaultyFileSystem(FileSystem.getLocalFileSystem());

    @Override
    protected PointerStore lead(long epoch) {
        return new FilePointerStore(files, new Path(temp.toUri().toString()), epoch);
    }

    @Override
    protected void set(Fault fault) {
        files.set(
                new FaultyFileSystem.Faults() {
                    private boolean hit;
                    private boolean silent;

                    @Override
                    public void before(Operation operation, Path path) throws IOException {
                        if (silent
                                || operation == Operation.CREATE && fault == Fault.WRITES_REFUSED) {
                            throw new IOException("refused by the test");
                        }
                    }

                    @Override
                    public void after(Operation operation, Path path) throws IOException {
                        boolean loses =
                                fault == Fault.REPLY_LOST_ONCE
                                        || fault == Fault.REPLY_LOST_THEN_SILENCE;
                        if (operation == Operation.CLOSE && loses && !hit) {
                            hit = true;
                            silent = fault == Fault.REPLY_LOST_THEN_SILENCE;
                            throw new IOException("the reply was lost by the test");
                        }
                    }
                });
    }

    private List<java.nio.file.Path> written() throws IOException {
        try (Stream<java.nio.file.Path> all = Files.list(temp.resolve(JOB))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** As a crash leaves it: the file system has the name and some of the bytes. */
    @Test
    void aFileThatEndsEarlyDoesNotCount() throws IOException {
        PointerStore store = lead(1);
        store.write(pointer(JOB, 1), 1);
        store.write(pointer(JOB, 2), 1);
        java.nio.file.Path last = written().get(written().size() - 1);
        byte[] whole = Files.readAllBytes(last);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(last, Arrays.copyOf(whole, length));

            assertThat(lead(1).read(JOB)).as("%d bytes", length).isEqualTo(pointer(JOB, 1));
        }
        lead(1).write(pointer(JOB, 3), 1);
        assertThat(lead(2).read(JOB)).isEqualTo(pointer(JOB, 3));
    }

    @Test
    void aFileThatIsWholeButWrongIsNamed() throws IOException {
        PointerStore store = lead(1);
        store.write(pointer(JOB, 1), 1);
        java.nio.file.Path last = written().get(written().size() - 1);
        byte[] bytes = Files.readAllBytes(last);
        bytes[bytes.length - 6] ^= 1;
        Files.write(last, bytes);

        assertThatThrownBy(() -> lead(2).read(JOB))
                .hasMessageStartingWith("CHECKPOINT_FILE_CORRUPT: ")
                .hasMessageContaining(last.getFileName().toString());
    }

    @Test
    void oldFilesAreRemoved() throws IOException {
        PointerStore store = lead(1);
        for (int id = 1; id <= 20; id++) {
            store.write(pointer(JOB, id), 1);
        }
        assertThat(written()).hasSize(2);
    }
}
