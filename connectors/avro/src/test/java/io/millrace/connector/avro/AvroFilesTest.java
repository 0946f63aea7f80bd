package io.millrace.connector.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.MalformedFileException;
import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.connector.file.CheckpointedPosition;
import io.millrace.connector.file.StreamFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFilesTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("R")
                    .fields()
                    .requiredLong("id")
                    .requiredString("text")
                    .endRecord();

    @TempDir java.nio.file.Path work;

    /** A plain class. */
    public static class Plain {
        public long id;
        public String text;
        public List<Integer> numbers = List.of();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate"})
    void splitsAtAnyByteGiveEachRecordOnce(String codec) throws IOException {
        List<GenericRecord> records = records(20_000);
        write(AvroWriters.forGenericRecord(SCHEMA, codec), records);
        long size = size();
        Random random = new Random(5);
        List<GenericRecord> read = new ArrayList<>();
        for (long from = 0; from < size; ) {
            long to = Math.min(size, from + 1 + random.nextInt(40_000));
            read.addAll(read(AvroReaders.forGenericRecord(SCHEMA), from, to));
            from = to;
        }
        assertThat(read).isEqualTo(records);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5000, 19_999, 20_000})
    void goesOnAtAPosition(int readBefore) throws IOException {
        List<GenericRecord> records = records(20_000);
        write(AvroWriters.forGenericRecord(SCHEMA), records);
        StreamFormat<GenericRecord> format = AvroReaders.forGenericRecord(SCHEMA);
        CheckpointedPosition position;
        try (var reader = format.createReader(new Configuration(), open(), size(), size())) {
            for (int i = 0; i < readBefore; i++) {
                reader.read();
            }
            position = reader.getCheckpointedPosition();
        }
        List<GenericRecord> rest = new ArrayList<>();
        try (var reader =
                format.restoreReader(
                        new Configuration(), open(), position.offset(), size(), size())) {
            for (long i = 0; i < position.recordsAfterOffset(); i++) {
                reader.read();
            }
            for (GenericRecord r = reader.read(); r != null; r = reader.read()) {
                rest.add(r);
            }
        }
        assertThat(rest).isEqualTo(records.subList(readBefore, records.size()));
    }

    @Test
    void plainClassesAreReadAsTheyWereWritten() throws IOException {
        Plain plain = new Plain();
        plain.id = 3;
        plain.text = "ö";
        plain.numbers = List.of(1, 2);
        write(AvroWriters.forReflectRecord(Plain.class), List.of(plain));
        List<Plain> read = read(AvroReaders.forReflectRecord(Plain.class), 0, size());
        assertThat(read).hasSize(1);
        assertThat(read.get(0).text).isEqualTo("ö");
        assertThat(read.get(0).numbers).containsExactly(1, 2);
    }

    @Test
    void aFieldThatTheFileLacksHasItsDefault() throws IOException {
        write(AvroWriters.forGenericRecord(SCHEMA), records(1));
        Schema more =
                SchemaBuilder.record("R")
                        .fields()
                        .requiredLong("id")
                        .name("extra")
                        .type()
                        .intType()
                        .intDefault(9)
                        .endRecord();
        List<GenericRecord> read = read(AvroReaders.forGenericRecord(more), 0, size());
        assertThat(read.get(0).get("extra")).isEqualTo(9);
    }

    @Test
    void aFileThatWasCutIsMalformed() throws IOException {
        write(AvroWriters.forGenericRecord(SCHEMA), records(5000));
        byte[] whole = Files.readAllBytes(work.resolve("f"));
        for (int length : new int[] {1, 10, 200, whole.length / 2, whole.length - 3}) {
            Files.write(work.resolve("f"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(AvroReaders.forGenericRecord(SCHEMA), 0, length))
                    .isInstanceOf(MalformedFileException.class);
        }
    }

    @Test
    void whatIsNoAvroFileIsMalformed() throws IOException {
        Files.writeString(work.resolve("f"), "id,text\n1,a\n");
        assertThatThrownBy(() -> read(AvroReaders.forGenericRecord(SCHEMA), 0, 12))
                .isInstanceOf(MalformedFileException.class);
    }

    private static List<GenericRecord> records(int count) {
        List<GenericRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GenericRecord record = new GenericData.Record(SCHEMA);
            record.put("id", (long) i);
            record.put("text", new Utf8("text " + i));
            records.add(record);
        }
        return records;
    }

    private <T> void write(BulkWriter.Factory<T> factory, List<T> records) throws IOException {
        try (FSDataOutputStream out =
                path().getFileSystem().create(path(), FileSystem.WriteMode.OVERWRITE)) {
            BulkWriter<T> writer = factory.create(out);
            for (T record : records) {
                writer.addElement(record);
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

    private long size() throws IOException {
        return Files.size(work.resolve("f"));
    }

    private <T> List<T> read(StreamFormat<T> format, long from, long to) throws IOException {
        FSDataInputStream file = open();
        file.seek(from);
        List<T> records = new ArrayList<>();
        try (StreamFormat.Reader<T> reader =
                format.createReader(new Configuration(), file, size(), to)) {
            for (T next = reader.read(); next != null; next = reader.read()) {
                records.add(next);
            }
        }
        return records;
    }
}
