package io.millrace.connector.orc;

/** Makes records of decoded columns. Confined to its task. */
interface RecordMaker<T> {
    /** The record of a row of the batch. */
    T make(int row);
}
