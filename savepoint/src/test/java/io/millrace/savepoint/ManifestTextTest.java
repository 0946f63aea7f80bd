package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.savepoint.SavepointManifest.Kind;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.Part;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import io.millrace.savepoint.SavepointManifest.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written field by field is what Jackson makes of the records. */
class ManifestTextTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static void requireSame(SavepointManifest manifest) throws Exception {
        assertThat(ManifestText.of(manifest))
                .isEqualTo(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest));
        byte[] bytes = ManifestJson.bytes(manifest);
        assertThat(ManifestJson.parse(bytes, "here")).isEqualTo(manifest);
    }

    private static SavepointManifest manifest(String name, List<Operator> operators) {
        return new SavepointManifest(
                SavepointManifest.FORMAT, 1, "a".repeat(32), name, 1, 1L << 40, -3, operators);
    }

    @Test
    void aManifestOfEverything() throws Exception {
        StoredTable file =
                new StoredTable(
                        "op=a/state=b/kg=0-7.parquet",
                        5000,
                        "01234567",
                        4000,
                        "89abcdef",
                        List.of(
                                new RowGroup(4, 10, 2, 0, 3, "00000000"),
                                new RowGroup(14, 100, 20, 3, 7, "ffffffff")));
        Table keyed =
                new Table(
                        Kind.KEYED,
                        "b \"quoted\" \u00e9 \ud83d\ude00\n",
                        "rows",
                        "AAEC",
                        "message state {\n}\n",
                        22,
                        List.of(new Columns.Warning("value.x", "it is bytes")),
                        null,
                        List.of(file, file));
        Table list =
                new Table(
                        Kind.SPLIT_LIST,
                        "",
                        null,
                        null,
                        "message state {}",
                        0,
                        List.of(),
                        List.of(new Part(0, 3, -1, -1, 0), new Part(1, 0, 0, 3, 2)),
                        List.of());
        requireSame(
                manifest(
                        "job",
                        List.of(
                                new Operator("a", "A", 2, 128, List.of(0, 1), List.of(keyed, list)),
                                new Operator("b", null, 1, 1, List.of(), List.of()))));
    }

    @Test
    void aManifestOfNothing() throws Exception {
        requireSame(manifest(null, List.of()));
    }
}
