package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FileSystem;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Written;
import io.millrace.runtime.serde.WrittenSchema;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSpec.Shape;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that go straight from a unit's bytes into columns are those that go through trees. */
class MovedRowsTest {
    private static final int FORMS = 20;
    private static final int ROWS = 6;
    private static final int KEY_GROUP = 7;

    @TempDir private Path directory;

    private int files;

    /** The rows of a unit, which share what they describe. */
    private record Unit(TableCodec codec, byte[] bytes, int rows) {}

    /** Puts the rows of a unit into a file. */
    private interface Way {
        /** Adds the next ones of so many, and says how many. */
        int add(int rows, BinaryReader in, PlainStructures structures, TableFile file);
    }

    private static WrittenSchema schema(Written written) {
        return written == null ? null : new WrittenSchema(written);
    }

    private static Unit unit(Random sizes, RandomForms random) {
        Shape shape = Shape.values()[sizes.nextInt(Shape.values().length)];
        Written key = sizes.nextBoolean() ? new Written.ScalarOf(Scalar.STRING) : random.form();
        Written namespace = sizes.nextInt(3) == 0 ? random.form() : null;
        Written mapKey = shape == Shape.MAP ? random.form() : null;
        Written value = random.form();
        TableForm form =
                new TableForm(shape, schema(key), schema(namespace), schema(mapKey), schema(value));
        BinaryWriter out = new BinaryWriter(64);
        PlainStructures structures = new PlainStructures();
        for (int i = 0; i < ROWS; i++) {
            if (namespace != null) {
                write(namespace, random, out, structures);
            }
            write(key, random, out, structures);
            if (shape == Shape.VALUE) {
                write(value, random, out, structures);
                continue;
            }
            if (shape == Shape.MAP) {
                out.writeByte(0);
            }
            int count = sizes.nextInt(4);
            out.writeInt(count);
            for (int j = 0; j < count; j++) {
                boolean there = true;
                if (shape == Shape.MAP) {
                    write(mapKey, random, out, structures);
                    there = sizes.nextInt(4) > 0;
                    out.writeBoolean(there);
                }
                if (there) {
                    write(value, random, out, structures);
                }
            }
        }
        return new Unit(new TableCodec(form), out.toByteArray(), ROWS);
    }

    private static void write(
            Written form, RandomForms random, BinaryWriter out, PlainStructures structures) {
        PlainValues.of(form).write(random.value(form), out, structures);
    }

    private StoredTable store(Unit unit, Way way) throws IOException {
        try (TableFile file =
                TableFile.create(
                        FileSystem.getLocalFileSystem(),
                        new io.millrace.api.file.Path(directory.toString()),
                        ++files + ".parquet",
                        unit.codec().layout(),
                        Map.of(),
                        CompressionCodecName.UNCOMPRESSED)) {
            BinaryReader in = new BinaryReader(unit.bytes());
            PlainStructures structures = new PlainStructures();
            for (int done = 0; done < unit.rows(); ) {
                done += way.add(unit.rows() - done, in, structures, file);
            }
            assertThat(in.remaining()).isZero();
            return file.finish();
        }
    }

    private StoredTable moved(Unit unit) throws IOException {
        return store(
                unit,
                (rows, in, known, file) -> file.move(unit.codec(), KEY_GROUP, rows, in, known));
    }

    private StoredTable throughTrees(Unit unit) throws IOException {
        return store(
                unit,
                (rows, in, known, file) -> {
                    unit.codec().rows(KEY_GROUP, unit.codec().read(in, known), file::write);
                    return 1;
                });
    }

    /** What is in the columns, and what a restore makes of it. */
    private List<String> printed(StoredTable stored) throws IOException {
        return stored.rowGroups().isEmpty()
                ? List.of()
                : PlainParquet.print(directory.resolve(stored.path()));
    }

    private void requireSame(Unit unit) throws IOException {
        StoredTable moved = moved(unit);
        StoredTable trees = throughTrees(unit);

        assertThat(printed(moved)).as("%s", unit.codec().form()).isEqualTo(printed(trees));
        List<Object[]> rows = StoredRows.read(directory, moved, unit.codec().layout());
        List<Object[]> expected = StoredRows.read(directory, trees, unit.codec().layout());
        assertThat(rows).hasSameSizeAs(expected);
        TableLayout layout = unit.codec().layout();
        for (int i = 0; i < rows.size(); i++) {
            assertThat(layout.raw(rows.get(i))).isEqualTo(layout.raw(expected.get(i)));
        }
    }

    /** What a restore reads: of columns that are not repeated without trees; -1 if some are. */
    private int requireSameContent(Unit unit, StoredTable stored) throws IOException {
        TableLayout layout = unit.codec().layout();
        TableInput input = StoredRows.open(directory, stored);
        for (RowGroup group : stored.rowGroups()) {
            int crc = Crc.parse(group.crc32c());
            StoredTableRows rows =
                    input.rowsWithoutTrees(layout, group.offset(), group.length(), crc);
            if (rows == null) {
                return -1;
            }
            BinaryWriter content = new BinaryWriter(64);
            unit.codec().toContent(rows, content);
            BinaryWriter expected = new BinaryWriter(64);
            unit.codec()
                    .toContent(input.rows(layout, group.offset(), group.length(), crc), expected);
            assertThat(content.toByteArray())
                    .as("%s", unit.codec().form())
                    .isEqualTo(expected.toByteArray());
        }
        return stored.rowGroups().size();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 16})
    void rowsOfAnyFormAreTheSameEitherWay(long seed) throws IOException {
        Random sizes = new Random(seed);
        RandomForms random = new RandomForms(seed);
        for (int i = 0; i < FORMS; i++) {
            requireSame(unit(sizes, random));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void aRestoreReadsTheSameWithoutTrees(long seed) throws IOException {
        Random sizes = new Random(seed);
        RandomForms random = new RandomForms(seed, false);
        for (int i = 0; i < FORMS; i++) {
            Unit unit = unit(sizes, random);
            assertThat(requireSameContent(unit, moved(unit))).isNotNegative();
        }
    }

    /** Scalars, names and groups of them: more rows than are taken at a time. */
    @Test
    void manyFlatRowsAreTakenTogether() throws IOException {
        List<Written.Field> fields = new ArrayList<>();
        for (Scalar scalar : FLAT) {
            fields.add(new Written.Field("a" + scalar, false, new Written.ScalarOf(scalar)));
            fields.add(new Written.Field("b" + scalar, true, new Written.ScalarOf(scalar)));
        }
        Written colour = new Written.EnumOf("com.x.Colour", List.of("RED", "GREEN", "BLUE"));
        fields.add(new Written.Field("colour", true, colour));
        fields.add(new Written.Field("maybe", false, new Written.OptionalOf(colour)));
        Written inner = new Written.Struct(Schema.Form.POJO, "com.x.Inner", fields);
        Written form =
                new Written.Struct(
                        Schema.Form.POJO,
                        "com.x.Outer",
                        List.of(
                                new Written.Field("inner", true, inner),
                                new Written.Field("open", true, new Written.Open("x", inner))));
        RandomForms random = new RandomForms(41);
        BinaryWriter out = new BinaryWriter(64);
        PlainStructures structures = new PlainStructures();
        int rows = 1000;
        for (int i = 0; i < rows; i++) {
            out.writeLong(i);
            write(form, random, out, structures);
        }
        Unit unit = new Unit(StoredRows.codec(form), out.toByteArray(), rows);

        requireSame(unit);
        assertThat(requireSameContent(unit, moved(unit))).isOne();
        int[] most = {0};
        store(
                unit,
                (left, in, known, file) -> {
                    int count = file.move(unit.codec(), KEY_GROUP, left, in, known);
                    most[0] = Math.max(most[0], count);
                    return count;
                });
        assertThat(most[0]).isGreaterThan(1);
    }

    private static final List<Scalar> FLAT =
            List.of(
                    Scalar.BOOLEAN,
                    Scalar.BYTE,
                    Scalar.SHORT,
                    Scalar.INT,
                    Scalar.LONG,
                    Scalar.FLOAT,
                    Scalar.DOUBLE,
                    Scalar.BYTES,
                    Scalar.BIG_DECIMAL,
                    Scalar.UUID,
                    Scalar.INSTANT,
                    Scalar.LOCAL_DATE,
                    Scalar.LOCAL_TIME,
                    Scalar.LOCAL_DATE_TIME,
                    Scalar.DURATION,
                    Scalar.PERIOD,
                    Scalar.YEAR,
                    Scalar.CHAR,
                    Scalar.DATE,
                    Scalar.SQL_DATE,
                    Scalar.SQL_TIME,
                    Scalar.SQL_TIMESTAMP,
                    Scalar.STRING);

    /** A structure that an earlier row has described, in a row that needs its own bytes too. */
    @Test
    void bytesOfARowStandForThemselvesWhereTheUnitHasDescribedAStructure() throws IOException {
        Written struct =
                new Written.Struct(
                        Schema.Form.POJO,
                        "com.x.Found",
                        List.of(new Written.Field("n", true, new Written.ScalarOf(Scalar.INT))));
        Written form =
                new Written.Struct(
                        Schema.Form.POJO,
                        "com.x.Row",
                        List.of(
                                new Written.Field("any", true, new Written.Any()),
                                new Written.Field(
                                        "at", true, new Written.ScalarOf(Scalar.INSTANT))));
        PlainValues values = PlainValues.of(form);
        PlainStructures structures = new PlainStructures();
        BinaryWriter out = new BinaryWriter(64);
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Object[] value = {
                new PlainValues.Found(struct, new Object[] {i}), Instant.ofEpochSecond(i, 1)
            };
            all.add(value);
            out.writeLong(i);
            values.write(value, out, structures);
        }
        Unit unit = new Unit(StoredRows.codec(form), out.toByteArray(), all.size());

        requireSame(unit);
        assertThat(requireSameContent(unit, moved(unit))).isOne();
        List<Object[]> read = StoredRows.read(directory, moved(unit), unit.codec().layout());
        for (int i = 0; i < all.size(); i++) {
            assertThat(values.toBytes(read.get(i)[2])).isEqualTo(values.toBytes(all.get(i)));
        }
    }

    private Unit unitOf(Scalar scalar, List<?> scalars) {
        Written form = new Written.ScalarOf(scalar);
        BinaryWriter out = new BinaryWriter(64);
        for (int i = 0; i < scalars.size(); i++) {
            out.writeLong(i);
            PlainValues.of(form).write(scalars.get(i), out, new PlainStructures());
        }
        return new Unit(StoredRows.codec(form), out.toByteArray(), scalars.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "123.45",
                "-0.000000000000000001",
                "9223372036854775807",
                "-9223372036854775808",
                "-9.223372036854775808",
                "9223372036854775808",
                "99999999999999999999",
                "100000000000000000000",
                "1E+3",
                "0E-18",
                "1E-19"
            })
    void decimalsAreTheSameEitherWay(String decimal) throws IOException {
        Unit unit = unitOf(Scalar.BIG_DECIMAL, List.of(new BigDecimal(decimal)));

        requireSame(unit);
        assertThat(requireSameContent(unit, moved(unit))).isOne();
        Object[] row = StoredRows.read(directory, moved(unit), unit.codec().layout()).get(0);
        assertThat(row[2]).isEqualTo(new BigDecimal(decimal));
    }

    @Test
    void idsArePrintedAsJavaDoes() throws IOException {
        List<UUID> ids = List.of(new UUID(0, 0), new UUID(-1, -1), UUID.randomUUID());
        Unit unit = unitOf(Scalar.UUID, ids);

        requireSame(unit);
        List<Object[]> rows = StoredRows.read(directory, moved(unit), unit.codec().layout());
        assertThat(rows).extracting(row -> row[2]).isEqualTo(ids);
        assertThat(printed(moved(unit)).get(2)).contains("value: " + ids.get(2) + "\n");
    }

    /** Damage is an error of its own kind, wherever it is, or other values; nothing else. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void damagedBytesEndInAnErrorOrInValues(long seed) throws IOException {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < FORMS; i++) {
            Unit unit = unit(random, new RandomForms(seed * 1000 + i));
            byte[] damaged = unit.bytes().clone();
            for (int flips = 3; flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] cut = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            for (byte[] bytes : List.of(damaged, cut)) {
                refused += isRefused(unit.codec(), bytes) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(FORMS);
    }

    private boolean isRefused(TableCodec codec, byte[] bytes) throws IOException {
        try (TableFile file =
                TableFile.create(
                        FileSystem.getLocalFileSystem(),
                        new io.millrace.api.file.Path(directory.toString()),
                        ++files + ".parquet",
                        codec.layout(),
                        Map.of(),
                        CompressionCodecName.UNCOMPRESSED)) {
            BinaryReader in = new BinaryReader(bytes);
            PlainStructures structures = new PlainStructures();
            for (int row = 0; row < ROWS; ) {
                row += file.move(codec, KEY_GROUP, ROWS - row, in, structures);
            }
            return in.remaining() > 0;
        } catch (CorruptDataException e) {
            return true;
        } finally {
            Files.deleteIfExists(directory.resolve(files + ".parquet"));
        }
    }

    @Test
    void aTimeThatIsNoneIsNamed() throws IOException {
        BinaryWriter out = new BinaryWriter(32);
        out.writeLong(1); // the key
        out.writeLong(Long.MAX_VALUE);
        out.writeInt(0);
        Unit unit =
                new Unit(
                        StoredRows.codec(new Written.ScalarOf(Scalar.INSTANT)),
                        out.toByteArray(),
                        1);

        assertThatThrownBy(() -> moved(unit))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("9223372036854775807 s");
    }
}
