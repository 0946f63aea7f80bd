package io.millrace.connector.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.LineRecordFormat;
import java.io.IOException;
import java.util.Objects;

/**
 * Reads files of which each line is a record in JSON, for {@code FileSource.forRecordStreamFormat}.
 * Files are split between subtasks at any line. Immutable.
 */
public final class JsonLineFormat<T> extends LineRecordFormat<T> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;
    private final SerializableSupplier<ObjectMapper> mapperFactory;

    /** The mapper is not the program's: nothing but the class says how lines are read. */
    private final boolean usualMapper;

    private JsonLineFormat(
            TypeInformation<T> type,
            SerializableSupplier<ObjectMapper> mapperFactory,
            boolean usualMapper,
            boolean ignoreParseErrors) {
        super(ignoreParseErrors);
        this.usualMapper = usualMapper;
        this.type = Objects.requireNonNull(type);
        this.mapperFactory = Objects.requireNonNull(mapperFactory);
    }

    /** Objects of a class that Jackson can make. */
    public static <T> JsonLineFormat<T> forClass(Class<T> type) {
        return new JsonLineFormat<>(TypeInformation.of(type), JsonMappers::create, true, false);
    }

    /**
     * @param mapperFactory called where the files are read
     */
    public static <T> JsonLineFormat<T> forType(
            TypeInformation<T> type, SerializableSupplier<ObjectMapper> mapperFactory) {
        return new JsonLineFormat<>(type, mapperFactory, false, false);
    }

    /** This format, which passes lines over that cannot be read, and counts them in the log. */
    public JsonLineFormat<T> withIgnoreParseErrors() {
        return new JsonLineFormat<>(type, mapperFactory, usualMapper, true);
    }

    @Override
    protected LineParser<T> createParser(Configuration config) {
        ObjectMapper mapper = mapperFactory.get();
        ObjectReader reader =
                mapper.readerFor(type.getTypeClass())
                        .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        FlatClass flat = usualMapper ? FlatClass.of(mapper, type.getTypeClass()) : null;
        return flat != null ? new FlatLines<>(flat, reader) : new JsonLines<>(reader);
    }

    /** Parses bytes, of which Jackson makes no text but for values that are. */
    private record JsonLines<T>(ObjectReader reader) implements LineParser<T> {
        @Override
        public T parse(String line) throws IOException {
            return reader.readValue(line);
        }

        @Override
        public T parse(byte[] bytes, int offset, int length) throws IOException {
            return reader.readValue(bytes, offset, length);
        }
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }
}
