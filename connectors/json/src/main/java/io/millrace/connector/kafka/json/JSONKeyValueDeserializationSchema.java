package io.millrace.connector.kafka.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.kafka.source.KafkaDeserializationSchema;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes one object of a record of Kafka whose key and value are JSON. Confined to the task.
 *
 * <pre>
 * {"key": …, "value": …, "metadata": {"topic": "t", "partition": 0, "offset": 17}}
 * </pre>
 *
 * <p>{@code key} is left out of records without one, {@code value} of tombstones, and {@code
 * metadata} unless it was asked for.
 */
public class JSONKeyValueDeserializationSchema implements KafkaDeserializationSchema<ObjectNode> {
    private static final long serialVersionUID = 1L;

    private final boolean includeMetadata;
    private transient ObjectMapper mapper; // made by open

    /**
     * @param includeMetadata whether objects say where their record was
     */
    public JSONKeyValueDeserializationSchema(boolean includeMetadata) {
        this.includeMetadata = includeMetadata;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        // Text behind the value would be lost without a word.
        mapper =
                JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    }

    /**
     * @throws MillraceException {@code INPUT_MALFORMED} if key or value is no JSON
     */
    @Override
    public ObjectNode deserialize(ConsumerRecord<byte[], byte[]> record) throws IOException {
        ObjectNode object = mapper.createObjectNode();
        if (record.key() != null) {
            object.set("key", parse("key", record.key(), record));
        }
        if (record.value() != null) {
            object.set("value", parse("value", record.value(), record));
        }
        if (includeMetadata) {
            object.putObject("metadata")
                    .put("offset", record.offset())
                    .put("topic", record.topic())
                    .put("partition", record.partition());
        }
        return object;
    }

    private JsonNode parse(String part, byte[] bytes, ConsumerRecord<?, ?> record)
            throws IOException {
        String reason;
        JsonProcessingException cause = null;
        try {
            JsonNode parsed = mapper.readTree(bytes);
            if (!parsed.isMissingNode()) {
                return parsed;
            }
            reason = "it is empty";
        } catch (JsonProcessingException e) {
            reason = e.getOriginalMessage();
            cause = e;
            if (e.getLocation() != null) {
                reason += " at byte " + e.getLocation().getByteOffset();
            }
        }
        throw new MillraceException(
                ErrorCode.INPUT_MALFORMED,
                "the "
                        + part
                        + " of "
                        + bytes.length
                        + " bytes at offset "
                        + record.offset()
                        + " of partition "
                        + record.partition()
                        + " of topic "
                        + record.topic()
                        + " is no JSON: "
                        + reason
                        + ". See what writes to the topic, or read such records with a schema of"
                        + " your own.",
                cause);
    }

    /** No object ends the stream. */
    @Override
    public boolean isEndOfStream(ObjectNode nextElement) {
        return false;
    }

    @Override
    public TypeInformation<ObjectNode> getProducedType() {
        return TypeExtractor.getForClass(ObjectNode.class);
    }
}
