package io.millrace.connector.avro;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.MalformedFileException;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.StreamFormat;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.reflect.ReflectData;
import org.apache.avro.reflect.ReflectDatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;

/** Records out of the blocks that begin in a split. Immutable. */
final class AvroRecordFormat<T> implements StreamFormat<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;

    /** As Avro writes it. */
    private final String schemaText;

    private final TypeInformation<T> description;

    AvroRecordFormat(Class<T> type, Schema schema, TypeInformation<T> description) {
        this.type = type;
        this.schemaText = schema.toString();
        this.description = description;
    }

    private DatumReader<T> datumReader() {
        Schema schema = new Schema.Parser().parse(schemaText);
        GenericData model = AvroData.of(type, schema);
        if (model instanceof ReflectData reflected) {
            return new ReflectDatumReader<>(schema, schema, reflected);
        }
        return model instanceof SpecificData generated
                ? new SpecificDatumReader<>(schema, schema, generated)
                : new GenericDatumReader<>(schema, schema, model);
    }

    @Override
    public Reader<T> createReader(
            Configuration config, FSDataInputStream stream, long fileLen, long splitEnd)
            throws IOException {
        long start = stream.getPos();
        DataFileReader<T> blocks = open(stream, fileLen);
        if (start > 0) {
            blocks.sync(start);
        }
        return new BlockReader<>(blocks, fileLen, splitEnd);
    }

    @Override
    public Reader<T> restoreReader(
            Configuration config,
            FSDataInputStream stream,
            long restoredOffset,
            long fileLen,
            long splitEnd)
            throws IOException {
        DataFileReader<T> blocks = open(stream, fileLen);
        blocks.seek(restoredOffset);
        return new BlockReader<>(blocks, fileLen, splitEnd);
    }

    private DataFileReader<T> open(FSDataInputStream stream, long fileLen) throws IOException {
        try {
            return new DataFileReader<>(new SeekableFile(stream, fileLen), datumReader());
        } catch (AvroRuntimeException | EOFException e) {
            throw new MalformedFileException("it is no Avro file: " + e.getMessage(), e);
        } catch (IOException e) {
            // Avro has no class of its own for it.
            if (e.getClass() == IOException.class
                    || e instanceof org.apache.avro.InvalidAvroMagicException) {
                throw new MalformedFileException("it is no Avro file: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    @Override
    public boolean isSplittable() {
        return true;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return description;
    }
}
