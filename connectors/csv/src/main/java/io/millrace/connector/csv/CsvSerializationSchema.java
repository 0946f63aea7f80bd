package io.millrace.connector.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.SerializableFunction;
import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.serialization.SerializationSchema;
import java.util.Objects;

/**
 * Makes a message of each object: one row of comma-separated values in UTF-8, without a line end
 * unless the schema has one. Confined to its task.
 */
public final class CsvSerializationSchema<T> implements SerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final SerializableSupplier<CsvMapper> mapperFactory;
    private final SerializableFunction<CsvMapper, CsvSchema> schemaGenerator;
    private transient ObjectWriter writer; // null until the schema is opened

    private CsvSerializationSchema(
            SerializableSupplier<CsvMapper> mapperFactory,
            SerializableFunction<CsvMapper, CsvSchema> schemaGenerator) {
        this.mapperFactory = Objects.requireNonNull(mapperFactory, "mapperFactory");
        this.schemaGenerator = Objects.requireNonNull(schemaGenerator, "schemaGenerator");
    }

    /** The fields of a plain class or Java record, in the order that {@code forPojo} reads. */
    public static <T> CsvSerializationSchema<T> forPojo(Class<T> type) {
        return forSchema(
                CsvMappers::create, mapper -> mapper.schemaFor(type).withLineSeparator(""));
    }

    /**
     * @param mapperFactory called where the messages are written
     * @param schemaGenerator the schema, by a mapper of the factory; without a header
     */
    public static <T> CsvSerializationSchema<T> forSchema(
            SerializableSupplier<CsvMapper> mapperFactory,
            SerializableFunction<CsvMapper, CsvSchema> schemaGenerator) {
        return new CsvSerializationSchema<>(mapperFactory, schemaGenerator);
    }

    @Override
    public void open(InitializationContext context) {
        CsvMapper mapper = mapperFactory.get();
        writer = mapper.writer(schemaGenerator.apply(mapper));
    }

    @Override
    public byte[] serialize(T element) {
        try {
            return writer.writeValueAsBytes(element);
        } catch (JsonProcessingException e) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "a record of "
                            + element.getClass().getName()
                            + " cannot be written as comma-separated values: "
                            + e.getOriginalMessage(),
                    e);
        }
    }
}
