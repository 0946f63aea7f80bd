package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDirectoryTest {
    private static final long LATER_MS = 3_600_000;

    @TempDir private Path parent;

    private List<Path> all() throws IOException {
        try (Stream<Path> found = Files.list(parent)) {
            return found.toList();
        }
    }

    @Test
    void itIsThereFromItsMakingToItsEnd() throws IOException {
        EmbeddedDirectory directory = new EmbeddedDirectory(parent);
        assertThat(all()).isEmpty();

        directory.make(System.currentTimeMillis());
        Files.createDirectories(directory.checkpoints().resolve("job"));
        Files.writeString(directory.tasks().resolve("spilled"), "x");
        assertThat(all()).hasSize(1);

        directory.remove();
        assertThat(all()).isEmpty();
        directory.remove();

        directory.make(System.currentTimeMillis());
        assertThat(directory.tasks()).isDirectory();
        directory.remove();
    }

    @Test
    void oneOfThisProcessThatIsInUseStays() {
        EmbeddedDirectory first = new EmbeddedDirectory(parent);
        first.make(0);
        EmbeddedDirectory second = new EmbeddedDirectory(parent);

        second.make(System.currentTimeMillis() + LATER_MS);

        assertThat(first.tasks()).isDirectory();
        first.remove();
        second.remove();
    }

    @Test
    void whatADeadProcessHasLeftGoesAndWhatIsYoungStays() throws IOException {
        Path dead = Files.createDirectories(parent.resolve("millrace-embedded-dead/tasks/t"));
        Files.createFile(parent.resolve("millrace-embedded-dead/lock"));
        Path other = Files.createDirectories(parent.resolve("somebody-else"));
        EmbeddedDirectory directory = new EmbeddedDirectory(parent);

        directory.make(System.currentTimeMillis());
        assertThat(dead).as("young").exists();
        directory.remove();

        directory.make(System.currentTimeMillis() + LATER_MS);
        assertThat(parent.resolve("millrace-embedded-dead")).doesNotExist();
        assertThat(other).exists();
        directory.remove();
    }

    /** A process of its own, since locks are those of processes. */
    public static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE).lock();
            System.out.println("locked");
            System.in.read();
        }
    }

    @Test
    void whatALivingProcessHasStaysUntilItIsKilled() throws Exception {
        Path left = Files.createDirectories(parent.resolve("millrace-embedded-living"));
        Path lock = Files.createFile(left.resolve("lock"));
        Process holder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xshare:auto",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                lock.toString())
                        .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("locked");
            EmbeddedDirectory directory = new EmbeddedDirectory(parent);
            directory.make(System.currentTimeMillis() + LATER_MS);
            assertThat(left).exists();
            directory.remove();

            holder.destroyForcibly();
            assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();

            directory.make(System.currentTimeMillis() + LATER_MS);
            assertThat(left).doesNotExist();
            directory.remove();
        } finally {
            holder.destroyForcibly();
        }
    }
}
