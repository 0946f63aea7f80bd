package io.millrace.connector.parquet;

/** Makes objects of one class of columns of certain kinds. Stateless. */
interface RowLoop {
    /**
     * @param columns of each field, null where the file has none
     * @param target takes the objects of the first rows of the batch
     */
    void make(FlatColumn[] columns, Object[] target, int rows) throws Throwable;
}
