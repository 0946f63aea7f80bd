package io.millrace.connector.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;
import java.util.Objects;

/** Makes a record of each message of JSON. Confined to its task. */
public class JsonDeserializationSchema<T> implements DeserializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;
    private final SerializableSupplier<ObjectMapper> mapperFactory;

    /** Null until the schema is opened. */
    protected transient ObjectMapper mapper;

    public JsonDeserializationSchema(Class<T> clazz) {
        this(TypeInformation.of(clazz));
    }

    public JsonDeserializationSchema(TypeInformation<T> typeInformation) {
        this(typeInformation, JsonMappers::create);
    }

    public JsonDeserializationSchema(
            Class<T> clazz, SerializableSupplier<ObjectMapper> mapperFactory) {
        this(TypeInformation.of(clazz), mapperFactory);
    }

    /**
     * @param mapperFactory called where the schema is used
     */
    public JsonDeserializationSchema(
            TypeInformation<T> typeInformation, SerializableSupplier<ObjectMapper> mapperFactory) {
        this.type = Objects.requireNonNull(typeInformation);
        this.mapperFactory = Objects.requireNonNull(mapperFactory);
    }

    @Override
    public void open(InitializationContext context) {
        mapper = mapperFactory.get();
    }

    @Override
    public T deserialize(byte[] message) throws IOException {
        return mapper.readValue(message, type.getTypeClass());
    }

    @Override
    public boolean isEndOfStream(T nextElement) {
        return false;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }
}
