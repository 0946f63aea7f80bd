package io.millrace.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as messages. */
class CsvMessagesTest {
    /** A record. */
    @JsonPropertyOrder({"id", "city", "day"})
    public record Order(long id, String city, LocalDate day) {}

    /** Cannot be written. */
    public static class Failing {
        public String getName() {
            throw new IllegalStateException("no name");
        }
    }

    @SuppressWarnings("unchecked")
    private static <S> S shipped(S schema) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(schema);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (S) in.readObject();
        }
    }

    private static CsvDeserializationSchema<Order> reading() throws Exception {
        CsvDeserializationSchema<Order> schema =
                shipped(CsvDeserializationSchema.forPojo(Order.class));
        schema.open(null);
        return schema;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        CsvSerializationSchema<Order> writing =
                shipped(CsvSerializationSchema.<Order>forPojo(Order.class));
        writing.open(null);
        Order order = new Order(7, "Köln, \"am\nRhein\"", LocalDate.of(2026, 1, 31));

        byte[] message = writing.serialize(order);

        assertThat(new String(message, StandardCharsets.UTF_8))
                .isEqualTo("7,\"Köln, \"\"am\nRhein\"\"\",2026-01-31");
        assertThat(reading().deserialize(message)).isEqualTo(order);
    }

    @Test
    void aLineEndIsNoFurtherRow() throws Exception {
        assertThat(reading().deserialize(bytes("7,Bonn,2026-01-31\r\n")))
                .isEqualTo(new Order(7, "Bonn", LocalDate.of(2026, 1, 31)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "seven,Bonn,2026-01-31",
                "7,Bonn",
                "7,Bonn,2026-01-31,more",
                "7,Bonn,2026-01-31\n8,Köln,2026-01-31",
                "7,\"Bonn,2026-01-31"
            })
    void aMessageThatIsNotOneRowIsMalformed(String message) throws Exception {
        CsvDeserializationSchema<Order> schema = reading();

        assertThatThrownBy(() -> schema.deserialize(bytes(message)))
                .isInstanceOf(IOException.class);
        assertThat(schema.deserialize(bytes("7,Bonn,2026-01-31"))).as("the next").isNotNull();
    }

    @Test
    void aMessageWithoutBytesIsPassedOver() throws Exception {
        assertThat(reading().deserialize(null)).isNull();
    }

    @Test
    void aRecordThatCannotBeWrittenIsNamed() {
        CsvSerializationSchema<Failing> schema = CsvSerializationSchema.forPojo(Failing.class);
        schema.open(null);

        assertThatThrownBy(() -> schema.serialize(new Failing()))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.USER_CODE_FAILED))
                .hasMessageContainingAll("Failing", "no name");
    }
}
