package io.millrace.connector.jdbc.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.connector.jdbc.JdbcErrors;
import io.millrace.connector.jdbc.SqlStates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a database can do what an exactly-once sink needs. Changes nothing outside. */
final class DatabaseLimits {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseLimits.class);

    private DatabaseLimits() {}

    /**
     * A database that cannot be reached from here is left to the tasks: they may run elsewhere.
     *
     * @throws MillraceException naming the setting
     */
    static void check(JdbcSinkSettings<?> settings) {
        try (XaSession session = XaSession.open(settings)) {
            CommitProof.of(settings, session.connection());
            if ("PostgreSQL".equals(session.connection().getMetaData().getDatabaseProductName())) {
                checkPostgres(session);
            }
        } catch (SQLException e) {
            if (SqlStates.kindOf(e) == SqlStates.Kind.TRANSIENT) {
                LOG.warn(
                        "limits of the database not checked, it cannot be reached from here"
                                + " state={} error={}",
                        e.getSQLState(),
                        e.getMessage());
                return;
            }
            throw JdbcErrors.of(e, "connect to the database", "the data source of the sink");
        }
    }

    private static void checkPostgres(XaSession session) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery("SHOW max_prepared_transactions")) {
            result.next();
            int limit = result.getInt(1);
            if (limit == 0) {
                throw new MillraceException(
                        ErrorCode.INVALID_OPTION,
                        "max_prepared_transactions of the database at "
                                + session.url()
                                + " is 0, but an exactly-once sink prepares a transaction for each"
                                + " subtask and checkpoint. Set it in postgresql.conf to at least"
                                + " twice the number of subtasks of all such sinks, and restart the"
                                + " database.");
            }
        }
    }
}
