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

    /** Tells whether somebody else holds a lock. */
    public static final class Asker {
        private Asker() {}

        public static void main(String[] args) throws Exception {
            try (FileChannel channel =
                    FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                System.out.println(channel.tryLock() == null ? "held" : "free");
            }
        }
    }

    @Test
    void oneThatIsInUseStaysLockedWhenTheProcessMakesAnother() throws Exception {
        EmbeddedDirectory first = new EmbeddedDirectory(parent);
        first.make(0);
        Path lock = first.tasks().resolveSibling("lock");
        EmbeddedDirectory second = new EmbeddedDirectory(parent);

        second.make(System.currentTimeMillis() + LATER_MS);

        Process asker = java(Asker.class, lock);
        assertThat(asker.inputReader().readLine()).isEqualTo("held");
        assertThat(asker.waitFor(60, TimeUnit.SECONDS)).isTrue();
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
        Process holder = java(Holder.class, lock);
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("locked");
            EmbeddedDirectory directory = new EmbeddedDirectory(parent);
            directory.make(System.currentTimeMillis() + LATER_MS);
            assertThat(left).exists();
            directory.remove();

            holder.destroyForcibly();
            assertThat(holder.waitFor(60, TimeUnit.SECONDS)).isTrue();

            directory.make(System.currentTimeMillis() + LATER_MS);
            assertThat(left).doesNotExist();
            directory.remove();
        } finally {
            holder.destroyForcibly();
        }
    }

    private static Process java(Class<?> program, Path lock) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        lock.toString())
                .start();
    }
}
