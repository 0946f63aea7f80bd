package io.millrace.connector.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.serialization.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Writes each record as a line of JSON, for {@code FileSink.forRowFormat}. Confined to its task.
 */
public final class JsonLineEncoder<T> implements Encoder<T> {
    private static final long serialVersionUID = 1L;

    private final SerializableSupplier<ObjectMapper> mapperFactory;
    private transient ObjectMapper mapper;

    public JsonLineEncoder() {
        this(JsonMappers::create);
    }

    /**
     * @param mapperFactory called where records are written; must not indent
     */
    public JsonLineEncoder(SerializableSupplier<ObjectMapper> mapperFactory) {
        this.mapperFactory = Objects.requireNonNull(mapperFactory);
    }

    @Override
    public void encode(T element, OutputStream stream) throws IOException {
        if (mapper == null) {
            mapper = mapperFactory.get();
        }
        stream.write(mapper.writeValueAsBytes(element));
        stream.write('\n');
    }
}
