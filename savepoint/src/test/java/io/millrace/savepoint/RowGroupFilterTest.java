package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Written;
import io.millrace.savepoint.RowFilter.Column;
import io.millrace.savepoint.RowFilter.Comparison;
import io.millrace.savepoint.RowFilter.Operator;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowGroupFilterTest {
    private static final int FORMS = 25;
    private static final int GROUPS = 3;
    private static final int ROWS = 3;

    @TempDir private java.nio.file.Path directory;

    /** A file of row groups, each with the values of one list. */
    private List<Boolean> kept(RowFilter filter, Written form, List<List<Object>> groups)
            throws IOException {
        TableLayout layout = StoredRows.codec(form).layout();
        java.nio.file.Path place = Files.createTempDirectory(directory, "t");
        StoredTable stored = write(place, layout, groups);
        TableInput input = open(place, stored);
        List<Boolean> kept = new ArrayList<>();
        for (RowGroup group : stored.rowGroups()) {
            kept.add(input.mayHold(filter, layout, group.offset()));
        }
        return kept;
    }

    private static TableInput open(java.nio.file.Path place, StoredTable stored)
            throws IOException {
        return TableInput.open(
                new Path(place.resolve(stored.path()).toString()),
                stored.length(),
                stored.tailOffset(),
                Crc.parse(stored.tailCrc32c()));
    }

    private static StoredTable write(
            java.nio.file.Path place, TableLayout layout, List<List<Object>> groups)
            throws IOException {
        try (TableFile file =
                TableFile.create(
                        FileSystem.getLocalFileSystem(),
                        new Path(place.toString()),
                        "rows.parquet",
                        layout,
                        Map.of(),
                        CompressionCodecName.SNAPPY)) {
            long key = 0;
            for (List<Object> values : groups) {
                for (Object value : values) {
                    file.write(new Object[] {0, key++, value}, 0, 100);
                }
                file.mustEnd();
            }
            return file.finish();
        }
    }

    private List<Boolean> kept(String condition, Scalar type, Object... values) throws IOException {
        List<List<Object>> groups = new ArrayList<>();
        for (Object value : values) {
            groups.add(Arrays.asList(value, null));
        }
        return kept(RowFilter.parse(condition), new Written.ScalarOf(type), groups);
    }

    @Test
    void groupsWithoutANumberThatIsAskedForAreSkipped() throws IOException {
        assertThat(kept("value = 5", Scalar.LONG, 4L, 5L, 6L)).containsExactly(false, true, false);
        assertThat(kept("value < 5", Scalar.INT, 4, 5, 6)).containsExactly(true, false, false);
        assertThat(kept("value >= 5.5", Scalar.DOUBLE, 5.0, 5.5)).containsExactly(false, true);
        assertThat(kept("value != 5", Scalar.SHORT, (short) 5, (short) 6))
                .containsExactly(false, true);
        assertThat(kept("value in (1, 3)", Scalar.BYTE, (byte) 1, (byte) 2, (byte) 3))
                .containsExactly(true, false, true);
        assertThat(kept("value between 2 and 3", Scalar.FLOAT, 1f, 2f, 4f))
                .containsExactly(false, true, false);
        assertThat(kept("value > 5 or value < 2", Scalar.LONG, 1L, 3L, 7L))
                .containsExactly(true, false, true);
        assertThat(kept("key > 3", Scalar.LONG, 1L, 3L, 7L)).containsExactly(false, false, true);
        assertThat(
                        kept(
                                "value > 1000000000000",
                                Scalar.BIG_INTEGER,
                                BigInteger.ONE,
                                BigInteger.TEN.pow(20)))
                .containsExactly(false, true);
    }

    @Test
    void groupsWithoutATextThatIsAskedForAreSkipped() throws IOException {
        assertThat(kept("value = 'b'", Scalar.STRING, "a", "b", "c"))
                .containsExactly(false, true, false);
        assertThat(kept("value > 'b'", Scalar.STRING, "a", "ba")).containsExactly(false, true);
        String longText = "x".repeat(500);
        assertThat(kept("value = '" + longText + "'", Scalar.STRING, longText, "w", "y"))
                .containsExactly(true, false, false);
    }

    /** U+FFFF is behind U+1F600 in UTF-16 and before it in UTF-8. */
    @Test
    void textsThatFilesAndConditionsOrderInDifferentWaysAreKept() throws IOException {
        assertThat(kept("value > '\uD83D\uDE00'", Scalar.STRING, "\uFFFF")).containsExactly(true);
        assertThat(kept("value < '\uFFFF'", Scalar.STRING, "\uD83D\uDE00")).containsExactly(true);
        assertThat(kept("value = '\uFFFF'", Scalar.STRING, "\uD83D\uDE00")).containsExactly(false);
    }

    @Test
    void aRowThatIsKeptAsRawBytesIsNeverSkipped() throws IOException {
        // Too many digits for its column, which has a 0 there.
        assertThat(kept("value > 1000", Scalar.BIG_INTEGER, BigInteger.TEN.pow(60), BigInteger.ONE))
                .containsExactly(true, false);
        assertThat(kept("value = 'x'", Scalar.STRING, "a\uD800", "b")).containsExactly(true, false);
        // Of the same row another column is inexact.
        assertThat(kept("key = 77", Scalar.STRING, "a\uD800", "b")).containsExactly(true, false);
    }

    @Test
    void numbersThatAreNoneAreKept() throws IOException {
        assertThat(kept("value > 5", Scalar.DOUBLE, Double.NaN, Double.POSITIVE_INFINITY))
                .containsExactly(true, true);
        assertThat(kept("value = 0", Scalar.DOUBLE, -0.0, 0.0, 1.0))
                .containsExactly(true, true, false);
    }

    @Test
    void whatIsInAStructIsFoundByItsName() throws IOException {
        Written.Field count = new Written.Field("count", true, new Written.ScalarOf(Scalar.LONG));
        Written.Field other = new Written.Field("COUNT", true, new Written.ScalarOf(Scalar.LONG));
        Written struct = new Written.Struct(Schema.Form.POJO, "com.x.Total", List.of(count, other));
        List<List<Object>> groups =
                List.of(
                        List.of((Object) new Object[] {1L, 9L}),
                        List.of((Object) new Object[] {9L, 1L}));
        assertThat(kept(RowFilter.parse("value.count > 5"), struct, groups))
                .containsExactly(false, true);
        assertThat(kept(RowFilter.parse("value.COUNT > 5"), struct, groups))
                .containsExactly(true, false);
        assertThat(kept(RowFilter.parse("value.absent > 5"), struct, groups))
                .containsExactly(true, true);
    }

    /**
     * Any condition about any value of any form: no row of which it is true is in a skipped group.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noRowThatMatchesIsSkipped(long seed) throws IOException {
        RandomForms random = new RandomForms(seed);
        for (int i = 0; i < FORMS; i++) {
            Written form = random.form();
            List<List<Object>> groups = new ArrayList<>();
            for (int group = 0; group < GROUPS; group++) {
                List<Object> values = new ArrayList<>();
                for (int row = 0; row < ROWS; row++) {
                    values.add(random.value(form));
                }
                groups.add(values);
            }
            requireNothingLost(form, groups);
        }
    }

    private void requireNothingLost(Written form, List<List<Object>> groups) throws IOException {
        TableLayout layout = StoredRows.codec(form).layout();
        java.nio.file.Path place = Files.createTempDirectory(directory, "t");
        StoredTable stored = write(place, layout, groups);
        TableInput input = open(place, stored);
        List<List<JsonNode>> rows = new ArrayList<>();
        List<Comparison> conditions = new ArrayList<>();
        long key = 0;
        for (List<Object> values : groups) {
            List<JsonNode> ofGroup = new ArrayList<>();
            for (Object value : values) {
                JsonNode row = layout.json(new Object[] {0, key++, value});
                ofGroup.add(row);
                conditions(List.of("value"), row.get("value"), conditions);
            }
            rows.add(ofGroup);
        }
        for (Comparison condition : conditions) {
            RowFilter filter = new RowFilter(condition);
            for (int group = 0; group < groups.size(); group++) {
                long offset = stored.rowGroups().get(group).offset();
                if (!input.mayHold(filter, layout, offset)) {
                    assertThat(rows.get(group))
                            .as("%s of %s", condition, form)
                            .noneMatch(filter::test);
                }
            }
        }
    }

    private static void conditions(List<String> path, JsonNode value, List<Comparison> into) {
        if (value.isObject()) {
            value.fieldNames()
                    .forEachRemaining(
                            name -> {
                                List<String> longer = new ArrayList<>(path);
                                longer.add(name);
                                conditions(longer, value.get(name), into);
                            });
        }
        List<JsonNode> literals =
                value.isTextual()
                        ? List.of(value, TextNode.valueOf(value.asText() + "a"))
                        : value.isNumber() && Double.isFinite(value.asDouble())
                                ? List.of(value, DoubleNode.valueOf(value.asDouble() / 2))
                                : value.isBoolean() ? List.of(value) : List.of();
        for (JsonNode literal : literals) {
            for (Operator operator : Operator.values()) {
                into.add(new Comparison(new Column(path), operator, literal));
            }
        }
    }
}
