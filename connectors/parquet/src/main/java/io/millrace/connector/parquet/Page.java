package io.millrace.connector.parquet;

import org.apache.parquet.column.Encoding;

/**
 * A page, decompressed. Its bytes are valid until the next one is read, and padded for {@link
 * HybridReader}.
 *
 * @param values of a data page, nulls included; of a dictionary its entries
 * @param rows of a data page of the second version, else -1
 * @param nulls of a data page of the second version, else -1
 * @param repetitionBytes and the next, of a data page of the second version: levels without their
 *     length lie in front of the values; else -1, and levels have their length in front
 * @param length bytes
 */
record Page(
        Kind kind,
        Encoding encoding,
        Encoding definitionEncoding,
        Encoding repetitionEncoding,
        int values,
        int rows,
        int nulls,
        int repetitionBytes,
        int definitionBytes,
        byte[] bytes,
        int length) {
    enum Kind {
        DICTIONARY,
        DATA,
        DATA_V2
    }
}
