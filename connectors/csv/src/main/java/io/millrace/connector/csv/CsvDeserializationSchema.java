package io.millrace.connector.csv;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.millrace.api.function.SerializableFunction;
import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;
import java.util.Objects;

/**
 * Makes an object of each message of one row of comma-separated values, in UTF-8, with or without a
 * line end. A message of no row, of several, with columns missing or too many, or with values that
 * do not fit the fields is malformed: what then is said by the source ({@code CorruptRecords} of
 * Kafka's). A message without bytes at all, such as a tombstone, is passed over. Confined to its
 * task.
 */
public final class CsvDeserializationSchema<T> implements DeserializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;
    private final SerializableSupplier<CsvMapper> mapperFactory;
    private final SerializableFunction<CsvMapper, CsvSchema> schemaGenerator;
    private transient ObjectReader reader; // null until the schema is opened

    private CsvDeserializationSchema(
            TypeInformation<T> type,
            SerializableSupplier<CsvMapper> mapperFactory,
            SerializableFunction<CsvMapper, CsvSchema> schemaGenerator) {
        this.type = Objects.requireNonNull(type, "type");
        this.mapperFactory = Objects.requireNonNull(mapperFactory, "mapperFactory");
        this.schemaGenerator = Objects.requireNonNull(schemaGenerator, "schemaGenerator");
    }

    /**
     * Objects of a plain class or Java record, whose fields are the columns, in the order of their
     * {@code @JsonPropertyOrder}; without one in alphabetical order.
     */
    public static <T> CsvDeserializationSchema<T> forPojo(Class<T> type) {
        return forSchema(
                CsvMappers::create, mapper -> mapper.schemaFor(type), TypeInformation.of(type));
    }

    /**
     * @param mapperFactory called where the messages are read
     * @param schemaGenerator the schema, by a mapper of the factory; without a header
     */
    public static <T> CsvDeserializationSchema<T> forSchema(
            SerializableSupplier<CsvMapper> mapperFactory,
            SerializableFunction<CsvMapper, CsvSchema> schemaGenerator,
            TypeInformation<T> type) {
        return new CsvDeserializationSchema<>(type, mapperFactory, schemaGenerator);
    }

    @Override
    public void open(InitializationContext context) {
        CsvMapper mapper = mapperFactory.get();
        reader =
                mapper.readerFor(mapper.constructType(type.getTypeClass()))
                        .with(schemaGenerator.apply(mapper))
                        .with(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS);
    }

    @Override
    public T deserialize(byte[] message) throws IOException {
        if (message == null) {
            return null;
        }
        try (MappingIterator<T> rows = reader.readValues(message)) {
            if (!rows.hasNextValue()) {
                throw new IOException("a message of " + message.length + " bytes has no row");
            }
            T row = rows.nextValue();
            if (rows.hasNextValue()) {
                throw new IOException(
                        "a message of "
                                + message.length
                                + " bytes has more than one row of comma-separated values");
            }
            return row;
        } catch (RuntimeJsonMappingException e) {
            throw new IOException(e.getMessage(), e);
        }
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
