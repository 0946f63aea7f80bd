package io.millrace.connector.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Configuration;
import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.connector.file.BulkFormat;
import io.millrace.connector.file.FileSourceSplit;
import io.millrace.connector.file.RecordAndPosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays, maps and structs, in files that orc-core has written. */
class NestedColumnsTest {
    private static final int ROWS = 2_500;
    private static final int STRIPE_ROWS = 900;
    private static final TypeDescription SCHEMA =
            TypeDescription.fromString(
                    "struct<id:bigint,tags:array<string>,weights:map<string,double>,"
                            + "place:struct<city:string,height:int,"
                            + "path:array<struct<x:int,y:int>>>>");

    @TempDir static Path work;

    private FileSourceSplit split;

    /** A part of a place, whose fields are in another order than in the file. */
    public record Place(List<Point> path, String city, Long unknown) {}

    /** A plain class. */
    public static class Point {
        public int y;
        public Integer x;
    }

    /** All columns. */
    public record Stop(long id, List<String> tags, Map<String, Double> weights, Place place) {}

    /** A primitive field that is null in some rows. */
    public record High(int height) {}

    /** Of which only that is read. */
    public record AtHeight(High place) {}

    /** Has no field that files have. */
    public record Nowhere(String country) {}

    /** Of which nothing is read. */
    public record Lost(long id, Nowhere place) {}

    /** A field of a struct of another type. */
    public record Numbered(Number place) {
        /** A number where files have a text. */
        public record Number(int city) {}
    }

    @BeforeEach
    void write() throws IOException {
        Path path = work.resolve("nested.orc");
        if (!path.toFile().exists()) {
            write(path);
        }
        long size = path.toFile().length();
        split =
                new FileSourceSplit(
                        "1", new io.millrace.api.file.Path(path.toUri()), 0, size, 0, size);
    }

    private static void write(Path path) throws IOException {
        org.apache.hadoop.conf.Configuration configuration =
                new org.apache.hadoop.conf.Configuration(false);
        configuration.setInt("orc.stripe.row.count", STRIPE_ROWS);
        try (Writer writer =
                OrcFile.createWriter(
                        new org.apache.hadoop.fs.Path(path.toUri()),
                        OrcFile.writerOptions(configuration)
                                .setSchema(SCHEMA)
                                .compress(CompressionKind.ZLIB))) {
            VectorizedRowBatch batch = SCHEMA.createRowBatch(100);
            for (int row = 0; row < ROWS; row++) {
                fill(batch, batch.size++, row);
                if (batch.size == 100) {
                    writer.addRowBatch(batch);
                    batch.reset();
                }
            }
            writer.addRowBatch(batch);
        }
    }

    /** Each tenth row has nothing but an id; each eleventh has nothing in its parts. */
    private static void fill(VectorizedRowBatch batch, int at, int row) {
        ((LongColumnVector) batch.cols[0]).vector[at] = row;
        for (int column = 1; column < batch.cols.length && row % 10 == 9; column++) {
            batch.cols[column].noNulls = false;
            batch.cols[column].isNull[at] = true;
        }
        if (row % 10 == 9) {
            return;
        }
        ListColumnVector tags = (ListColumnVector) batch.cols[1];
        begin(tags, at, row % 4);
        for (int i = 0; i < row % 4; i++) {
            text(tags.child, (int) tags.offsets[at] + i, row % 11 == 0 ? null : "tag " + row + i);
        }
        MapColumnVector weights = (MapColumnVector) batch.cols[2];
        weights.offsets[at] = weights.childCount;
        weights.lengths[at] = row % 3;
        weights.childCount += row % 3;
        weights.keys.ensureSize(weights.childCount, true);
        weights.values.ensureSize(weights.childCount, true);
        for (int i = 0; i < row % 3; i++) {
            int place = (int) weights.offsets[at] + i;
            text(weights.keys, place, "key " + i);
            ((DoubleColumnVector) weights.values).vector[place] = row + i / 2.0;
        }
        StructColumnVector place = (StructColumnVector) batch.cols[3];
        text(place.fields[0], at, row % 11 == 0 ? null : "city " + row);
        ((LongColumnVector) place.fields[1]).vector[at] = row;
        if (row % 11 == 0) {
            place.fields[1].noNulls = false;
            place.fields[1].isNull[at] = true;
        }
        ListColumnVector path = (ListColumnVector) place.fields[2];
        begin(path, at, row % 5);
        StructColumnVector points = (StructColumnVector) path.child;
        for (int i = 0; i < row % 5; i++) {
            int point = (int) path.offsets[at] + i;
            ((LongColumnVector) points.fields[0]).vector[point] = row;
            ((LongColumnVector) points.fields[1]).vector[point] = i;
        }
    }

    private static void begin(ListColumnVector lists, int at, int length) {
        lists.offsets[at] = lists.childCount;
        lists.lengths[at] = length;
        lists.childCount += length;
        lists.child.ensureSize(lists.childCount, true);
    }

    private static void text(Object vector, int at, String text) {
        BytesColumnVector texts = (BytesColumnVector) vector;
        if (text == null) {
            texts.noNulls = false;
            texts.isNull[at] = true;
        } else {
            texts.setVal(at, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> tagsOf(int row) {
        String[] tags = new String[row % 4];
        for (int i = 0; i < tags.length && row % 11 != 0; i++) {
            tags[i] = "tag " + row + i;
        }
        return Arrays.asList(tags);
    }

    private static Map<String, Double> weightsOf(int row) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < row % 3; i++) {
            weights.put("key " + i, row + i / 2.0);
        }
        return weights;
    }

    @Test
    void readsListsMapsAndObjects() throws IOException {
        List<Stop> stops = read(OrcReaders.forClass(Stop.class));

        assertThat(stops).hasSize(ROWS);
        for (int row = 0; row < ROWS; row++) {
            Stop stop = stops.get(row);
            assertThat(stop.id()).isEqualTo(row);
            if (row % 10 == 9) {
                assertThat(stop).isEqualTo(new Stop(row, null, null, null));
                continue;
            }
            assertThat(stop.tags()).isEqualTo(tagsOf(row));
            assertThat(stop.weights()).isEqualTo(weightsOf(row));
            assertThat(stop.place().city()).isEqualTo(row % 11 == 0 ? null : "city " + row);
            assertThat(stop.place().unknown()).isNull();
            assertThat(stop.place().path()).hasSize(row % 5);
            for (int i = 0; i < row % 5; i++) {
                assertThat(stop.place().path().get(i).x).isEqualTo(row);
                assertThat(stop.place().path().get(i).y).isEqualTo(i);
            }
        }
    }

    @Test
    void readsRowsInRows() throws IOException {
        RowTypeInfo point =
                new RowTypeInfo(new TypeInformation<?>[] {Types.INT}, new String[] {"y"});
        RowTypeInfo place =
                new RowTypeInfo(
                        new TypeInformation<?>[] {Types.LIST(point), Types.STRING},
                        new String[] {"path", "city"});
        RowTypeInfo columns =
                new RowTypeInfo(
                        new TypeInformation<?>[] {
                            place, Types.MAP(Types.STRING, Types.DOUBLE), Types.LONG
                        },
                        new String[] {"place", "weights", "id"});

        List<Row> rows = read(OrcReaders.forRow(columns));

        assertThat(rows.get(2))
                .isEqualTo(
                        Row.of(
                                Row.of(List.of(Row.of(0), Row.of(1)), "city 2"),
                                Map.of("key 0", 2.0, "key 1", 2.5),
                                2L));
        assertThat(rows.get(9)).isEqualTo(Row.of(null, null, 9L));
    }

    @Test
    void aStructOfWhichNothingIsThereIsAnObjectOfNulls() throws IOException {
        List<Lost> read = read(OrcReaders.forClass(Lost.class));
        assertThat(read.get(8)).isEqualTo(new Lost(8, new Nowhere(null)));
        assertThat(read.get(9)).isEqualTo(new Lost(9, null));
    }

    @Test
    void saysWhichFieldDoesNotFit() {
        assertThatThrownBy(() -> read(OrcReaders.forClass(AtHeight.class)))
                .hasMessageStartingWith("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining("column 'place', column 'height': a value is null");
        assertThatThrownBy(() -> read(OrcReaders.forClass(Numbered.class)))
                .hasMessageStartingWith("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining("column 'place': column 'city' is 'string'");
    }

    private <T> List<T> read(BulkFormat<T, FileSourceSplit> format) throws IOException {
        List<T> records = new ArrayList<>();
        try (BulkFormat.Reader<T> reader = format.createReader(new Configuration(), split)) {
            BulkFormat.RecordIterator<T> batch = reader.readBatch();
            while (batch != null) {
                RecordAndPosition<T> next = batch.next();
                while (next != null) {
                    records.add(next.getRecord());
                    next = batch.next();
                }
                batch.releaseBatch();
                batch = reader.readBatch();
            }
        }
        return records;
    }
}
