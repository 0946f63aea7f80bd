package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.savepoint.SavepointDiff.Change;
import io.millrace.savepoint.SavepointDiff.Counts;
import io.millrace.savepoint.SavepointDiff.Difference;
import io.millrace.savepoint.SavepointDiff.StateId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavepointDiffTest {
    private static final String UID = "my uid/ü";

    @TempDir private java.nio.file.Path temporary;

    private final List<Difference> differences = new ArrayList<>();

    private ReadableSavepoint nativeOne(String name, int from, int to, String word)
            throws IOException {
        return ReadableSavepoint.open(
                SampleSavepoints.nativeAt(temporary.resolve(name), 1, from, to, word));
    }

    private ReadableSavepoint tables(String name, int from, int to, String word)
            throws IOException {
        return ReadableSavepoint.open(
                SampleSavepoints.tablesAt(temporary.resolve(name), 1, from, to, word));
    }

    private Map<String, Counts> diff(ReadableSavepoint a, ReadableSavepoint b) {
        return diff(a, b, null, null);
    }

    private Map<String, Counts> diff(
            ReadableSavepoint a, ReadableSavepoint b, String uid, String name) {
        differences.clear();
        Map<String, Counts> counts = new TreeMap<>();
        SavepointDiff.of(a, b, uid, name, differences::add)
                .forEach(each -> counts.put(each.state().kind() + " " + each.state().name(), each));
        return counts;
    }

    @Test
    void theSameStateInBothFormsIsTheSame() throws IOException {
        Map<String, Counts> counts = diff(nativeOne("a", 0, 40, "x"), tables("b", 0, 40, "x"));

        assertThat(counts.values()).allMatch(Counts::areAlike);
        assertThat(differences).isEmpty();
        assertThat(counts.get("KEYED value").same()).isEqualTo(40);
        assertThat(counts.get("KEYED list").same()).isEqualTo(40);
        assertThat(counts.get("KEYED map/ä").same()).isEqualTo(40);
        assertThat(counts.get("SPLIT_LIST offsets").same()).isEqualTo(3);
        assertThat(counts.get("BROADCAST rules").same()).isEqualTo(2);
        assertThat(counts.get("ENUMERATOR ").same()).isEqualTo(1);
        assertThat(counts.get("COMMITTABLES ").same()).isEqualTo(2);
    }

    @Test
    void whatIsReadIsToldInBytesOfTheFiles() throws IOException {
        for (ReadableSavepoint one : List.of(nativeOne("a", 0, 40, "x"), tables("b", 0, 40, "x"))) {
            AtomicLong bytes = new AtomicLong();
            ReadableSavepoint watched = one.watched(bytes::addAndGet);

            diff(watched, one);

            assertThat(bytes.get()).isBetween(1L, one.manifest().totalBytes());
        }
    }

    @Test
    void keysAreAddedRemovedAndChanged() throws IOException {
        ReadableSavepoint a = tables("a", 0, 40, "x");

        Map<String, Counts> moved = diff(a, nativeOne("b", 10, 45, "x"), null, "value");
        assertThat(moved).hasSize(1);
        assertThat(moved.get("KEYED value"))
                .isEqualTo(new Counts(new StateId(UID, "KEYED", "value"), 30, 5, 10, 0, ""));

        Map<String, Counts> changed = diff(a, tables("c", 0, 40, "y"), UID, "map/ä");
        assertThat(changed.get("KEYED map/ä").changed()).isEqualTo(40);
        assertThat(differences)
                .hasSize(40)
                .allSatisfy(
                        each -> {
                            assertThat(each.change()).isEqualTo(Change.CHANGED);
                            assertThat(each.before().toString()).isEqualTo("[[1,\"x\"],[2,null]]");
                            assertThat(each.after().toString()).isEqualTo("[[1,\"y\"],[2,null]]");
                        });
    }

    @Test
    void aDifferenceSaysKeyNamespaceAndBothContents() throws IOException {
        diff(nativeOne("a", 7, 8, "x"), tables("b", 7, 8, "y"), null, "list");

        assertThat(differences)
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.key().asText()).isEqualTo("key-7");
                            assertThat(each.namespace().asLong()).isEqualTo(5);
                            assertThat(each.before().get(0).asText()).isEqualTo("xkey-7");
                            assertThat(each.after().get(0).asText()).isEqualTo("ykey-7");
                        });
    }

    @Test
    void otherKeyGroupsMustBeConvertedFirst() throws IOException {
        ReadableSavepoint a = nativeOne("a", 0, 10, "x");
        TableSavepoint other =
                SavepointWriter.write(
                        a.manifest(),
                        a.segments(),
                        new Path(temporary.resolve("b").toString()),
                        64);

        Counts counts = diff(a, ReadableSavepoint.open(other.path())).get("KEYED value");

        assertThat(counts.areAlike()).isFalse();
        assertThat(counts.problem()).contains("16 before and 64 after", "--max-parallelism 64");
    }

    @Test
    void aStateThatNobodyHasIsAnsweredWithThoseThatThereAre() throws IOException {
        ReadableSavepoint a = nativeOne("a", 0, 3, "x");

        assertThatThrownBy(() -> diff(a, a, null, "valeu"))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("KEYED  value");
    }

    @Test
    void aKeyGroupThatDoesNotFitInMemoryIsReadInShares() throws IOException {
        ReadableSavepoint a = tables("a", 0, 200, "x");
        ReadableSavepoint b = nativeOne("b", 20, 210, "x");
        List<Difference> found = new ArrayList<>();
        StateId id = new StateId(UID, "KEYED", "value");

        Counts counts =
                new KeyedDiff(id, side(a), side(b), Checkpoints.MAX_PARALLELISM, found::add, 64)
                        .run();

        assertThat(counts).isEqualTo(new Counts(id, 180, 10, 20, 0, ""));
        assertThat(found).hasSize(30);
    }

    private static KeyedSide side(ReadableSavepoint savepoint) {
        return KeyedSide.of(
                List.of(
                        savepoint.manifest().operators().get(0).subtasks().stream()
                                .flatMap(subtask -> subtask.parts().stream())
                                .filter(part -> part.name().equals("value"))
                                .toList()),
                savepoint);
    }

    @Test
    void damageIsAnErrorAndNoDifference() throws IOException {
        ReadableSavepoint a = tables("a", 0, 40, "x");
        java.nio.file.Path file =
                temporary.resolve("a/op=my%20uid%2F%C3%BC/state=value/kg=0-15.parquet");
        byte[] bytes = java.nio.file.Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 4;
        java.nio.file.Files.write(file, bytes);
        ReadableSavepoint b = nativeOne("b", 0, 40, "x");

        assertThatThrownBy(() -> diff(a, b, null, "value"))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT));
    }
}
