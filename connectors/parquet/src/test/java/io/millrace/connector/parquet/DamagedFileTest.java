package io.millrace.connector.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedFileTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("R")
                    .fields()
                    .requiredInt("number")
                    .optionalString("text")
                    .optionalDouble("measure")
                    .requiredBoolean("truth")
                    .endRecord();

    @ParameterizedTest
    @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "ZSTD", "GZIP", "LZ4_RAW"})
    void aByteThatWasFlippedNeverGivesOtherRowsSilently(CompressionCodecName codec)
            throws IOException {
        List<GenericRecord> records = records(60);
        byte[] whole = write(records, codec);
        int footer = whole.length - 8 - LittleEndian.intAt(whole, whole.length - 8);
        int errors = 0;
        for (int at = 0; at < footer; at++) {
            for (int mask : new int[] {0x01, 0x10, 0x80}) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) mask;
                try {
                    if (!read(damaged).equals(records)) {
                        fail("byte %d of %d, mask %d: other rows", at, whole.length, mask);
                    }
                } catch (MillraceException e) {
                    assertThat(e.code())
                            .as("byte %d, mask %d: %s", at, mask, e)
                            .isIn(ErrorCode.INPUT_MALFORMED, ErrorCode.SCHEMA_INCOMPATIBLE);
                    errors++;
                }
            }
        }
        assertThat(errors).isGreaterThan(footer);
    }

    @Test
    void aFlippedByteOfTheFooterEndsInRowsOrAnErrorThatNamesTheFile() throws IOException {
        byte[] whole = write(records(60), CompressionCodecName.SNAPPY);
        int footer = whole.length - 8 - LittleEndian.intAt(whole, whole.length - 8);
        int errors = 0;
        for (int at = footer; at < whole.length; at++) {
            for (int mask = 1; mask < 256; mask *= 2) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) mask;
                try {
                    read(damaged);
                } catch (MillraceException e) {
                    assertThat(e).hasMessageContaining("memory");
                    errors++;
                }
            }
        }
        assertThat(errors).isGreaterThan((whole.length - footer) / 2);
    }

    @Test
    void aFileThatWasCutAnywhereIsNamed() throws IOException {
        byte[] whole = write(records(60), CompressionCodecName.SNAPPY);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageStartingWith(ErrorCode.INPUT_MALFORMED + ": memory");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PAR1", "a,b,c\n1,2,3\n", "PAR1....PAR1"})
    void whatIsNoParquetFileIsNamed(String content) {
        assertThatThrownBy(() -> read(content.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith(ErrorCode.INPUT_MALFORMED + ": memory");
    }

    private static List<GenericRecord> records(int count) {
        List<GenericRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GenericRecord record = new GenericData.Record(SCHEMA);
            record.put("number", i * 7919);
            record.put("text", i % 5 == 0 ? null : new Utf8("text " + i % 7));
            record.put("measure", i % 3 == 0 ? null : i / 8.0);
            record.put("truth", i % 2 == 0);
            records.add(record);
        }
        return records;
    }

    private static byte[] write(List<GenericRecord> records, CompressionCodecName codec)
            throws IOException {
        MemoryFile.Written file = new MemoryFile.Written();
        var writer = AvroParquetWriters.forGenericRecord(SCHEMA, codec).create(file);
        for (GenericRecord record : records) {
            writer.addElement(record);
        }
        writer.finish();
        return file.bytes();
    }

    private static List<GenericRecord> read(byte[] bytes) throws IOException {
        List<GenericRecord> records = new ArrayList<>();
        try (RowGroupScan<GenericRecord> scan =
                RowGroupScan.open(
                        new MemoryFile(bytes),
                        bytes.length,
                        0,
                        bytes.length,
                        new AvroShape<>(GenericRecord.class, SCHEMA),
                        null,
                        "memory")) {
            while (scan.hasNext()) {
                records.add(scan.next());
            }
        }
        return records;
    }
}
