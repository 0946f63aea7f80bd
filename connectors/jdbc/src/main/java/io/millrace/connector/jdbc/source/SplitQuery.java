package io.millrace.connector.jdbc.source;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.connector.jdbc.JdbcErrors;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The open query of one split. Confined to the thread that reads; any thread may cancel it. */
final class SplitQuery<T> implements AutoCloseable {
    private final QuerySettings<T> settings;
    private final JdbcSourceSplit split;
    private final PreparedStatement statement;
    private ResultSet result;
    private long rows;

    private SplitQuery(
            QuerySettings<T> settings, JdbcSourceSplit split, PreparedStatement statement) {
        this.settings = settings;
        this.split = split;
        this.statement = statement;
    }

    /** Makes the statement and does not run it yet. */
    static <T> SplitQuery<T> prepare(QuerySettings<T> settings, JdbcSourceSplit split) {
        try {
            Connection connection = settings.connections().getOrEstablishConnection();
            if (settings.autoCommit() != null) {
                connection.setAutoCommit(settings.autoCommit());
            }
            PreparedStatement statement =
                    connection.prepareStatement(
                            settings.sql(),
                            settings.resultSetType(),
                            settings.resultSetConcurrency());
            SplitQuery<T> query = new SplitQuery<>(settings, split, statement);
            query.bind();
            return query;
        } catch (SQLException e) {
            throw error(e, settings, split);
        } catch (ClassNotFoundException e) {
            throw new MillraceException(ErrorCode.PROGRAM_INVALID, e.getMessage(), e);
        }
    }

    private void bind() throws SQLException {
        statement.setFetchSize(settings.fetchSize());
        Serializable[] parameters = split.parameters();
        for (int i = 0; parameters != null && i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    /** Runs it and goes past the rows that have been read before. */
    void execute() {
        try {
            result = statement.executeQuery();
            while (rows < split.position()) {
                if (!result.next()) {
                    throw new MillraceException(
                            ErrorCode.OFFSET_OUT_OF_RANGE,
                            split
                                    + " of the query at "
                                    + settings.connections()
                                    + " has "
                                    + rows
                                    + " rows now, but "
                                    + split.position()
                                    + " had been read when the checkpoint was taken: rows were"
                                    + " deleted meanwhile, and which ones are left to read is not"
                                    + " known. Start the job without the checkpoint, or read with"
                                    + " setDeliveryGuarantee(AT_LEAST_ONCE).");
                }
                rows++;
            }
        } catch (SQLException e) {
            throw error(e, settings, split);
        }
    }

    /** Null after the last. */
    T next() {
        try {
            if (!result.next()) {
                return null;
            }
            rows++;
            T record = settings.extractor().extract(result);
            if (record == null) {
                throw new MillraceException(
                        ErrorCode.PROGRAM_INVALID,
                        "The result extractor gave null for row "
                                + (rows - 1)
                                + " of "
                                + split
                                + ". Give a record for each row, and leave rows out in the query.");
            }
            return record;
        } catch (SQLException e) {
            throw error(e, settings, split);
        }
    }

    /** Makes a call that waits for the database return; may be called by any thread. */
    void cancel() throws SQLException {
        statement.cancel();
    }

    private static MillraceException error(
            SQLException e, QuerySettings<?> settings, JdbcSourceSplit split) {
        return JdbcErrors.of(
                e, "read " + split, String.valueOf(settings.connections()), settings.sql());
    }

    @Override
    public void close() throws SQLException {
        statement.close(); // and the result with it
        Connection connection = settings.connections().getConnection();
        if (connection != null && !connection.getAutoCommit()) {
            connection.rollback(); // ends the reading transaction
        }
    }
}
