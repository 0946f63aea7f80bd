package io.millrace.api.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FileSystem.WriteMode;
import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import io.millrace.api.sink.FileOutputFormat.OutputDirectoryMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("deprecation") // formats are of older programs
class FileOutputFormatTest {
    @TempDir java.nio.file.Path directory;

    private record Subtask(int getTaskNumber, int getNumTasks, int getAttemptNumber)
            implements OutputFormat.InitializationContext {}

    private java.nio.file.Path target() {
        return directory.resolve("out");
    }

    private TextOutputFormat<Object> format() {
        return new TextOutputFormat<>(new Path(target().toUri()), "UTF-8");
    }

    private static void write(FileOutputFormat<Object> format, Subtask subtask, Object... records)
            throws IOException {
        format.configure(new Configuration());
        format.open(subtask);
        for (Object each : records) {
            format.writeRecord(each);
        }
        format.close();
    }

    @Test
    void oneSubtaskWritesOneFile() throws Exception {
        write(format(), new Subtask(0, 1, 0), "a", 1);

        assertThat(target()).hasContent("a\n1\n");
    }

    @Test
    void manySubtasksWriteAFileEachInADirectory() throws Exception {
        write(format(), new Subtask(0, 2, 0), "a");
        write(format(), new Subtask(1, 2, 0), "b");

        assertThat(target().resolve("1")).hasContent("a\n");
        assertThat(target().resolve("2")).hasContent("b\n");
    }

    @Test
    void oneSubtaskWritesInADirectoryWhereThatIsWanted() throws Exception {
        TextOutputFormat<Object> format = format();
        format.setOutputDirectoryMode(OutputDirectoryMode.ALWAYS);

        write(format, new Subtask(0, 1, 0), "a");

        assertThat(target().resolve("1")).hasContent("a\n");
    }

    @Test
    void whatIsThereIsLeftUnlessItMayBeOverwritten() throws Exception {
        Files.writeString(target(), "before");

        assertThatThrownBy(() -> write(format(), new Subtask(0, 1, 0), "a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exists already")
                .hasMessageContaining("OVERWRITE");
        assertThatThrownBy(() -> write(format(), new Subtask(0, 2, 0), "a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exists already");
        assertThat(target()).hasContent("before");

        TextOutputFormat<Object> overwriting = format();
        overwriting.setWriteMode(WriteMode.OVERWRITE);
        write(overwriting, new Subtask(0, 2, 0), "a");
        assertThat(target().resolve("1")).hasContent("a\n");
    }

    @Test
    void aLaterAttemptWritesAgainWhatAnEarlierOneLeft() throws Exception {
        write(format(), new Subtask(0, 1, 0), "half");

        write(format(), new Subtask(0, 1, 1), "half", "whole");

        assertThat(target()).hasContent("half\nwhole\n");
    }

    @Test
    void afterAFailureItsFileIsRemoved() throws Exception {
        TextOutputFormat<Object> format = format();
        write(format, new Subtask(0, 1, 0), "a");

        format.tryCleanupOnError();
        format.tryCleanupOnError();

        assertThat(target()).doesNotExist();
    }

    @Test
    void textIsInTheCharacterSetThatWasGiven() throws Exception {
        TextOutputFormat<Object> format =
                new TextOutputFormat<>(new Path(target().toUri()), "ISO-8859-1");

        write(format, new Subtask(0, 1, 0), "ä");

        assertThat(Files.readAllBytes(target()))
                .isEqualTo("ä\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> format.setCharsetName("none"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFormatWithoutPathSaysSo() {
        FileOutputFormat<Object> format =
                new FileOutputFormat<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void writeRecord(Object record) {}
                };

        assertThatThrownBy(() -> format.configure(new Configuration()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("setOutputFilePath");
    }

    /** As compiled programs have it, which know the older form only. */
    @Test
    void theOlderFormOfOpenIsCalledToo() throws Exception {
        StringBuilder opened = new StringBuilder();
        TextOutputFormat<Object> format =
                new TextOutputFormat<>(new Path(target().toUri())) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void open(int taskNumber, int numTasks) throws IOException {
                        super.open(taskNumber, numTasks);
                        opened.append(taskNumber).append(" of ").append(numTasks);
                    }
                };

        write(format, new Subtask(1, 3, 0), "a");

        assertThat(opened).hasToString("1 of 3");
        assertThat(target().resolve("2")).hasContent("a\n");
    }
}
