package io.millrace.connector.parquet;

/** Makes records of decoded columns. Confined to its task. */
interface RecordMaker<T> {
    /** Puts the records of the first rows of the batch into an array, from its beginning. */
    void make(Object[] target, int rows);
}
