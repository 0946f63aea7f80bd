package io.millrace.connector.kafka.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.TypeInformation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class JSONKeyValueDeserializationSchemaTest {
    private static ObjectNode read(boolean metadata, String key, String value) throws Exception {
        JSONKeyValueDeserializationSchema schema =
                asATaskHasIt(new JSONKeyValueDeserializationSchema(metadata));
        schema.open(null);
        return schema.deserialize(new ConsumerRecord<>("orders", 3, 17, bytes(key), bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static JSONKeyValueDeserializationSchema asATaskHasIt(
            JSONKeyValueDeserializationSchema schema) throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
            out.writeObject(schema);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
            return (JSONKeyValueDeserializationSchema) in.readObject();
        }
    }

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) new ObjectMapper().readTree(text);
    }

    @Test
    void keyAndValueAreWhatTheirTextsSay() throws Exception {
        assertThat(read(false, "{\"id\":7}", "{\"name\":\"ö\",\"counts\":[1,2.5,null]}"))
                .isEqualTo(
                        json(
                                "{\"key\":{\"id\":7},\"value\":{\"name\":\"ö\",\"counts\":"
                                        + "[1,2.5,null]}}"));
        assertThat(read(false, "7", "\"text\"")).isEqualTo(json("{\"key\":7,\"value\":\"text\"}"));
    }

    @Test
    void whatARecordDoesNotHaveIsLeftOut() throws Exception {
        assertThat(read(false, null, "{}")).isEqualTo(json("{\"value\":{}}"));
        assertThat(read(false, "1", null)).isEqualTo(json("{\"key\":1}"));
        assertThat(read(false, "null", "null")).isEqualTo(json("{\"key\":null,\"value\":null}"));
    }

    @Test
    void metadataSayWhereTheRecordWas() throws Exception {
        ObjectNode read = read(true, null, "1");

        assertThat(read.get("metadata").get("topic").asText()).isEqualTo("orders");
        assertThat(read.get("metadata").get("partition").asInt()).isEqualTo(3);
        assertThat(read.get("metadata").get("offset").asLong()).isEqualTo(17);
        assertThat(read.get("value").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsNoJsonIsNamedByItsPlace() {
        for (String bad : new String[] {"{\"a\":", "", "{} {}", "plain text"}) {
            assertThatThrownBy(() -> read(true, "1", bad))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_MALFORMED))
                    .hasMessageContaining(
                            "the value of "
                                    + bad.length()
                                    + " bytes at offset 17 of partition 3 of topic orders is no"
                                    + " JSON: ");
        }
        assertThatThrownBy(() -> read(false, "{", "1")).hasMessageContaining("the key of 1 bytes");
    }

    @Test
    void streamsOfItHaveObjectsAndDoNotEnd() throws Exception {
        JSONKeyValueDeserializationSchema schema = new JSONKeyValueDeserializationSchema(false);

        assertThat(schema.getProducedType()).isEqualTo(TypeInformation.of(ObjectNode.class));
        assertThat(schema.isEndOfStream(json("{}"))).isFalse();
    }
}
