package io.millrace.connector.jdbc.source;

import io.millrace.connector.jdbc.connection.JdbcConnectionProvider;
import java.io.Serializable;

/**
 * How queries are run. Immutable, but for the connection, which each copy makes for itself.
 *
 * @param autoCommit null to leave it as the driver has it
 * @param fetchSize rows that the driver fetches at once; 0 for its own default
 * @param chunkRows rows that the thread hands over at once
 * @param repeats whether a split that was begun is read from its first row after a restart
 */
record QuerySettings<T>(
        String sql,
        ResultExtractor<T> extractor,
        JdbcConnectionProvider connections,
        int resultSetType,
        int resultSetConcurrency,
        Boolean autoCommit,
        int fetchSize,
        int chunkRows,
        boolean repeats)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
