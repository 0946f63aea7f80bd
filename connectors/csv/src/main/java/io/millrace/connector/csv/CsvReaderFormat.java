package io.millrace.connector.csv;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.function.SerializableFunction;
import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.LineRecordFormat;
import io.millrace.connector.file.SimpleStreamFormat;
import io.millrace.connector.file.StreamFormat;
import java.io.IOException;
import java.util.Objects;

/**
 * Reads rows of comma-separated values as objects, for {@code FileSource.forRecordStreamFormat}. A
 * file is read whole by one subtask, since a quoted value may contain line breaks; {@link
 * #splittable()} says that none does. Immutable.
 */
public class CsvReaderFormat<T> extends SimpleStreamFormat<T> {
    private static final long serialVersionUID = 1L;

    private final SerializableSupplier<CsvMapper> mapperFactory;
    private final SerializableFunction<CsvMapper, CsvSchema> schemaGenerator;
    private final Class<?> rootType;
    private final TypeInformation<T> typeInformation;
    private final boolean ignoreParseErrors;

    private CsvReaderFormat(
            SerializableSupplier<CsvMapper> mapperFactory,
            SerializableFunction<CsvMapper, CsvSchema> schemaGenerator,
            Class<?> rootType,
            TypeInformation<T> typeInformation,
            boolean ignoreParseErrors) {
        this.mapperFactory = Objects.requireNonNull(mapperFactory, "mapperFactory");
        this.schemaGenerator = Objects.requireNonNull(schemaGenerator, "schemaGenerator");
        this.rootType = Objects.requireNonNull(rootType, "rootType");
        this.typeInformation = Objects.requireNonNull(typeInformation, "typeInformation");
        this.ignoreParseErrors = ignoreParseErrors;
    }

    /** Values in the order of the schema's columns. */
    public static <T> CsvReaderFormat<T> forSchema(
            CsvSchema schema, TypeInformation<T> typeInformation) {
        Objects.requireNonNull(schema, "schema");
        return forSchema(CsvMappers::create, mapper -> schema, typeInformation);
    }

    /**
     * @deprecated a mapper may not be serializable: give one that is made where it is used
     */
    @Deprecated
    public static <T> CsvReaderFormat<T> forSchema(
            CsvMapper mapper, CsvSchema schema, TypeInformation<T> typeInformation) {
        return forSchema(() -> mapper, ignored -> schema, typeInformation);
    }

    /**
     * @param mapperFactory called where the files are read
     * @param schemaGenerator the schema, by a mapper of the factory
     */
    public static <T> CsvReaderFormat<T> forSchema(
            SerializableSupplier<CsvMapper> mapperFactory,
            SerializableFunction<CsvMapper, CsvSchema> schemaGenerator,
            TypeInformation<T> typeInformation) {
        return new CsvReaderFormat<>(
                mapperFactory,
                schemaGenerator,
                typeInformation.getTypeClass(),
                typeInformation,
                false);
    }

    /**
     * Objects of a plain class or Java record, whose fields are the columns, in the order of their
     * {@code @JsonPropertyOrder}; without one in alphabetical order.
     */
    public static <T> CsvReaderFormat<T> forPojo(Class<T> pojoType) {
        return forSchema(
                CsvMappers::create,
                mapper -> mapper.schemaFor(pojoType),
                TypeInformation.of(pojoType));
    }

    /** This format, which passes rows over that cannot be read, and counts them in the log. */
    public CsvReaderFormat<T> withIgnoreParseErrors() {
        return new CsvReaderFormat<>(
                mapperFactory, schemaGenerator, rootType, typeInformation, true);
    }

    /**
     * The same rows of files in which each is one line of UTF-8 without line breaks in its values:
     * such files are read by many subtasks at once. Files must not begin with a line of column
     * names.
     */
    public StreamFormat<T> splittable() {
        return new Lines<>(this);
    }

    private ObjectReader reader() {
        CsvMapper mapper = mapperFactory.get();
        JavaType type = mapper.constructType(rootType);
        return mapper.readerFor(type).with(schemaGenerator.apply(mapper));
    }

    @Override
    public StreamFormat.Reader<T> createReader(Configuration config, FSDataInputStream stream)
            throws IOException {
        MappingIterator<T> rows = reader().readValues(stream);
        return new CsvRows<>(rows, stream, ignoreParseErrors);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return typeInformation;
    }

    /** Rows that are lines. Immutable. */
    private static final class Lines<T> extends LineRecordFormat<T> {
        private static final long serialVersionUID = 1L;

        private final CsvReaderFormat<T> format;

        Lines(CsvReaderFormat<T> format) {
            super(format.ignoreParseErrors);
            this.format = format;
        }

        @Override
        protected LineParser<T> createParser(Configuration config) {
            ObjectReader reader = format.reader();
            return reader::readValue;
        }

        @Override
        public TypeInformation<T> getProducedType() {
            return format.typeInformation;
        }
    }
}
