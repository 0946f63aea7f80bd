package io.millrace.connector.csv;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import java.io.IOException;

/**
 * Writes objects as rows of comma-separated values: {@code out -> CsvBulkWriter.forPojo(C.class,
 * out)} is a factory for {@code FileSink.forBulkFormat}. Confined to its task.
 */
public final class CsvBulkWriter<T> implements BulkWriter<T> {
    private final SequenceWriter rows;

    private CsvBulkWriter(CsvMapper mapper, CsvSchema schema, FSDataOutputStream stream)
            throws IOException {
        ObjectWriter writer =
                mapper.writer(schema).without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        this.rows = writer.writeValues(stream);
    }

    /** Rows with the columns of a schema; with their names first if the schema says so. */
    public static <T> CsvBulkWriter<T> forSchema(
            CsvMapper mapper, CsvSchema schema, FSDataOutputStream stream) throws IOException {
        return new CsvBulkWriter<>(mapper, schema, stream);
    }

    /** Rows with the fields of a plain class or Java record. */
    public static <T> CsvBulkWriter<T> forPojo(Class<T> pojoClass, FSDataOutputStream stream)
            throws IOException {
        CsvMapper mapper = CsvMappers.create();
        return new CsvBulkWriter<>(mapper, mapper.schemaFor(pojoClass), stream);
    }

    @Override
    public void addElement(T element) throws IOException {
        rows.write(element);
    }

    @Override
    public void flush() throws IOException {
        rows.flush();
    }

    @Override
    public void finish() throws IOException {
        rows.close();
    }
}
