package io.millrace.connector.jdbc.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * PostgreSQL's own memory of how transactions ended, kept for at least as long as their numbers are
 * not frozen. The mark is {@code timeline:number}: a standby that took over may have lost the end
 * of the log and give numbers again, so numbers of another timeline prove nothing. Stateless.
 */
final class PostgresProof implements CommitProof {
    private static final String TIMELINE = "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)";

    @Override
    public String mark(Connection connection, SinkXid xid) throws SQLException {
        return first(connection, "SELECT " + TIMELINE + " || ':' || txid_current()");
    }

    @Override
    public Fate fateOf(Connection connection, JdbcCommittable transaction) throws SQLException {
        String[] mark = transaction.mark().split(":", 2);
        if (mark.length != 2 || !mark[0].equals(first(connection, "SELECT " + TIMELINE))) {
            return Fate.UNKNOWN;
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT txid_status(?)")) {
            query.setLong(1, Long.parseLong(mark[1]));
            try (ResultSet result = query.executeQuery()) {
                String status = result.next() ? result.getString(1) : null;
                return switch (String.valueOf(status)) {
                    case "committed" -> Fate.COMMITTED;
                    case "aborted" -> Fate.ROLLED_BACK;
                    case "in progress" -> Fate.OPEN;
                    default -> Fate.UNKNOWN; // null: too long ago
                };
            }
        } catch (SQLException e) {
            if ("22023".equals(e.getSQLState())) {
                return Fate.UNKNOWN; // a number of the future: the database was put back
            }
            throw e;
        }
    }

    private static String first(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
