package io.millrace.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.MalformedFileException;
import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.Types;
import io.millrace.connector.file.CheckpointedPosition;
import io.millrace.connector.file.StreamFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFormatTest {
    @TempDir java.nio.file.Path work;

    /** A row. */
    @JsonPropertyOrder({"name", "count", "day"})
    public record Line(String name, int count, LocalDate day) {}

    @Test
    void readsQuotedValuesWithLineBreaks() throws IOException {
        write("\"a \"\"b\"\"\nc\",1,2026-01-02\r\nd,2,2026-01-03\r\n");
        assertThat(read(CsvReaderFormat.forPojo(Line.class)))
                .containsExactly(
                        new Line("a \"b\"\nc", 1, LocalDate.of(2026, 1, 2)),
                        new Line("d", 2, LocalDate.of(2026, 1, 3)));
    }

    @Test
    void readsColumnsOfASchemaBehindTheirNames() throws IOException {
        write("count|name\n1|x\n");
        CsvSchema schema = CsvSchema.emptySchema().withHeader().withColumnSeparator('|');
        assertThat(read(CsvReaderFormat.forSchema(schema, Types.POJO(Counted.class))))
                .extracting(row -> row.name + row.count)
                .containsExactly("x1");
    }

    /** A plain class. */
    public static class Counted {
        public String name;
        public int count;
    }

    @Test
    void aRowThatCannotBeReadIsNamedByItsLine() throws IOException {
        write("a,1,2026-01-02\nb,many,2026-01-02\n");
        assertThatThrownBy(() -> read(CsvReaderFormat.forPojo(Line.class)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("many");
    }

    @Test
    void rowsThatCannotBeReadArePassedOver() throws IOException {
        write("a,1,2026-01-02\nb,many,2026-01-02\nc,3,no day\nd,4,2026-01-02\n");
        assertThat(read(CsvReaderFormat.forPojo(Line.class).withIgnoreParseErrors()))
                .extracting(Line::name)
                .containsExactly("a", "d");
        assertThat(read(CsvReaderFormat.forPojo(Line.class).withIgnoreParseErrors().splittable()))
                .extracting(Line::name)
                .containsExactly("a", "d");
    }

    @Test
    void splitsAtAnyByteGiveEachRowOnce() throws IOException {
        List<Line> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(new Line("n,\"" + i, i, LocalDate.ofEpochDay(i)));
        }
        writeRows(rows);
        StreamFormat<Line> format = CsvReaderFormat.forPojo(Line.class).splittable();
        long size = Files.size(work.resolve("f"));
        Random random = new Random(7);
        List<Line> read = new ArrayList<>();
        for (long from = 0; from < size; ) {
            long to = Math.min(size, from + 1 + random.nextInt(500));
            read.addAll(read(format, from, to));
            from = to;
        }
        assertThat(read).isEqualTo(rows);
    }

    @Test
    void aLineThatIsNoRowIsNamedByItsByte() throws IOException {
        write("a,1,2026-01-02\nb,many,2026-01-02\n");
        assertThatThrownBy(() -> read(CsvReaderFormat.forPojo(Line.class).splittable()))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("byte 15 ");
    }

    @Test
    void goesOnAtAPosition() throws IOException {
        write("a,1,2026-01-02\n\nb,2,2026-01-02\nc,3,2026-01-02\n");
        StreamFormat<Line> format = CsvReaderFormat.forPojo(Line.class).splittable();
        long size = Files.size(work.resolve("f"));
        CheckpointedPosition position;
        try (var reader = format.createReader(new Configuration(), open(), size, size)) {
            reader.read();
            reader.read();
            position = reader.getCheckpointedPosition();
        }
        try (var reader =
                format.restoreReader(new Configuration(), open(), position.offset(), size, size)) {
            assertThat(reader.read().name()).isEqualTo("c");
            assertThat(reader.read()).isNull();
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        List<Line> rows =
                List.of(
                        new Line("a, \"b\"\n", 1, LocalDate.of(2026, 1, 1)),
                        new Line("", -2, LocalDate.of(1900, 1, 1)));
        writeRows(rows);
        assertThat(read(CsvReaderFormat.forPojo(Line.class))).isEqualTo(rows);
    }

    private void write(String text) throws IOException {
        Files.writeString(work.resolve("f"), text);
    }

    private void writeRows(List<Line> rows) throws IOException {
        try (FSDataOutputStream out =
                path().getFileSystem().create(path(), FileSystem.WriteMode.NO_OVERWRITE)) {
            CsvBulkWriter<Line> writer = CsvBulkWriter.forPojo(Line.class, out);
            for (Line row : rows) {
                writer.addElement(row);
            }
            writer.finish();
            out.flush();
        }
    }

    private Path path() {
        return Path.fromLocalFile(work.resolve("f").toFile());
    }

    private FSDataInputStream open() throws IOException {
        return path().getFileSystem().open(path());
    }

    private <T> List<T> read(StreamFormat<T> format) throws IOException {
        return read(format, 0, Files.size(work.resolve("f")));
    }

    private <T> List<T> read(StreamFormat<T> format, long from, long to) throws IOException {
        FSDataInputStream file = open();
        file.seek(from);
        List<T> records = new ArrayList<>();
        try (StreamFormat.Reader<T> reader =
                format.createReader(new Configuration(), file, Files.size(work.resolve("f")), to)) {
            for (T next = reader.read(); next != null; next = reader.read()) {
                records.add(next);
            }
        }
        return records;
    }
}
