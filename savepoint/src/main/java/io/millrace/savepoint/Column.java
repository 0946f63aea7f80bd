package io.millrace.savepoint;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.Type;

/**
 * How values of one written form lie in Parquet: as a column or as a group of columns. Immutable.
 */
abstract class Column {
    /** Takes a value when all of it has been read. */
    @FunctionalInterface
    interface Sink {
        void set(Object value);
    }

    abstract Type type(String name, Type.Repetition repetition);

    /** Where its values go in a row group. */
    abstract ColumnOutput output(Place place);

    /** Where its values come from in a row group without repeated columns. */
    abstract ColumnInput input(ColumnInput.From from);

    /** For one place in a row. */
    abstract Converter converter(Sink sink);
}
