package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.SourceReader;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReadingTest {
    @TempDir Path work;

    private final FakeReading<String> reading = new FakeReading<>();

    @Test
    void readsCompressedFilesByTheirNames() throws Exception {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(work.resolve("a.gz")))) {
            out.write("one\n".getBytes(StandardCharsets.UTF_8));
        }
        try (OutputStream out =
                new DeflaterOutputStream(Files.newOutputStream(work.resolve("b.deflate")))) {
            out.write("two\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(lines())).containsExactly("one", "two");
    }

    @Test
    void readsFilesOfBzip2AndXz() throws Exception {
        copy("two-streams.bz2", "a.bz2");
        copy("lines.xz", "b.xz");

        List<String> lines = read(lines());

        assertThat(lines).hasSize(3002).startsWith("first", "second", "0", "7919");
    }

    private void copy(String resource, String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/compressed/" + resource)) {
            Files.copy(in, work.resolve(name));
        }
    }

    @Test
    void aDamagedXzFileIsNamed() throws Exception {
        copy("lines.xz", "a.xz");
        byte[] whole = Files.readAllBytes(work.resolve("a.xz"));
        whole[whole.length / 2] ^= 1;
        Files.write(work.resolve("a.xz"), whole);
        assertThatThrownBy(() -> read(lines()))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith(ErrorCode.INPUT_MALFORMED + ": ")
                .hasMessageContaining("a.xz");
    }

    @Test
    void aFileThatIsNoGzipIsNamed() throws Exception {
        Files.writeString(work.resolve("a.gz"), "plain text");
        assertThatThrownBy(() -> read(lines()))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith(ErrorCode.INPUT_MALFORMED + ": ")
                .hasMessageContaining("a.gz");
    }

    @Test
    void aGzipFileThatWasCutShortIsNamed() throws Exception {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(work.resolve("a.gz")))) {
            for (int i = 0; i < 10_000; i++) {
                out.write((i * 31 + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] whole = Files.readAllBytes(work.resolve("a.gz"));
        Files.write(work.resolve("a.gz"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> read(lines()))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith(ErrorCode.INPUT_MALFORMED + ": ")
                .hasMessageContaining("a.gz");
    }

    @Test
    void aFileThatIsGoneWhenItIsReadIsNamed() throws Exception {
        Files.writeString(work.resolve("a"), "x");
        List<FileSourceSplit> splits = splits(lines());
        Files.delete(work.resolve("a"));
        assertThatThrownBy(() -> reading.read(lines(), splits))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith(ErrorCode.PATH_NOT_FOUND + ": ");
    }

    @Test
    void aFileThatIsGoneIsNamedWithWhatItWas() throws Exception {
        Files.writeString(work.resolve("a"), "x");
        List<FileSourceSplit> splits = splits(lines());
        Files.delete(work.resolve("a"));
        assertThatThrownBy(() -> reading.read(lines(), splits))
                .hasMessageContainingAll(
                        "/a is gone", "1 bytes, modified at 20", "Leave files where they are");
    }

    @Test
    void aFileThatHasShrunkIsNamedWithBothLengths() throws Exception {
        Files.writeString(work.resolve("a"), "one\ntwo\nthree\n");
        List<FileSourceSplit> splits = splits(lines());
        Files.writeString(work.resolve("a"), "one\n");
        assertThatThrownBy(() -> reading.read(lines(), splits))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith(ErrorCode.INPUT_MALFORMED + ": ")
                .hasMessageContainingAll(
                        "was changed while the job read it", "had 14 bytes", "has 4 bytes");
    }

    @Test
    void aFileThatWasWrittenAnewIsNamedThoughItsLengthIsTheSame() throws Exception {
        Files.writeString(work.resolve("a"), "one\ntwo\n");
        List<FileSourceSplit> splits = splits(lines());
        Files.writeString(work.resolve("a"), "ONE\nTWO\n");
        Files.setLastModifiedTime(
                work.resolve("a"), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        assertThatThrownBy(() -> reading.read(lines(), splits))
                .hasMessageContainingAll(
                        "was changed while the job read it", "has 8 bytes", "2030-01-01T00:00:00Z");
    }

    @Test
    void whatIsAppendedIsNotRead() throws Exception {
        Files.writeString(work.resolve("a"), "one\ntwo\n");
        List<FileSourceSplit> splits = splits(lines());
        Files.writeString(work.resolve("a"), "three\n", StandardOpenOption.APPEND);
        assertThat(reading.read(lines(), splits)).containsExactly("one", "two");
    }

    @Test
    void damageOfAFileThatWasWrittenAnewIsExplained() throws Exception {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(work.resolve("a.gz")))) {
            out.write("one\n".getBytes(StandardCharsets.UTF_8));
        }
        List<FileSourceSplit> splits = splits(lines());
        Files.writeString(work.resolve("a.gz"), "plain text");
        assertThatThrownBy(() -> reading.read(lines(), splits))
                .hasMessageContainingAll("a.gz was changed while the job read it", "has 10 bytes")
                .hasStackTraceContaining("ZipException");
    }

    @Test
    void readsTextInItsCharset() throws Exception {
        Files.write(work.resolve("a"), "größe\n".getBytes(StandardCharsets.ISO_8859_1));
        FileSource<String> source =
                FileSource.forRecordStreamFormat(new TextLineInputFormat("ISO-8859-1"), path())
                        .build();
        assertThat(read(source)).containsExactly("größe");
    }

    @Test
    void aSimpleFormatReadsWholeFiles() throws Exception {
        Files.writeString(work.resolve("a"), "abc");
        assertThat(read(FileSource.forRecordStreamFormat(new Letters(), path()).build()))
                .containsExactly("a", "b", "c");
    }

    @Test
    void aBulkFormatGivesBatchesAndGoesOnAtItsPosition() throws Exception {
        Files.writeString(work.resolve("a"), "abcdefg");
        FileSource<String> source = FileSource.forBulkFileFormat(new Pairs(), path()).build();
        try (SourceReader<String, FileSourceSplit> first = source.createReader(reading)) {
            first.addSplits(splits(source));
            for (int i = 0; i < 3; i++) {
                first.pollNext(reading);
            }
            assertThat(reading.records).containsExactly("a", "b", "c");
            reading.read(source, first.snapshotState(1));
        }
        assertThat(reading.records).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void anAdapterGivesTheSameRecordsAndPositionsAsTheFormat() throws Exception {
        Files.writeString(work.resolve("a"), "one\ntwo\nthree\n");
        FileSourceSplit split = splits(lines()).get(0);
        StreamFormatAdapter<String> adapter = new StreamFormatAdapter<>(new TextLineInputFormat());
        BulkFormat.Reader<String> reader = adapter.createReader(new Configuration(), split);
        BulkFormat.RecordIterator<String> batch = reader.readBatch();
        RecordAndPosition<String> first = batch.next();
        assertThat(first.getRecord()).isEqualTo("one");
        assertThat(first.getOffset()).isEqualTo(4);
        BulkFormat.Reader<String> restored =
                adapter.restoreReader(
                        new Configuration(),
                        split.updateWithCheckpointedPosition(
                                new CheckpointedPosition(
                                        first.getOffset(), first.getRecordSkipCount())));
        assertThat(restored.readBatch().next().getRecord()).isEqualTo("two");
        reader.close();
        restored.close();
    }

    private List<String> read(FileSource<String> source) throws Exception {
        return reading.read(source, splits(source));
    }

    private static List<FileSourceSplit> splits(FileSource<String> source) throws Exception {
        FakeEnumeration host = new FakeEnumeration();
        var enumerator = source.createEnumerator(host);
        while (host.ended.isEmpty()) {
            enumerator.handleSplitRequest(0, null);
        }
        return host.assigned.get(0);
    }

    private FileSource<String> lines() {
        return FileSource.forRecordStreamFormat(new TextLineInputFormat(), path()).build();
    }

    private io.millrace.api.file.Path path() {
        return io.millrace.api.file.Path.fromLocalFile(work.toFile());
    }

    /** Each letter is a record. */
    private static final class Letters extends SimpleStreamFormat<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public Reader<String> createReader(Configuration config, FSDataInputStream stream) {
            return new Reader<>() {
                @Override
                public String read() throws IOException {
                    int letter = stream.read();
                    return letter < 0 ? null : String.valueOf((char) letter);
                }

                @Override
                public void close() throws IOException {
                    stream.close();
                }
            };
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    /** Letters in batches of two, which begin at even offsets. */
    private static final class Pairs implements BulkFormat<String, FileSourceSplit> {
        private static final long serialVersionUID = 1L;

        @Override
        public Reader<String> createReader(Configuration config, FileSourceSplit split)
                throws IOException {
            return reader(split, 0, 0);
        }

        @Override
        public Reader<String> restoreReader(Configuration config, FileSourceSplit split)
                throws IOException {
            CheckpointedPosition position = split.getReaderPosition().orElseThrow();
            return reader(
                    split, (int) position.getOffset(), (int) position.getRecordsAfterOffset());
        }

        private static Reader<String> reader(FileSourceSplit split, int offset, int skip)
                throws IOException {
            String text =
                    new String(
                            split.path().getFileSystem().open(split.path()).readAllBytes(),
                            StandardCharsets.UTF_8);
            return new Reader<>() {
                private int next = offset;
                private int skipped = skip;

                @Override
                public RecordIterator<String> readBatch() {
                    if (next >= text.length()) {
                        return null;
                    }
                    ArrayDeque<RecordAndPosition<String>> pair = new ArrayDeque<>();
                    for (int i = skipped; i < Math.min(2, text.length() - next); i++) {
                        pair.add(
                                new RecordAndPosition<>(
                                        text.substring(next + i, next + i + 1), next, i + 1));
                    }
                    skipped = 0;
                    next += 2;
                    return new RecordIterator<>() {
                        @Override
                        public RecordAndPosition<String> next() {
                            return pair.poll();
                        }

                        @Override
                        public void releaseBatch() {
                            pair.clear();
                        }
                    };
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public boolean isSplittable() {
            return false;
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}
