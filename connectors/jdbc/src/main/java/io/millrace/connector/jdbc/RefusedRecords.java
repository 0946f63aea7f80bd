package io.millrace.connector.jdbc;

/**
 * What happens to a record that the database refuses for what it holds: a value out of range, a
 * constraint that it breaks.
 */
public enum RefusedRecords {
    /** The job fails, with the record in the error. */
    FAIL,

    /** It is left out, counted in {@code numRecordsSendErrors} and named in the log. */
    SKIP
}
