package io.millrace.connector.jdbc.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Shows what became of a transaction that the database does not know as prepared any more. Confined
 * to whoever uses it.
 */
interface CommitProof {
    /** What became of it. */
    enum Fate {
        COMMITTED,
        ROLLED_BACK,
        /** Not over yet. */
        OPEN,
        /** Nothing shows it. */
        UNKNOWN
    }

    /**
     * Called inside of the transaction, last.
     *
     * @return what finds it again
     */
    String mark(Connection connection, SinkXid xid) throws SQLException;

    /** Called when no prepared transaction has the id, outside of any transaction. */
    Fate fateOf(Connection connection, JdbcCommittable transaction) throws SQLException;

    /**
     * The proof that this database has.
     *
     * @throws MillraceException saying what to do if it has none
     */
    static CommitProof of(JdbcSinkSettings<?> settings, Connection connection) throws SQLException {
        if (settings.transactions().getCommitTable().isPresent()) {
            return new CommitTableProof(settings.transactions().getCommitTable().get());
        }
        String product = connection.getMetaData().getDatabaseProductName();
        if (product.equals("PostgreSQL")) {
            return new PostgresProof();
        }
        throw new MillraceException(
                ErrorCode.INVALID_OPTION,
                "the exactly-once JDBC sink of \""
                        + settings.statement().query()
                        + "\" could not tell after a restart whether a transaction was committed: "
                        + product
                        + " does not keep that. Create a table with \"CREATE TABLE millrace_commits"
                        + " (xid VARCHAR(128) PRIMARY KEY, prepared_ms BIGINT NOT NULL)\" and set"
                        + " JdbcExactlyOnceOptions.builder()"
                        + ".withCommitTable(\"millrace_commits\").");
    }
}
