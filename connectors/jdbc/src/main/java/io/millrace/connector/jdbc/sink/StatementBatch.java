package io.millrace.connector.jdbc.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.metric.Counter;
import io.millrace.connector.jdbc.JdbcErrors;
import io.millrace.connector.jdbc.RefusedRecords;
import io.millrace.connector.jdbc.SqlStates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records as a batch and finds the ones that the database refuses. Confined to the writer.
 *
 * <p>A batch that is refused is undone and cut in halves until single records are left: drivers do
 * not agree on how they say which record it was, and this needs no more than a few batches for one.
 */
final class StatementBatch<IN> {
    private static final Logger LOG = LoggerFactory.getLogger(StatementBatch.class);

    private final JdbcQueryStatement<IN> statement;
    private final RefusedRecords policy;
    private final BatchScope scope;
    private final String url;
    private final Counter refused;

    private Connection preparedOn; // null until the first batch
    private PreparedStatement prepared;

    /**
     * @param url for errors
     * @param refused counts records that are left out
     */
    StatementBatch(
            JdbcQueryStatement<IN> statement,
            RefusedRecords policy,
            BatchScope scope,
            String url,
            Counter refused) {
        this.statement = statement;
        this.policy = policy;
        this.scope = scope;
        this.url = url;
        this.refused = refused;
    }

    /**
     * Writes all that the database takes.
     *
     * @return how many that are
     * @throws MillraceException naming the record, if it is refused and the job is to fail
     * @throws SQLException what is not about a record; the batch is undone, if that still goes
     */
    int write(Connection connection, List<IN> records) throws SQLException {
        SQLException error = attempt(connection, records, records.size(), true);
        if (error == null) {
            return records.size();
        }
        if (policy == RefusedRecords.FAIL) {
            throw refusal(error, connection, records);
        }
        if (records.size() == 1) {
            refused.inc();
            LOG.warn(
                    "record left out, the database refuses it url={} state={} error={} record={}",
                    url,
                    SqlStates.reason(error).getSQLState(),
                    SqlStates.reason(error).getMessage(),
                    JdbcErrors.shown(records.get(0)));
            return 0;
        }
        int half = records.size() / 2;
        return write(connection, records.subList(0, half))
                + write(connection, records.subList(half, records.size()));
    }

    /**
     * Runs the first records as one batch.
     *
     * @param keep false to undo them in any case
     * @return null if the database took them, else why it refuses one
     */
    private SQLException attempt(Connection connection, List<IN> records, int count, boolean keep)
            throws SQLException {
        scope.begin(connection);
        try {
            PreparedStatement batch = prepared(connection);
            for (IN record : records.subList(0, count)) {
                bind(batch, record);
                batch.addBatch();
            }
            batch.executeBatch();
            if (keep) {
                scope.keep(connection);
            }
        } catch (SQLException | RuntimeException e) {
            undo(connection, e);
            if (e instanceof SQLException known
                    && SqlStates.kindOf(known) == SqlStates.Kind.REFUSED_DATA) {
                return known;
            }
            throw e;
        }
        if (!keep) {
            scope.undo(connection);
        }
        return null;
    }

    private void undo(Connection connection, Exception reason) {
        try {
            if (prepared != null) {
                prepared.clearBatch();
            }
            scope.undo(connection);
        } catch (SQLException e) {
            reason.addSuppressed(e); // the connection is gone, and the batch with it
        }
    }

    private PreparedStatement prepared(Connection connection) throws SQLException {
        if (connection != preparedOn) {
            prepared = connection.prepareStatement(statement.query());
            preparedOn = connection;
        }
        return prepared;
    }

    private void bind(PreparedStatement batch, IN record) {
        try {
            statement.statement(batch, record);
        } catch (SQLException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the statement builder could not set the parameters of \""
                            + statement.query()
                            + "\" for the record "
                            + JdbcErrors.shown(record)
                            + ": SQLState "
                            + e.getSQLState()
                            + ", "
                            + e.getMessage()
                            + ". Check the numbers and types of the parameters that it sets.",
                    e);
        }
    }

    /**
     * The shortest beginning of the batch that is refused ends with the record. If not even the
     * whole is refused before it is to be kept, a constraint is deferred, and no record can be
     * named.
     */
    private MillraceException refusal(SQLException error, Connection connection, List<IN> records)
            throws SQLException {
        SQLException reason = attempt(connection, records, records.size(), false);
        if (reason == null) {
            return JdbcErrors.of(
                    error,
                    "commit a batch of "
                            + records.size()
                            + " records, which was undone (a deferred constraint does not say which"
                            + " record it is about),",
                    url,
                    statement.query());
        }
        int taken = 0; // as many are known to be taken
        int refusedBy = records.size();
        while (refusedBy - taken > 1) {
            int middle = (taken + refusedBy) >>> 1;
            SQLException again = attempt(connection, records, middle, false);
            if (again == null) {
                taken = middle;
            } else {
                refusedBy = middle;
                reason = again;
            }
        }
        return JdbcErrors.of(
                reason,
                "write record "
                        + refusedBy
                        + " of a batch of "
                        + records.size()
                        + ", which was undone, "
                        + JdbcErrors.shown(records.get(refusedBy - 1))
                        + ",",
                url,
                statement.query());
    }
}
