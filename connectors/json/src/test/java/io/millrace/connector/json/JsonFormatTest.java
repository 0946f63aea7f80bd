package io.millrace.connector.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.MalformedFileException;
import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import io.millrace.connector.file.StreamFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFormatTest {
    @TempDir java.nio.file.Path work;

    /** A record. */
    public record Event(String name, Instant at, List<Integer> counts) {}

    private static final Event EVENT =
            new Event("a \"b\"\nö", Instant.parse("2026-01-02T03:04:05Z"), List.of(1, 2));

    @Test
    void readsWhatItsEncoderWrote() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonLineEncoder<Event> encoder = new JsonLineEncoder<>();
        encoder.encode(EVENT, out);
        encoder.encode(EVENT, out);
        Files.write(work.resolve("f"), out.toByteArray());
        assertThat(read(JsonLineFormat.forClass(Event.class))).containsExactly(EVENT, EVENT);
    }

    @Test
    void aLineThatIsNoRecordIsNamedByItsByte() throws IOException {
        Files.writeString(work.resolve("f"), "{\"name\":\"a\"}\n{\"name\":\n");
        assertThatThrownBy(() -> read(JsonLineFormat.forClass(Event.class)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("byte 13 ");
    }

    @Test
    void textBehindARecordIsAnError() throws IOException {
        Files.writeString(work.resolve("f"), "{\"name\":\"a\"} {\"name\":\"b\"}\n");
        assertThatThrownBy(() -> read(JsonLineFormat.forClass(Event.class)))
                .isInstanceOf(MalformedFileException.class);
    }

    @Test
    void linesThatAreNoRecordsArePassedOver() throws IOException {
        Files.writeString(work.resolve("f"), "x\n\n{\"name\":\"a\"}\n[1]\n{\"name\":\"b\"}");
        assertThat(read(JsonLineFormat.forClass(Event.class).withIgnoreParseErrors()))
                .extracting(Event::name)
                .containsExactly("a", "b");
    }

    @Test
    void aMessageIsReadAsItWasWritten() throws Exception {
        JsonSerializationSchema<Event> writing = new JsonSerializationSchema<>();
        JsonDeserializationSchema<Event> reading = new JsonDeserializationSchema<>(Event.class);
        writing.open(null);
        reading.open(null);
        assertThat(reading.deserialize(writing.serialize(EVENT))).isEqualTo(EVENT);
    }

    @Test
    void aMessageThatIsNoRecordIsAnError() {
        JsonDeserializationSchema<Event> reading = new JsonDeserializationSchema<>(Event.class);
        reading.open(null);
        assertThatThrownBy(() -> reading.deserialize("{".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }

    private <T> List<T> read(StreamFormat<T> format) throws IOException {
        long size = Files.size(work.resolve("f"));
        Path path = Path.fromLocalFile(work.resolve("f").toFile());
        FSDataInputStream file = path.getFileSystem().open(path);
        List<T> records = new ArrayList<>();
        try (StreamFormat.Reader<T> reader =
                format.createReader(new Configuration(), file, size, size)) {
            for (T next = reader.read(); next != null; next = reader.read()) {
                records.add(next);
            }
        }
        return records;
    }
}
