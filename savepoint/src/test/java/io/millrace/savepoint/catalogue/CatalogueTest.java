package io.millrace.savepoint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.savepoint.SampleSavepoints;
import io.millrace.savepoint.catalogue.CatalogueEntry.Form;
import io.millrace.savepoint.catalogue.CatalogueEntry.State;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    @TempDir private java.nio.file.Path temporary;

    private Catalogue look() {
        return Catalogue.below(new Path(temporary.toString()));
    }

    @Test
    void savepointsOfBothFormsAreFoundHoweverDeep() throws IOException {
        SampleSavepoints.nativeAt(temporary.resolve("a/b/savepoint-1"), 2000, 0, 5, "x");
        SampleSavepoints.tablesAt(temporary.resolve("monday"), 3000, 0, 5, "x");

        assertThat(look().entries())
                .extracting(CatalogueEntry::id, CatalogueEntry::form, CatalogueEntry::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("monday", Form.TABLES, State.COMPLETE),
                        org.assertj.core.groups.Tuple.tuple(
                                "savepoint-1", Form.NATIVE, State.COMPLETE));
        assertThat(look().entries())
                .allSatisfy(
                        entry -> {
                            assertThat(entry.jobName()).isEqualTo("job");
                            assertThat(entry.bytes()).isPositive();
                            assertThat(entry.operators()).isEqualTo(1);
                        });
    }

    @Test
    void whatHasNoManifestIsUnfinished() throws IOException {
        SampleSavepoints.nativeAt(temporary.resolve("native"), 1, 0, 5, "x");
        SampleSavepoints.tablesAt(temporary.resolve("tables"), 1, 0, 5, "x");
        Files.delete(temporary.resolve("native/" + SampleSavepoints.JOB + "/1/1/manifest"));
        Files.delete(temporary.resolve("tables/_manifest.json"));

        assertThat(look().entries())
                .extracting(CatalogueEntry::state)
                .containsExactly(State.UNFINISHED, State.UNFINISHED);
    }

    @Test
    void aManifestThatCannotBeReadIsShown() throws IOException {
        SampleSavepoints.tablesAt(temporary.resolve("tables"), 1, 0, 5, "x");
        Files.writeString(temporary.resolve("tables/_manifest.json"), "{");

        assertThat(look().entries())
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.state()).isEqualTo(State.DAMAGED);
                            assertThat(entry.problem()).startsWith("CHECKPOINT_FILE_CORRUPT");
                        });
    }

    @Test
    void marksAreFilesThatComeAndGo() throws IOException {
        for (Path path :
                new Path[] {
                    SampleSavepoints.nativeAt(temporary.resolve("native"), 1, 0, 5, "x"),
                    SampleSavepoints.tablesAt(temporary.resolve("tables"), 1, 0, 5, "x")
                }) {
            MarkFiles marks = MarkFiles.of(path);
            marks.pin();
            marks.pin();
            marks.tag("before-upgrade");
            marks.tag("v2.1");
            marks.tag("v2.1");
        }
        assertThat(look().entries())
                .hasSize(2)
                .allSatisfy(
                        entry -> {
                            assertThat(entry.isComplete()).isTrue();
                            assertThat(entry.marks().pinned()).isTrue();
                            assertThat(entry.marks().tags())
                                    .containsExactly("before-upgrade", "v2.1");
                        });

        MarkFiles tables = MarkFiles.of(new Path(temporary.resolve("tables").toString()));
        tables.unpin();
        tables.unpin();
        tables.untag("v2.1");
        assertThat(tables.read().pinned()).isFalse();
        assertThat(tables.read().tags()).containsExactly("before-upgrade");
    }

    @Test
    void aTagThatWouldBeAnotherFileIsRefused() throws IOException {
        MarkFiles marks =
                MarkFiles.of(SampleSavepoints.nativeAt(temporary.resolve("native"), 1, 0, 5, "x"));

        for (String tag : new String[] {"", "../x", "a/b", ".x", "a b", "x".repeat(65)}) {
            assertThatThrownBy(() -> marks.tag(tag))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
        }
    }

    @Test
    void whatIsNoSavepointCannotBeMarked() {
        assertThatThrownBy(() -> MarkFiles.of(new Path(temporary.toString())))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_NOT_FOUND));
    }
}
