package io.millrace.api.sink;

import io.millrace.api.tuple.Tuple;
import java.util.Objects;

/**
 * A tuple's fields with delimiters between and behind them, as they print, without quotes.
 * Immutable.
 */
public final class CsvText<T> implements TextFileSink.RecordText<T> {
    private static final long serialVersionUID = 1L;

    private final String rowDelimiter;
    private final String fieldDelimiter;

    public CsvText(String rowDelimiter, String fieldDelimiter) {
        this.rowDelimiter = Objects.requireNonNull(rowDelimiter);
        this.fieldDelimiter = Objects.requireNonNull(fieldDelimiter);
    }

    /**
     * @throws IllegalArgumentException if the record is no tuple or a field is null
     */
    @Override
    public void append(T record, StringBuilder to) {
        if (!(record instanceof Tuple tuple)) {
            throw new IllegalArgumentException(
                    "writeAsCsv writes tuples, not "
                            + record.getClass().getName()
                            + ". Map to a tuple first.");
        }
        for (int i = 0; i < tuple.getArity(); i++) {
            Object field = tuple.getField(i);
            if (field == null) {
                throw new IllegalArgumentException(
                        "Field "
                                + i
                                + " of the tuple "
                                + tuple
                                + " is null, and CSV has no text for that.");
            }
            to.append(i == 0 ? "" : fieldDelimiter).append(field);
        }
        to.append(rowDelimiter);
    }
}
