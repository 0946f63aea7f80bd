package io.millrace.savepoint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.savepoint.ReadableSavepoint;
import io.millrace.savepoint.SampleSavepoints;
import io.millrace.savepoint.SavepointDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavepointCopyTest {
    @TempDir private java.nio.file.Path temporary;

    private java.nio.file.Path source;
    private java.nio.file.Path target;

    @BeforeEach
    void name() {
        source = temporary.resolve("source");
        target = temporary.resolve("deep/target");
    }

    private void sample(boolean tables) throws IOException {
        if (tables) {
            SampleSavepoints.tablesAt(source, 1, 0, 40, "x");
        } else {
            SampleSavepoints.nativeAt(source, 1, 0, 40, "x");
        }
    }

    private SavepointCopy.Copied copy() {
        return copy((step, bytes, total) -> {});
    }

    private SavepointCopy.Copied copy(SavepointCopy.Progress progress) {
        return SavepointCopy.copy(
                new Path(source.toString()), new Path(target.toString()), progress);
    }

    private void requireSame() {
        List<SavepointDiff.Counts> counts =
                SavepointDiff.of(
                        ReadableSavepoint.open(new Path(source.toString())),
                        ReadableSavepoint.open(new Path(target.toString())),
                        null,
                        null,
                        each -> {});
        assertThat(counts).isNotEmpty().allMatch(SavepointDiff.Counts::areAlike);
    }

    private List<String> names() throws IOException {
        try (Stream<java.nio.file.Path> all = Files.walk(target)) {
            return all.filter(Files::isRegularFile)
                    .map(each -> target.relativize(each).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCopyHasWhatTheSavepointHas(boolean tables) throws IOException {
        sample(tables);

        SavepointCopy.Copied copied = copy();

        requireSame();
        assertThat(copied.skipped()).isZero();
        assertThat(copied.files()).isPositive();
        assertThat(names()).noneMatch(name -> name.contains("copy"));
        assertThat(names()).hasSize(copied.files() + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCopyThatDiedGoesOn(boolean tables) throws IOException {
        sample(tables);
        int steps = steps();
        for (int dies = 1; dies <= steps; dies++) {
            int after = dies;
            int[] seen = {0};
            assertThatThrownBy(
                            () ->
                                    copy(
                                            (step, bytes, total) -> {
                                                if (++seen[0] == after) {
                                                    throw new IllegalStateException("dies");
                                                }
                                            }))
                    .hasMessage("dies");
            assertThat(Catalogue.below(new Path(temporary.resolve("deep").toString())).entries())
                    .allMatch(entry -> !entry.isComplete());

            SavepointCopy.Copied copied = copy();

            requireSame();
            assertThat(names()).hasSize(copied.files() + 1);
            delete();
        }
    }

    private int steps() throws IOException {
        int[] steps = {0};
        copy((step, bytes, total) -> steps[0]++);
        delete();
        return steps[0];
    }

    private void delete() throws IOException {
        try (Stream<java.nio.file.Path> all = Files.walk(target)) {
            for (java.nio.file.Path each :
                    all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDamagedSavepointIsNotCopied(boolean tables) throws IOException {
        sample(tables);
        java.nio.file.Path file = largest();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT));

        assertThat(Catalogue.below(new Path(temporary.resolve("deep").toString())).entries())
                .noneMatch(CatalogueEntry::isComplete);

        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        copy();
        requireSame();
    }

    private java.nio.file.Path largest() throws IOException {
        try (Stream<java.nio.file.Path> all = Files.walk(source)) {
            return all.filter(Files::isRegularFile)
                    .filter(each -> !each.getFileName().toString().contains("manifest"))
                    .max(java.util.Comparator.comparing(each -> each.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        sample(true);
        java.nio.file.Path file = largest();
        Files.delete(file);

        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT))
                .hasMessageContaining(file.getFileName().toString());
    }

    @Test
    void nothingThatIsThereIsOverwritten() throws IOException {
        sample(true);
        Files.createDirectories(target);
        Files.writeString(target.resolve("mine"), "kept");

        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
        assertThat(names()).containsExactly("mine");
    }

    @Test
    void whatAnotherCopyHasLeftIsNotGoneOnWith() throws IOException {
        sample(true);
        assertThatThrownBy(
                        () ->
                                copy(
                                        (step, bytes, total) -> {
                                            throw new IllegalStateException("dies");
                                        }))
                .hasMessage("dies");
        source = temporary.resolve("other");
        sample(true);

        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
    }
}
