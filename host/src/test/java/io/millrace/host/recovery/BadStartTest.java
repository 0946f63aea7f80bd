package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A job that cannot start from what it is given ends at once, says why and what to do, and leaves
 * everything as it was.
 */
@Timeout(120)
class BadStartTest {
    @TempDir private Path directory;

    /** What has become of a checkpoint. */
    private enum Damage {
        MISSING(ErrorCode.CHECKPOINT_NOT_FOUND, "there is no checkpoint at", "checkpoint list") {
            @Override
            void to(Path checkpoint, Path other) throws IOException {
                deleteTree(checkpoint);
            }
        },
        MANIFEST_TRUNCATED(ErrorCode.CHECKPOINT_FILE_CORRUPT, "manifest", "bytes") {
            @Override
            void to(Path checkpoint, Path other) throws IOException {
                truncate(checkpoint.resolve("manifest"));
            }
        },
        MANIFEST_FLIPPED(ErrorCode.CHECKPOINT_FILE_CORRUPT, "manifest", "has the checksum") {
            @Override
            void to(Path checkpoint, Path other) throws IOException {
                flip(checkpoint.resolve("manifest"));
            }
        },
        MANIFEST_OF_ANOTHER_JOB(
                ErrorCode.CHECKPOINT_FILE_CORRUPT, "manifest", "at the wrong place") {
            @Override
            void to(Path checkpoint, Path other) throws IOException {
                replace(
                        checkpoint.resolve("manifest"),
                        Files.readAllBytes(other.resolve("manifest")));
            }
        },
        SOMETHING_ELSE(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                "manifest",
                "is not the manifest of a checkpoint") {
            @Override
            void to(Path checkpoint, Path other) throws IOException {
                replace(checkpoint.resolve("manifest"), "id,amount\n1,20\n".repeat(9).getBytes());
            }
        },
        OF_A_NEWER_VERSION(ErrorCode.CHECKPOINT_INCOMPATIBLE, "manifest", "version") {
            @Override
            void to(Path checkpoint, Path other) throws IOException {
                byte[] bytes = Files.readAllBytes(checkpoint.resolve("manifest"));
                ByteBuffer.wrap(bytes).putInt(4, ByteBuffer.wrap(bytes).getInt(4) + 1);
                replace(checkpoint.resolve("manifest"), bytes);
            }
        },
        STATE_MISSING(ErrorCode.CHECKPOINT_FILE_CORRUPT, ".seg", "does not start empty") {
            @Override
            void to(Path checkpoint, Path other) throws IOException {
                Files.delete(segments(checkpoint));
            }
        },
        STATE_TRUNCATED(ErrorCode.CHECKPOINT_FILE_CORRUPT, ".seg", "does not start empty") {
            @Override
            void to(Path checkpoint, Path other) throws IOException {
                truncate(segments(checkpoint));
            }
        },
        STATE_FLIPPED(ErrorCode.CHECKPOINT_FILE_CORRUPT, ".seg", "has the checksum") {
            @Override
            void to(Path checkpoint, Path other) throws IOException {
                flip(segments(checkpoint));
            }
        },
        STATE_OF_ANOTHER_JOB(ErrorCode.CHECKPOINT_FILE_CORRUPT, ".seg", "does not start empty") {
            @Override
            void to(Path checkpoint, Path other) throws IOException {
                replace(segments(checkpoint), Files.readAllBytes(segments(other)));
            }
        };

        private final ErrorCode code;
        private final List<String> words;

        Damage(ErrorCode code, String... words) {
            this.code = code;
            this.words = List.of(words);
        }

        /**
         * @param other a checkpoint of another job
         */
        abstract void to(Path checkpoint, Path other) throws IOException;

        private static Path segments(Path checkpoint) throws IOException {
            try (Stream<Path> files = Files.list(checkpoint)) {
                return files.filter(file -> file.toString().endsWith(".seg"))
                        .sorted()
                        .findFirst()
                        .orElseThrow();
            }
        }

        private static void truncate(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            replace(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
        }

        private static void flip(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            for (int i = bytes.length / 2; i < bytes.length; i++) { // whoever reads it, reads some
                bytes[i] ^= 1;
            }
            replace(file, bytes);
        }

        private static void replace(Path file, byte[] bytes) throws IOException {
            Files.write(file, bytes);
        }

        private static void deleteTree(Path tree) throws IOException {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private LedgerRun.Setup setup() {
        return LedgerRun.in(directory)
                .with("execution.checkpointing.incremental", "false")
                .with(
                        "execution.checkpointing.externalized-checkpoint-retention",
                        "RETAIN_ON_CANCELLATION");
    }

    /** The newest checkpoint of a job that was cancelled. */
    private Path checkpoint() throws Exception {
        try (LedgerRun run = setup().perCheckpoint(2_000).start()) {
            run.awaitCheckpoints(6).cancel();
            Path job = directory.resolve(run.jobId());
            try (Stream<Path> files = Files.walk(job)) {
                return files.filter(file -> file.endsWith("manifest"))
                        .map(Path::getParent)
                        .max(
                                java.util.Comparator.comparingInt(
                                        path -> Integer.parseInt(path.getFileName().toString())))
                        .orElseThrow();
            }
        }
    }

    private MillraceException failureFrom(Path checkpoint, LedgerRun.Setup setup) throws Exception {
        Map<String, Integer> before = contents();
        MillraceException failure;
        try (LedgerRun run =
                setup.with("execution.state-recovery.path", checkpoint.toUri().toString())
                        .start()) {
            Throwable thrown = run.failure();
            while (!(thrown instanceof MillraceException)) {
                thrown = thrown.getCause();
            }
            failure = (MillraceException) thrown;
        } catch (MillraceException refused) {
            failure = refused; // when it was submitted
        }
        assertThat(contents()).as("what lies there").isEqualTo(before);
        assertThat(Ledger.LINES).isEmpty();
        return failure;
    }

    private Map<String, Integer> contents() throws Exception {
        Map<String, Integer> hashes = new TreeMap<>();
        for (String file : LedgerRun.files(directory)) {
            hashes.put(file, Arrays.hashCode(Files.readAllBytes(directory.resolve(file))));
        }
        return hashes;
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aDamagedCheckpoint(Damage damage) throws Exception {
        Path other = checkpoint();
        Path checkpoint = checkpoint();
        damage.to(checkpoint, other);

        MillraceException failure = failureFrom(checkpoint, setup());

        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(damage.code);
        assertThat(failure.getMessage()).contains(damage.words);
    }

    @Test
    void aPathOfSomethingElse() throws Exception {
        Path flinks =
                Files.createDirectories(directory.resolve("savepoint-7f3a-1")).resolve("_metadata");
        Files.write(flinks, new byte[100]);

        MillraceException failure = failureFrom(flinks.getParent(), setup());

        assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_NOT_FOUND);
        assertThat(failure).hasMessageContaining("is not the path of a checkpoint");
    }

    @Test
    void anotherMaximumParallelism() throws Exception {
        Path checkpoint = checkpoint();

        MillraceException failure =
                failureFrom(checkpoint, setup().with("pipeline.max-parallelism", "64"));

        assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_INCOMPATIBLE);
        assertThat(failure)
                .hasMessageContaining("uid 'keep'")
                .hasMessageContaining("128 key groups")
                .hasMessageContaining("setMaxParallelism(128)");
    }
}
