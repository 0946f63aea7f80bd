package io.millrace.connector.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.serialization.SerializationSchema;
import java.util.Objects;

/** Makes a message of JSON of each record. Confined to its task. */
public class JsonSerializationSchema<T> implements SerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final SerializableSupplier<ObjectMapper> mapperFactory;

    /** Null until the schema is opened. */
    protected transient ObjectMapper mapper;

    public JsonSerializationSchema() {
        this(JsonMappers::create);
    }

    /**
     * @param mapperFactory called where the schema is used
     */
    public JsonSerializationSchema(SerializableSupplier<ObjectMapper> mapperFactory) {
        this.mapperFactory = Objects.requireNonNull(mapperFactory);
    }

    @Override
    public void open(InitializationContext context) {
        mapper = mapperFactory.get();
    }

    @Override
    public byte[] serialize(T element) {
        try {
            return mapper.writeValueAsBytes(element);
        } catch (JsonProcessingException e) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "a record of "
                            + element.getClass().getName()
                            + " cannot be written as JSON: "
                            + e.getOriginalMessage(),
                    e);
        }
    }
}
