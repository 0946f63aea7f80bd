package io.millrace.connector.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connector.avro.AvroFormatOptions.AvroEncoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages with and without a schema registry. */
class AvroMessagesTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("Click")
                    .namespace("test")
                    .fields()
                    .requiredString("page")
                    .requiredInt("n")
                    .endRecord();
    private static final Schema OLDER =
            SchemaBuilder.record("Click").namespace("test").fields().requiredInt("n").endRecord();
    private static final Schema NEWER =
            SchemaBuilder.record("Click")
                    .namespace("test")
                    .fields()
                    .name("page")
                    .type()
                    .stringType()
                    .stringDefault("none")
                    .requiredInt("n")
                    .endRecord();

    private final List<Long> waited = new ArrayList<>();
    private RegistryServer server;

    @BeforeEach
    void start() throws IOException {
        server = RegistryServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static GenericRecord click(Schema schema, String page, int n) {
        GenericRecord record = new GenericData.Record(schema);
        if (schema.getField("page") != null) {
            record.put("page", page);
        }
        record.put("n", n);
        return record;
    }

    @SuppressWarnings("unchecked")
    private static <T> T shipped(T schema) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(schema);
        return (T)
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    @ParameterizedTest
    @EnumSource
    void recordsArriveAsTheyWere(AvroEncoding encoding) throws Exception {
        AvroSerializationSchema<GenericRecord> write =
                shipped(AvroSerializationSchema.forGeneric(SCHEMA, encoding));
        AvroDeserializationSchema<GenericRecord> read =
                shipped(AvroDeserializationSchema.forGeneric(SCHEMA, encoding));
        for (int n = 0; n < 3; n++) {
            byte[] message = write.serialize(click(SCHEMA, "p", n));
            assertThat(read.deserialize(message).toString())
                    .isEqualTo(click(SCHEMA, "p", n).toString());
        }
        assertThat(write.serialize(null)).isNull();
        assertThat(read.deserialize(null)).isNull();
        assertThat(read.getProducedType()).isEqualTo(new GenericRecordAvroTypeInfo(SCHEMA));
    }

    @ParameterizedTest
    @EnumSource
    void generatedClassesArriveAsTheyWere(AvroEncoding encoding) throws Exception {
        Reading reading = new Reading("kitchen", 21.5, "C");
        byte[] message =
                AvroSerializationSchema.forSpecific(Reading.class, encoding).serialize(reading);
        assertThat(
                        AvroDeserializationSchema.forSpecific(Reading.class, encoding)
                                .deserialize(message))
                .isEqualTo(reading);
    }

    @Test
    void whatIsNoRecordIsAnErrorWithItsSize() throws Exception {
        AvroDeserializationSchema<GenericRecord> read =
                AvroDeserializationSchema.forGeneric(SCHEMA);
        byte[] good = AvroSerializationSchema.forGeneric(SCHEMA).serialize(click(SCHEMA, "p", 1));
        assertThatThrownBy(() -> read.deserialize(Arrays.copyOf(good, good.length - 1)))
                .hasMessageContaining("INPUT_MALFORMED")
                .hasMessageContaining("a message of 2 bytes is no test.Click");
        assertThatThrownBy(() -> read.deserialize(Arrays.copyOf(good, good.length + 4)))
                .hasMessageContaining("left behind the record");
        assertThatThrownBy(() -> read.deserialize(new byte[] {1, 2, 3}))
                .hasMessageContaining("INPUT_MALFORMED");
        assertThatThrownBy(
                        () ->
                                AvroDeserializationSchema.forGeneric(SCHEMA, AvroEncoding.JSON)
                                        .deserialize("{\"n\":".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("INPUT_MALFORMED")
                .hasMessageContaining("json form");
        assertThat(read.deserialize(good)).hasToString(click(SCHEMA, "p", 1).toString());
    }

    @Test
    void aRecordThatIsNotOfTheSchemaIsAnErrorOfTheProgram() {
        assertThatThrownBy(
                        () ->
                                AvroSerializationSchema.forGeneric(SCHEMA)
                                        .serialize(new GenericData.Record(SCHEMA)))
                .hasMessageContaining("PROGRAM_INVALID")
                .hasMessageContaining("test.Click")
                .hasMessageContaining("Click.page");
    }

    @Test
    void messagesOfTheRegistryNameTheirSchemaAndAskForItOnce() throws Exception {
        server.add("\"int\""); // takes id 1
        ConfluentRegistryAvroSerializationSchema<GenericRecord> write =
                shipped(
                        ConfluentRegistryAvroSerializationSchema.forGeneric(
                                "clicks value/x", SCHEMA, server.url() + "/"));
        ConfluentRegistryAvroDeserializationSchema<GenericRecord> read =
                shipped(
                        ConfluentRegistryAvroDeserializationSchema.forGeneric(
                                SCHEMA, server.url()));
        for (int n = 0; n < 3; n++) {
            byte[] message = write.serialize(click(SCHEMA, "p", n));
            assertThat(Arrays.copyOf(message, 5)).containsExactly(0, 0, 0, 0, 2);
            assertThat(read.deserialize(message)).hasToString(click(SCHEMA, "p", n).toString());
        }
        assertThat(server.requests())
                .containsExactly(
                        "POST /subjects/clicks%20value%2Fx/versions", "GET /schemas/ids/2");
        assertThat(read.deserialize(null)).isNull();
    }

    @Test
    void recordsOfOlderSchemasAreMadeWithTheOneThatIsWanted() throws Exception {
        byte[] message =
                ConfluentRegistryAvroSerializationSchema.forGeneric("s", OLDER, server.url())
                        .serialize(click(OLDER, null, 7));
        assertThat(
                        ConfluentRegistryAvroDeserializationSchema.forGeneric(NEWER, server.url())
                                .deserialize(message))
                .hasToString(click(NEWER, "none", 7).toString());
        assertThatThrownBy(
                        () ->
                                ConfluentRegistryAvroDeserializationSchema.forGeneric(
                                                SCHEMA, server.url())
                                        .deserialize(message))
                .hasMessageContaining("INPUT_MALFORMED")
                .hasMessageContaining("page");
    }

    @Test
    void aMessageWithoutAnIdOrWithOneThatIsNotThereIsMalformed() {
        ConfluentRegistryAvroDeserializationSchema<GenericRecord> read =
                ConfluentRegistryAvroDeserializationSchema.forGeneric(SCHEMA, server.url());
        assertThatThrownBy(() -> read.deserialize(new byte[] {2, 'p', 2}))
                .hasMessageContaining("does not begin with a zero byte");
        assertThatThrownBy(() -> read.deserialize(ByteBuffer.allocate(8).putInt(1, 99).array()))
                .hasMessageContaining("INPUT_MALFORMED")
                .hasMessageContaining("refuses schema 99 with 404")
                .hasMessageContaining("Schema not found");
    }

    private SchemaRegistry registry(Map<String, ?> options) {
        return new SchemaRegistry(RegistryAddress.of(server.url(), 2, options), waited::add);
    }

    @Test
    void aRegistryThatIsBusyIsAskedAgain() throws Exception {
        int id = server.add(SCHEMA.toString());
        server.failWith(503, 429);
        assertThat(registry(null).schemaOf(id)).isEqualTo(SCHEMA);
        assertThat(waited).containsExactly(400L, 800L);
        server.failWith(500, 500, 500, 500);
        assertThatThrownBy(() -> registry(null).schemaOf(id))
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining("in 4 attempts")
                .hasMessageContaining("500");
        server.close();
        assertThatThrownBy(() -> registry(null).schemaOf(id))
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining("ConnectException");
    }

    @Test
    void refusalsAreNotRepeatedAndSayWhatToDo() {
        server.failWith(409);
        assertThatThrownBy(() -> registry(null).idOf("s", SCHEMA))
                .hasMessageContaining("SCHEMA_INCOMPATIBLE")
                .hasMessageContaining("test.Click under 's'");
        server.failWith(403);
        assertThatThrownBy(() -> registry(null).idOf("s", SCHEMA))
                .hasMessageContaining("PERMISSION_DENIED");
        assertThat(waited).isEmpty();
    }

    @Test
    void theUserIsSentAndNotShown() throws Exception {
        int id = server.add(SCHEMA.toString());
        server.onlyFor(
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString("u:hidden".getBytes(StandardCharsets.UTF_8)));
        assertThat(registry(Map.of("basic.auth.user.info", "u:hidden")).schemaOf(id))
                .isEqualTo(SCHEMA);
        assertThatThrownBy(() -> registry(Map.of("basic.auth.user.info", "u:hidden2")).schemaOf(id))
                .hasMessageContaining("AUTHENTICATION_FAILED")
                .hasMessageNotContaining("hidden2");
        assertThatThrownBy(() -> registry(Map.of("schema.registry.ssl.keystore", "x")))
                .hasMessageContaining("UNKNOWN_OPTION")
                .hasMessageContaining("schema.registry.ssl.keystore");
    }

    @Test
    void aTaskThatMeetsTooManySchemasSaysSo() throws Exception {
        SchemaRegistry registry = registry(null);
        for (String type : List.of("\"int\"", "\"long\"")) {
            registry.schemaOf(server.add(type));
        }
        int third = server.add("\"string\"");
        assertThatThrownBy(() -> registry.schemaOf(third))
                .hasMessageContaining("more than 2 schemas");
    }
}
