package io.millrace.connector.orc.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.connector.orc.OrcReaders;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.orc.CompressionKind;
import org.apache.orc.Reader;
import org.apache.orc.StripeInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, and what limits hold. */
class WritingFailuresTest {
    @TempDir Path work;

    /** Values that cannot be compressed. */
    public record Noise(long id, byte[] noise) {}

    /** A field that has no column. */
    public record Untyped(Thread thread) {}

    /** A price. */
    public record Priced(BigDecimal price) {}

    /** A time. */
    public record Timed(Instant at) {}

    /** A name. */
    public record Named(String name) {}

    /** A disk that has room for so many bytes. */
    private static final class FullDisk extends FSDataOutputStream {
        private long left;
        private long written;

        FullDisk(long bytes) {
            this.left = bytes;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > left) {
                throw new IOException("No space left on device");
            }
            left -= length;
            written += length;
        }

        @Override
        public long getPos() {
            return written;
        }

        @Override
        public void flush() {}

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }

    private static Noise noise(Random random, int id, int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return new Noise(id, noise);
    }

    private static OrcBulkWriterFactory<Noise> noiseOf(String... settings) {
        Properties properties = new Properties();
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return new OrcBulkWriterFactory<>(
                RecordVectorizer.of(TypeInformation.of(Noise.class)), properties);
    }

    @Test
    void aFullDiskIsAnErrorOfTheFileSystem() throws IOException {
        Random random = new Random(1);
        BulkWriter<Noise> writer =
                noiseOf("orc.stripe.size", "65536").create(new FullDisk(200_000));

        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 1_000; i++) {
                                writer.addElement(noise(random, i, 1_000));
                            }
                            writer.finish();
                        })
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }

    @Test
    void theFactoryWritesOnAfterAFileThatFailed() throws IOException {
        Random random = new Random(1);
        OrcBulkWriterFactory<Noise> factory = noiseOf();
        BulkWriter<Noise> failing = factory.create(new FullDisk(10));
        failing.addElement(noise(random, 1, 10_000));
        assertThatThrownBy(failing::finish).isInstanceOf(IOException.class);
        Path file = work.resolve("a.orc");

        Written.write(factory, List.of(noise(random, 2, 10)), file);

        assertThat(Written.read(OrcReaders.forClass(Noise.class), file))
                .extracting(Noise::id)
                .containsExactly(2L);
    }

    @Test
    void stripesAreWrittenWhenTheyAreFullHoweverLargeRecordsAre() throws IOException {
        Random random = new Random(1);
        List<Noise> records = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            records.add(noise(random, i, 100_000));
        }
        Path file = work.resolve("a.orc");

        Written.write(noiseOf("orc.stripe.size", "500000"), records, file);

        try (Reader reader = Written.open(file)) {
            assertThat(reader.getStripes())
                    .hasSizeGreaterThan(3)
                    .extracting(StripeInformation::getDataLength)
                    .allSatisfy(bytes -> assertThat(bytes).isLessThan(2_500_000));
        }
        assertThat(Written.read(OrcReaders.forClass(Noise.class), file))
                .extracting(Noise::id)
                .isEqualTo(records.stream().map(Noise::id).toList());
    }

    @Test
    void openFilesShareTheMemoryOfTheirFactory() throws IOException {
        Random random = new Random(1);
        OrcBulkWriterFactory<Noise> factory = noiseOf("orc.memory.pool", "0.0");
        List<FullDisk> disks = new ArrayList<>();
        List<BulkWriter<Noise>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            disks.add(new FullDisk(Long.MAX_VALUE));
            writers.add(factory.create(disks.get(i)));
        }

        for (int i = 0; i < 12_000; i++) {
            for (BulkWriter<Noise> writer : writers.subList(0, 2)) {
                writer.addElement(noise(random, i, 50));
            }
        }

        // Alone, each would hold a stripe of 64 MB.
        assertThat(disks.get(0).getPos()).isGreaterThan(100_000);
        assertThat(disks.get(1).getPos()).isGreaterThan(100_000);
    }

    @ParameterizedTest
    @CsvSource({
        "1234567.5,7 digits before the point and 1 behind it",
        "0.125,0 digits before the point and 3 behind it",
        "-99999999999999999999999999999999999999999,41 digits before the point"
    })
    void aDecimalIsNeverRounded(BigDecimal price, String why) throws IOException {
        BulkWriter<Priced> writer =
                OrcWriters.forClass(
                                Priced.class, "struct<price:decimal(8,2)>", CompressionKind.NONE)
                        .create(new FullDisk(Long.MAX_VALUE));

        assertThatThrownBy(() -> writer.addElement(new Priced(price)))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE))
                .hasMessageContainingAll("column 'price'", "decimal(8,2)", price.toString(), why);
    }

    @Test
    void aTextIsNeverCut() throws IOException {
        BulkWriter<Named> writer =
                OrcWriters.forClass(Named.class, "struct<name:varchar(3)>", CompressionKind.NONE)
                        .create(new FullDisk(Long.MAX_VALUE));
        writer.addElement(new Named("😀😀😀"));

        assertThatThrownBy(() -> writer.addElement(new Named("abcd")))
                .hasMessageContainingAll("column 'name'", "varchar(3)", "'abcd'", "4 characters");
    }

    @Test
    void aNumberIsNeverWrapped() throws IOException {
        RowTypeInfo type =
                new RowTypeInfo(new TypeInformation<?>[] {Types.LONG}, new String[] {"id"});
        BulkWriter<Row> writer =
                OrcWriters.forRow(type, "struct<id:tinyint>", CompressionKind.NONE)
                        .create(new FullDisk(Long.MAX_VALUE));

        assertThatThrownBy(() -> writer.addElement(Row.of(128L)))
                .hasMessageContainingAll("column 'id'", "'128'", "not between -128 and 127");
        assertThatThrownBy(() -> writer.addElement(Row.of("text")))
                .hasMessageContainingAll("column 'id'", "'text'", "java.lang.String");
        assertThatThrownBy(() -> writer.addElement(new Row(0)))
                .hasMessageContaining("a row has 0 fields");
        assertThatThrownBy(() -> writer.addElement(null)).hasMessageContaining("Filter");
    }

    @Test
    void aTimeThatTheFormatWouldMoveByASecondIsRefused() throws IOException {
        BulkWriter<Timed> writer =
                OrcWriters.forClass(Timed.class).create(new FullDisk(Long.MAX_VALUE));
        writer.addElement(new Timed(Instant.parse("1969-12-31T23:59:59Z")));
        writer.addElement(new Timed(Instant.parse("1969-12-31T23:59:58.5Z")));

        assertThatThrownBy(
                        () -> writer.addElement(new Timed(Instant.parse("1969-12-31T23:59:59.5Z"))))
                .hasMessageContainingAll("column 'at'", "the last second before 1970");
        assertThatThrownBy(() -> writer.addElement(new Timed(Instant.MAX)))
                .hasMessageContaining("too far from 1970");
    }

    @Test
    void whatCanNeverBeWrittenIsRefusedWhenTheProgramIsMade() {
        assertThatThrownBy(() -> OrcWriters.forClass(Untyped.class))
                .hasMessageContainingAll("field 'thread'", "ORC has no column");
        assertThatThrownBy(
                        () ->
                                OrcWriters.forClass(
                                        Named.class, "struct<name:int>", CompressionKind.NONE))
                .hasMessageContainingAll("column 'name'", "'int'", "java.lang.String");
        assertThatThrownBy(
                        () ->
                                OrcWriters.forClass(
                                        Named.class, "struct<nam:string>", CompressionKind.NONE))
                .hasMessageContainingAll("column 'nam'", "no field of its name");
        assertThatThrownBy(() -> OrcWriters.forClass(Named.class, CompressionKind.BROTLI))
                .hasMessageContainingAll("BROTLI", "orc.compress", "ZSTD");
    }
}
