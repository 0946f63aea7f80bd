package io.millrace.api.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.Types;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInputFormatTest {
    @TempDir java.nio.file.Path work;

    /** Reads the bytes of a split as one record. */
    private static final class Whole extends FileInputFormat<String> {
        private static final long serialVersionUID = 1L;
        private boolean read;

        @Override
        public void open(FileInputSplit split) throws IOException {
            super.open(split);
            read = false;
        }

        @Override
        public boolean reachedEnd() {
            return read;
        }

        @Override
        public String nextRecord(String reuse) throws IOException {
            read = true;
            byte[] bytes =
                    splitLength < 0
                            ? stream.readAllBytes()
                            : stream.readNBytes(Math.toIntExact(splitLength));
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(work.resolve(name).getParent());
        Files.writeString(work.resolve(name), content);
    }

    private Whole inWork() {
        Whole format = new Whole();
        format.setFilePath(new Path(work.toUri()));
        return format;
    }

    private static List<String> read(Whole format, int splits) throws IOException {
        List<String> all = new java.util.ArrayList<>();
        for (FileInputSplit split : format.createInputSplits(splits)) {
            format.open(split);
            while (!format.reachedEnd()) {
                all.add(format.nextRecord(null));
            }
            format.close();
        }
        return all;
    }

    @Test
    void cutsFilesIntoSplitsOfAboutTheSameSize() throws Exception {
        write("a", "0123456789");
        write("b", "xy");

        assertThat(read(inWork(), 3)).containsExactly("0123", "4567", "89", "xy");

        Whole larger = inWork();
        larger.setMinSplitSize(8);
        assertThat(read(larger, 3)).containsExactly("01234567", "89", "xy");
    }

    @Test
    void leavesOutHiddenFilesAndThoseOfTheFilter() throws Exception {
        write("a.txt", "a");
        write("_done", "x");
        write(".crc", "x");
        write("b.log", "b");

        assertThat(read(inWork(), 1)).containsExactly("a", "b");

        Whole filtered = inWork();
        filtered.setFilesFilter(new GlobFilePathFilter(List.of("**.txt"), List.of()));
        assertThat(read(filtered, 1)).containsExactly("a");
        filtered.setFilesFilter(new GlobFilePathFilter(List.of(), List.of("**.txt")));
        assertThat(read(filtered, 1)).containsExactly("b");
    }

    @Test
    void looksIntoDirectoriesOnlyIfItShould() throws Exception {
        write("a", "a");
        write("below/b", "b");
        Whole format = inWork();

        assertThat(read(format, 1)).containsExactly("a");
        format.setNestedFileEnumeration(true);
        assertThat(read(format, 1)).containsExactly("a", "b");
    }

    @Test
    void readsSeveralPathsAndNamesOneThatIsMissing() throws Exception {
        write("a", "a");
        write("b", "b");
        Whole format = new Whole();
        format.setFilePaths(work.resolve("b").toString(), work.resolve("a").toString());
        assertThat(read(format, 1)).containsExactly("a", "b");

        format.setFilePath(work.resolve("missing").toString());
        assertThatThrownBy(() -> format.createInputSplits(1))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("missing");
        assertThat(format.getStatistics(null)).isNull();
    }

    @Test
    void knowsTheSizeOfItsFiles() throws Exception {
        write("a", "0123456789");
        FileInputFormat.FileBaseStatistics statistics = inWork().getStatistics(null);

        assertThat(statistics.getTotalInputSize()).isEqualTo(10);
        assertThat(statistics.getNumberOfRecords()).isEqualTo(BaseStatistics.NUM_RECORDS_UNKNOWN);
        assertThat(new FileInputFormat.FileBaseStatistics(0, 10, 4).getNumberOfRecords())
                .isEqualTo(3);
    }

    /** Adds one to each byte. */
    private static final class AddOne implements InflaterInputStreamFactory<InputStream> {
        @Override
        public InputStream create(InputStream in) {
            return new FilterInputStream(in) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = super.read(bytes, offset, length);
                    for (int i = 0; i < count; i++) {
                        bytes[offset + i]++;
                    }
                    return count;
                }
            };
        }

        @Override
        public Collection<String> getCommonFileExtensions() {
            return Set.of("plus");
        }
    }

    @Test
    void readsKindsOfCompressedFilesThatProgramsAdd() throws Exception {
        FileInputFormat.registerInflaterInputStreamFactory("plus", new AddOne());
        write("a.PLUS", "abc");

        assertThat(read(inWork(), 3)).containsExactly("bcd");
        assertThat(FileInputFormat.getSupportedCompressionFormats())
                .contains("plus", "gz", "gzip", "deflate");
    }

    @Test
    void givesSplitsToTheirHostsFirst() {
        LocatableInputSplit one = new LocatableInputSplit(0, "h1.example.org");
        LocatableInputSplit two = new LocatableInputSplit(1, new String[] {"H2", "h3"});
        LocatableInputSplit three = new LocatableInputSplit(2, (String) null);
        LocatableInputSplitAssigner assigner =
                new LocatableInputSplitAssigner(Arrays.asList(one, two, three));

        assertThat(assigner.getNextInputSplit("h3", 0)).isSameAs(two);
        assertThat(assigner.getNextInputSplit("h3", 0)).isSameAs(one);
        assigner.returnInputSplit(List.of(one), 0);
        assertThat(assigner.getNextInputSplit("h1", 1)).isSameAs(one);
        assertThat(assigner.getNextInputSplit(null, 1)).isSameAs(three);
        assertThat(assigner.getNextInputSplit("h1", 1)).isNull();
        assertThat(assigner.getNumberOfLocalAssignments()).isEqualTo(2);
        assertThat(assigner.getNumberOfRemoteAssignments()).isEqualTo(2);
    }

    @Test
    void whatItReadsIsKnownByItsType() {
        assertThat(TypeExtractor.getInputFormatTypes(new Whole())).isEqualTo(Types.STRING);
    }
}
