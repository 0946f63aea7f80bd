package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.type.Types;
import io.millrace.runtime.serde.Serializers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
    private static final FoldFormat FORMAT =
            new FoldFormat(
                    Serializers.of(Types.STRING, RunFileTest.class.getClassLoader()),
                    Serializers.of(Types.LONG, RunFileTest.class.getClassLoader()));

    @TempDir Path directory;

    private Path run(int folds) throws IOException {
        Path file = directory.resolve("test.run");
        try (RunWriter writer = new RunWriter(file, FORMAT)) {
            for (int i = 0; i < folds; i++) {
                writer.write(new FoldFormat.Fold(i, "key " + i, (long) i));
            }
            writer.finish();
        }
        return file;
    }

    private static int read(Path file) throws IOException {
        try (RunReader reader = new RunReader(file, FORMAT)) {
            int folds = 0;
            for (FoldFormat.Fold fold = reader.next(); fold != null; fold = reader.next()) {
                assertThat(fold)
                        .isEqualTo(new FoldFormat.Fold(folds, "key " + folds, (long) folds));
                folds++;
            }
            return folds;
        }
    }

    @Test
    void readsWhatWasWrittenOverManyBlocks() throws IOException {
        assertThat(read(run(100_000))).isEqualTo(100_000);
    }

    @Test
    void readsAnEmptyRun() throws IOException {
        assertThat(read(run(0))).isZero();
    }

    @Test
    void namesTheFileThatIsCutOrChanged() throws IOException {
        Path file = run(1_000);
        byte[] bytes = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
        assertThatThrownBy(() -> read(file))
                .hasMessageStartingWith("STORAGE_FAILED: " + file)
                .hasMessageContaining("has no end");

        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> read(file)).hasMessageContaining("wrong checksum at offset 0");
    }
}
