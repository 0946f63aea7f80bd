package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Written;
import io.millrace.runtime.serde.WrittenSchema;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {
    private static final int FORMS = 60;
    private static final int VALUES = 8;

    @TempDir private Path directory;

    private static byte[] golden(String name) throws IOException {
        try (InputStream in =
                WrittenSchema.class.getResourceAsStream("golden-v1/" + name + ".hex")) {
            return HexFormat.of()
                    .parseHex(
                            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                                    .replace("\n", ""));
        }
    }

    private void requireSame(Written form, List<Object> values, Path target) throws IOException {
        TableCodec codec = StoredRows.codec(form);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            rows.add(new Object[] {0, (long) i, values.get(i)});
        }
        List<Object[]> read =
                StoredRows.read(
                        target, StoredRows.write(target, codec.layout(), rows), codec.layout());
        PlainValues plain = PlainValues.of(form);
        assertThat(read).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(read.get(i)[1]).isEqualTo((long) i);
            assertThat(plain.toBytes(read.get(i)[2]))
                    .as("value %s of %s", i, form)
                    .isEqualTo(plain.toBytes(values.get(i)));
        }
    }

    /** Each kind of type as users have stored it, read without its class. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scalars",
                "enum",
                "record",
                "bean",
                "plain",
                "tuple",
                "row",
                "open-row",
                "sealed",
                "either",
                "collections",
                "contains-itself",
                "optional",
                "run-time",
                "custom"
            })
    void everyKindOfTypeGoesThroughColumnsAndBack(String name) throws IOException {
        Written form = WrittenSchema.parse(golden(name + ".schema")).root();
        Object value = PlainValues.of(form).fromBytes(golden(name + ".data"));

        requireSame(form, List.of(value, value), directory);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void valuesOfAnyFormAreReadAsTheyWereWritten(long seed) throws IOException {
        RandomForms random = new RandomForms(seed);
        for (int i = 0; i < FORMS; i++) {
            Written form = random.form();
            List<Object> values = new ArrayList<>();
            for (int j = 0; j < VALUES; j++) {
                values.add(random.value(form));
            }
            Path target = directory.resolve("form-" + i);
            java.nio.file.Files.createDirectories(target);
            requireSame(form, values, target);
        }
    }

    @Test
    void namesThatDifferInCaseOnlyGetDifferentColumns() {
        Written form =
                new Written.Struct(
                        Schema.Form.POJO,
                        "com.x.Twice",
                        List.of(
                                new Written.Field("id", true, new Written.ScalarOf(Scalar.INT)),
                                new Written.Field("ID", true, new Written.ScalarOf(Scalar.INT))));

        assertThat(StoredRows.codec(form).layout().message().getType("value").asGroupType())
                .satisfies(group -> assertThat(group.containsField("id")).isTrue())
                .satisfies(group -> assertThat(group.containsField("ID_2")).isTrue());
    }

    /** Hive, with an older library, takes a group with columns of another order for another one. */
    @ParameterizedTest
    @EnumSource(
            value = Scalar.class,
            names = {"FLOAT", "DOUBLE", "LONG"})
    void statisticsHaveTheOrderThatOlderReadersKnow(Scalar scalar) {
        assertThat(
                        new ScalarColumn(scalar)
                                .type("rating", Type.Repetition.OPTIONAL)
                                .asPrimitiveType()
                                .columnOrder())
                .isEqualTo(ColumnOrder.typeDefined());
    }

    @Test
    void partsThatOthersCannotReadAreWarnedOf() {
        Written form =
                new Written.Struct(
                        Schema.Form.RECORD,
                        "com.x.Mixed",
                        List.of(
                                new Written.Field("known", true, new Written.ScalarOf(Scalar.INT)),
                                new Written.Field("open", true, new Written.Any()),
                                new Written.Field("again", true, new Written.Enclosing(0))));

        assertThat(StoredRows.codec(form).layout().warnings())
                .extracting(Columns.Warning::column)
                .containsExactly("value.open", "value.again");
    }

    /** Zero has room in the columns at any scale, which they cannot give back at any scale. */
    @ParameterizedTest
    @ValueSource(ints = {-1_000_000, -39, -38, 18, 19, 1_000_000})
    void zeroKeepsItsScale(int scale) throws IOException {
        requireSame(
                new Written.ScalarOf(Scalar.BIG_DECIMAL),
                List.of(new BigDecimal(BigInteger.ZERO, scale)),
                directory);
    }

    @Test
    void onlyRowsThatColumnsCannotHoldHaveTheirBytesToo() throws IOException {
        Written form = new Written.ScalarOf(Scalar.STRING);
        TableCodec codec = StoredRows.codec(form);
        var stored =
                StoredRows.write(
                        directory,
                        codec.layout(),
                        List.of(
                                new Object[] {0, 1L, "whole \ud83d\ude00"},
                                new Object[] {0, 2L, "half \ud83d"}));

        List<String> printed = PlainParquet.print(directory.resolve(stored.path()));

        assertThat(printed.get(0)).contains("value: whole \ud83d\ude00").doesNotContain("raw");
        assertThat(printed.get(1)).contains("value: half ?").contains("raw");
    }
}
