package io.millrace.connector.csv;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import io.millrace.api.file.MalformedFileException;
import io.millrace.connector.file.StreamFormat;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of a file. Confined to its task. */
final class CsvRows<T> implements StreamFormat.Reader<T> {
    private static final Logger LOG = LoggerFactory.getLogger(CsvRows.class);

    private final MappingIterator<T> rows;
    private final InputStream stream;
    private final boolean ignoreParseErrors;
    private long passedOver;
    private int firstLine;

    CsvRows(MappingIterator<T> rows, InputStream stream, boolean ignoreParseErrors) {
        this.rows = rows;
        this.stream = stream;
        this.ignoreParseErrors = ignoreParseErrors;
    }

    @Override
    public T read() throws IOException {
        while (true) {
            try {
                return rows.hasNextValue() ? rows.nextValue() : null;
            } catch (JsonProcessingException e) {
                passOver(e.getOriginalMessage(), e.getLocation(), e);
            } catch (RuntimeJsonMappingException e) {
                passOver(e.getMessage(), rows.getCurrentLocation(), e);
            }
        }
    }

    private void passOver(String what, JsonLocation location, Exception cause)
            throws MalformedFileException {
        int line = location == null ? -1 : location.getLineNr();
        if (!ignoreParseErrors) {
            throw new MalformedFileException(
                    "the row of line " + line + " cannot be read: " + what, cause);
        }
        firstLine = passedOver == 0 ? line : firstLine;
        passedOver++;
    }

    @Override
    public void close() throws IOException {
        if (passedOver > 0) {
            LOG.warn(
                    "passed over malformed rows of a file. rows={} firstLine={}",
                    passedOver,
                    firstLine);
            passedOver = 0;
        }
        try (stream) {
            rows.close();
        }
    }
}
