package io.millrace.connector.parquet;

import io.millrace.connector.parquet.write.LeafColumn;

/** Adds the fields of a record to the columns of a row group. */
interface RowPut {
    /**
     * @param columns of the fields, in their order
     * @throws Throwable of the record's own methods, or if a field cannot be written; the row is
     *     half there then
     */
    void put(LeafColumn[] columns, Object row) throws Throwable;
}
