package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.option.Configuration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineSplittingTest {
    @TempDir Path work;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyLineIsReadOnceHoweverTheFileIsCut(long seed) throws IOException {
        Random random = new Random(seed);
        String text = randomText(random);
        Path file = Files.writeString(work.resolve("text"), text);
        long size = Files.size(file);
        long step = 1 + random.nextInt((int) Math.min(40, size + 1));

        List<String> read = new ArrayList<>();
        for (long start = 0; start < size; start += step) {
            read.addAll(readSplit(file, start, Math.min(size, start + step)));
        }

        assertThat(read).as("split size %d of %s", step, escaped(text)).isEqualTo(lines(text));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aReaderGoesOnWhereAnotherOneStood(long seed) throws IOException {
        Random random = new Random(seed);
        String text = randomText(random);
        Path file = Files.writeString(work.resolve("text"), text);
        long size = Files.size(file);
        int before = random.nextInt(5);
        List<String> read = new ArrayList<>();

        TextLineInputFormat format = new TextLineInputFormat();
        CheckpointedPosition position;
        try (StreamFormat.Reader<String> reader =
                format.createReader(new Configuration(), open(file), size, size)) {
            for (int i = 0; i < before; i++) {
                String line = reader.read();
                if (line != null) {
                    read.add(line);
                }
            }
            position = reader.getCheckpointedPosition();
        }
        try (StreamFormat.Reader<String> reader =
                format.restoreReader(
                        new Configuration(), open(file), position.offset(), size, size)) {
            readAll(reader, read);
        }

        assertThat(read).as(escaped(text)).isEqualTo(lines(text));
    }

    @Test
    void aLineLongerThanTheBufferIsWhole() throws IOException {
        String longLine = "x".repeat(700_000);
        Path file = Files.writeString(work.resolve("text"), "a\n" + longLine + "\nb");
        assertThat(readSplit(file, 0, Files.size(file))).containsExactly("a", longLine, "b");
    }

    @Test
    void lineEndsAreFoundAtEveryPlaceOfAWord() throws IOException {
        for (int length = 0; length < 40; length++) {
            String before = "\u000b\f\u000e\u0000é".repeat(length).substring(0, length);
            Path file = Files.writeString(work.resolve("text"), before + "\n" + before + "\rend");
            assertThat(readSplit(file, 0, Files.size(file))).containsExactly(before, before, "end");
        }
    }

    @Test
    void aFileThatHasBecomeShorterIsAnError() throws IOException {
        Path file = Files.writeString(work.resolve("text"), "one\ntwo\n");
        assertThatThrownBy(() -> readSplit(file, 0, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends at byte 8, but had at least 100 bytes");
    }

    @Test
    void textThatCannotBeCutIntoLinesIsRefused() {
        assertThatThrownBy(() -> new TextLineInputFormat("UTF-16LE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UTF-16LE");
    }

    private static List<String> readSplit(Path file, long start, long end) throws IOException {
        FSDataInputStream stream = open(file);
        stream.seek(start);
        List<String> read = new ArrayList<>();
        try (StreamFormat.Reader<String> reader =
                new TextLineInputFormat()
                        .createReader(new Configuration(), stream, Files.size(file), end)) {
            readAll(reader, read);
        }
        return read;
    }

    private static void readAll(StreamFormat.Reader<String> reader, List<String> into)
            throws IOException {
        for (String line = reader.read(); line != null; line = reader.read()) {
            into.add(line);
        }
    }

    private static FSDataInputStream open(Path file) throws IOException {
        return FileSystem.getLocalFileSystem()
                .open(io.millrace.api.file.Path.fromLocalFile(file.toFile()));
    }

    /** The JDK's idea of lines. */
    private static List<String> lines(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new StringReader(text))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String randomText(Random random) {
        String[] pieces = {"a", "bc", "ä€", "𝄞", "\n", "\r\n", "\r", "\n\n", " ", "word"};
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(60);
        for (int i = 0; i < count; i++) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
