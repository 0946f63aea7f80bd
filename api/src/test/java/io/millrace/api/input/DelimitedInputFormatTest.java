package io.millrace.api.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("deprecation") // the text format is
class DelimitedInputFormatTest {
    @TempDir java.nio.file.Path work;

    private TextInputFormat format(String name, String content) throws IOException {
        java.nio.file.Path file = work.resolve(name);
        Files.writeString(file, content);
        return new TextInputFormat(new Path(file.toUri()));
    }

    private static List<String> read(TextInputFormat format, int splits) throws IOException {
        format.configure(new Configuration());
        List<String> all = new ArrayList<>();
        for (FileInputSplit split : format.createInputSplits(splits)) {
            format.open(split);
            all.addAll(rest(format));
            format.close();
        }
        return all;
    }

    private static List<String> rest(TextInputFormat format) throws IOException {
        List<String> records = new ArrayList<>();
        while (!format.reachedEnd()) {
            String record = format.nextRecord(null);
            if (record != null) {
                records.add(record);
            }
        }
        return records;
    }

    @Test
    void aRecordBelongsToOneSplitWhereverTheCutsAre() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            String delimiter = random.nextBoolean() ? "\n" : "||";
            List<String> records = new ArrayList<>();
            int count = random.nextInt(12);
            for (int i = 0; i < count; i++) {
                records.add("x".repeat(random.nextInt(9)) + i);
            }
            String end = random.nextBoolean() ? delimiter : "";
            TextInputFormat format =
                    format("f", records.isEmpty() ? "" : String.join(delimiter, records) + end);
            format.setDelimiter(delimiter);
            format.setBufferSize(2 + random.nextInt(20));

            assertThat(read(format, 1 + random.nextInt(9))).isEqualTo(records);
        }
    }

    @Test
    void dropsCarriageReturnsOfLinesOnly() throws Exception {
        assertThat(read(format("lines", "a\r\nb\n\r\n"), 1)).containsExactly("a", "b", "");

        TextInputFormat other = format("other", "a\r;b");
        other.setDelimiter(';');
        assertThat(read(other, 1)).containsExactly("a\r", "b");
    }

    @Test
    void readsTextInItsCharset() throws Exception {
        TextInputFormat format = format("utf-16", "");
        Files.write(work.resolve("utf-16"), "ä\nö".getBytes(StandardCharsets.UTF_16BE));
        format.setCharsetName("UTF-16BE");
        format.setDelimiter("\n");

        assertThat(read(format, 1)).containsExactly("ä", "ö");
        assertThat(format.getCharsetName()).isEqualTo("UTF-16BE");
    }

    @Test
    void takesItsDelimiterFromTheConfiguration() throws Exception {
        TextInputFormat format = format("f", "a|b");
        Configuration configuration = new Configuration();
        configuration.setString("delimited-format.delimiter", "|");
        format.configure(configuration);
        format.open(format.createInputSplits(1)[0]);

        assertThat(rest(format)).containsExactly("a", "b");
    }

    @Test
    void goesOnWhereItWas() throws Exception {
        TextInputFormat format = format("f", "one\ntwo\nthree\nfour");
        format.configure(new Configuration());
        FileInputSplit split = format.createInputSplits(1)[0];
        format.open(split);
        format.nextRecord(null);
        format.nextRecord(null);
        Long state = format.getCurrentState();
        format.close();

        format.reopen(split, state);
        assertThat(rest(format)).containsExactly("three", "four");

        Long end = format.getCurrentState();
        format.close();
        format.reopen(split, end);
        assertThat(rest(format)).isEmpty();
    }

    @Test
    void compressedFilesAreReadWholeAndGoOnToo() throws Exception {
        java.nio.file.Path file = work.resolve("a.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8));
        }
        TextInputFormat format = new TextInputFormat(new Path(file.toUri()));

        assertThat(format.createInputSplits(5)).hasSize(1);
        assertThat(read(format, 5)).containsExactly("one", "two", "three");

        FileInputSplit split = format.createInputSplits(1)[0];
        format.open(split);
        format.nextRecord(null);
        Long state = format.getCurrentState();
        format.close();
        format.reopen(split, state);
        assertThat(rest(format)).containsExactly("two", "three");
    }

    @Test
    void aRecordThatIsTooLongFailsWithItsPlace() throws Exception {
        TextInputFormat format = format("f", "short\nmuch too long\n");
        format.setLineLengthLimit(10);
        format.setBufferSize(4);

        assertThatThrownBy(() -> read(format, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("10 bytes")
                .hasMessageContaining("from byte 6 of")
                .hasMessageContaining("setLineLengthLimit");
    }

    @Test
    void refusesWhatMakesNoSense() {
        TextInputFormat format = new TextInputFormat(null);
        assertThatThrownBy(() -> format.setDelimiter(""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> format.setBufferSize(1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> format.setLineLengthLimit(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> format.configure(new Configuration()))
                .hasMessageContaining("setFilePath");
    }
}
