package io.millrace.api.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FileSystem.WriteMode;
import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.IOReadableWritable;
import io.millrace.api.sink.BinaryOutputFormat;
import io.millrace.api.sink.OutputFormat;
import io.millrace.api.sink.SerializedOutputFormat;
import io.millrace.api.tuple.Tuple2;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("deprecation") // the key of the size of blocks is
class BinaryFormatsTest {
    @TempDir private java.nio.file.Path work;

    private Path file;

    /** Some text. */
    public static final class Text implements IOReadableWritable {
        private String text = "";

        @Override
        public void write(DataOutputView out) throws IOException {
            out.writeUTF(text);
        }

        @Override
        public void read(DataInputView in) throws IOException {
            text = in.readUTF();
        }
    }

    private static final class Texts extends BinaryInputFormat<String> {
        private static final long serialVersionUID = 1L;

        @Override
        protected String deserialize(String reuse, DataInputView in) throws IOException {
            return in.readUTF();
        }
    }

    private record Only() implements OutputFormat.InitializationContext {
        @Override
        public int getNumTasks() {
            return 1;
        }

        @Override
        public int getTaskNumber() {
            return 0;
        }

        @Override
        public int getAttemptNumber() {
            return 0;
        }
    }

    @BeforeEach
    void begin() {
        file = new Path(work.resolve("texts.bin").toUri());
    }

    private void write(List<String> texts, long blockBytes) throws IOException {
        SerializedOutputFormat<Text> format = new SerializedOutputFormat<>();
        format.setOutputFilePath(file);
        format.setWriteMode(WriteMode.OVERWRITE);
        Configuration size = new Configuration();
        size.setLong(BinaryOutputFormat.BLOCK_SIZE_PARAMETER_KEY, blockBytes);
        format.configure(size);
        format.open(new Only());
        Text record = new Text();
        for (String text : texts) {
            record.text = text;
            format.writeRecord(record);
        }
        format.close();
    }

    private Texts reader(long blockBytes) {
        Texts format = new Texts();
        format.setFilePath(file);
        format.setBlockSize(blockBytes);
        format.configure(new Configuration());
        return format;
    }

    private static List<String> rest(Texts format) throws IOException {
        List<String> texts = new ArrayList<>();
        while (!format.reachedEnd()) {
            texts.add(format.nextRecord(null));
        }
        return texts;
    }

    private static List<String> texts(Random random) {
        List<String> texts = new ArrayList<>();
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            texts.add("x".repeat(random.nextInt(90)) + i);
        }
        return texts;
    }

    @Test
    void aRecordBelongsToOneBlockHoweverManyItReachesOver() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 100; round++) {
            long blockBytes = 25 + random.nextInt(120);
            List<String> texts = texts(random);
            write(texts, blockBytes);
            Texts format = reader(blockBytes);

            List<String> read = new ArrayList<>();
            for (FileInputSplit split : format.createInputSplits(3)) {
                format.open(split);
                read.addAll(rest(format));
                format.close();
            }

            assertThat(read).as("blocks of %d bytes", blockBytes).isEqualTo(texts);
        }
    }

    @Test
    void goesOnWhereItWas() throws IOException {
        Random random = new Random(12);
        List<String> texts = texts(random);
        write(texts, 64);
        Texts format = reader(64);
        List<String> read = new ArrayList<>();
        for (FileInputSplit split : format.createInputSplits(1)) {
            format.open(split);
            while (!format.reachedEnd()) {
                read.add(format.nextRecord(null));
                Tuple2<Long, Long> state = format.getCurrentState();
                format.close();
                format = reader(64);
                format.reopen(split, state);
            }
            format.close();
        }

        assertThat(read).isEqualTo(texts);
    }

    @Test
    void knowsHowManyRecordsThereAreWithoutReadingThem() throws IOException {
        write(List.of("a", "b".repeat(300), "c"), 100);

        assertThat(reader(100).getStatistics(null).getNumberOfRecords()).isEqualTo(3);
    }

    @Test
    void valuesReadThemselves() throws IOException {
        write(List.of("a", "b"), 100);
        SerializedInputFormat<Text> format = new SerializedInputFormat<>();
        format.setFilePath(file);
        format.setBlockSize(100);
        format.open(format.createInputSplits(1)[0]);

        assertThat(format.nextRecord(new Text()).text).isEqualTo("a");
        assertThat(format.nextRecord(new Text()).text).isEqualTo("b");
        assertThat(format.reachedEnd()).isTrue();
    }

    @Test
    void makesItsRecordsIfItKnowsTheirClass() throws IOException {
        write(List.of("a"), 100);
        SerializedInputFormat<Text> knowing = new SerializedInputFormat<>(Text.class);
        SerializedInputFormat<Text> ignorant = new SerializedInputFormat<>();
        for (SerializedInputFormat<Text> format : List.of(knowing, ignorant)) {
            format.setFilePath(file);
            format.setBlockSize(100);
            format.open(format.createInputSplits(1)[0]);
        }

        assertThat(knowing.nextRecord(null).text).isEqualTo("a");
        assertThatThrownBy(() -> ignorant.nextRecord(null))
                .hasMessageContaining("new SerializedInputFormat<>(MyRecord.class)");
    }

    @Test
    void aBlockWithoutRoomForRecordsIsRefused() {
        assertThatThrownBy(() -> reader(24))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 24");
        assertThatThrownBy(() -> write(List.of(), 24)).hasMessageContaining("is 24");
    }
}
