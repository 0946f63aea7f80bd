package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.StoredSegments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavepointQueryTest {
    private static final int KEYS = 50;

    @TempDir private java.nio.file.Path temporary;

    private TableSavepoint savepoint;

    @BeforeEach
    void write() throws IOException {
        Checkpoints checkpoints = new Checkpoints(temporary.resolve("checkpoints"));
        checkpoints.begin(1);
        checkpoints.put(0, KEYS, "a");
        Manifest checkpoint = checkpoints.end(CheckpointKind.FULL);
        savepoint =
                SavepointWriter.write(
                        checkpoint,
                        new StoredSegments(checkpoints.directory()),
                        new Path(temporary.resolve("savepoint").toString()));
    }

    private List<String> rows(String name, String key, int limit) {
        List<String> rows = new ArrayList<>();
        savepoint
                .query(null, name)
                .rows(
                        key,
                        row -> {
                            rows.add(row.toString());
                            return rows.size() < limit;
                        });
        return rows;
    }

    @Test
    void aKeyIsShownWithoutItsClasses() {
        assertThat(rows("value", "key-7", 10))
                .singleElement()
                .asString()
                .contains(
                        "\"key\":\"key-7\"",
                        "\"value\":{\"word\":\"akey-7\",\"times\":3,\"weights\":[0.5,1.5]}");
    }

    @Test
    void elementsAndEntriesAreRows() {
        assertThat(rows("list", "key-17", 10)).hasSize("key-17".length() % 4);
        assertThat(rows("map/ä", "key-17", 10))
                .hasSize(2)
                .anySatisfy(row -> assertThat(row).contains("\"map_key\":1,\"value\":\"a\""))
                .anySatisfy(row -> assertThat(row).contains("\"map_key\":2,\"value\":null"));
    }

    @Test
    void aKeyThatIsNotThereHasNoRows() {
        assertThat(rows("value", "nobody", 10)).isEmpty();
    }

    @Test
    void allRowsAreShownUpToALimit() {
        assertThat(rows("value", null, 1000)).hasSize(KEYS);
        assertThat(rows("value", null, 3)).hasSize(3);
    }

    @Test
    void tablesWithoutKeysAreShownToo() {
        assertThat(rows("offsets", null, 10))
                .containsExactly(
                        "{\"subtask\":0,\"position\":0,\"value\":10}",
                        "{\"subtask\":1,\"position\":0,\"value\":10}",
                        "{\"subtask\":1,\"position\":1,\"value\":11}");
    }

    @Test
    void whatStatisticsExcludeIsNotRead() {
        SavepointQuery query = savepoint.query(null, "value");
        SavepointQuery.Scan none =
                query.rows(null, RowFilter.parse("value.times > 1000"), row -> true);
        assertThat(none).isEqualTo(new SavepointQuery.Scan(1, 0, 1, 0));
        List<String> found = new ArrayList<>();
        SavepointQuery.Scan some =
                query.rows(
                        null,
                        RowFilter.parse("value.word = 'akey-7'"),
                        row -> found.add(row.get("key").asText()));
        assertThat(some).isEqualTo(new SavepointQuery.Scan(1, 0, 0, 1));
        assertThat(found).containsExactly("key-7");
    }

    @Test
    void aNameThatIsNotThereIsAnsweredWithThoseThatAre() {
        assertThatThrownBy(() -> savepoint.query(null, "valeu"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("my uid/ü  KEYED  value");
    }
}
