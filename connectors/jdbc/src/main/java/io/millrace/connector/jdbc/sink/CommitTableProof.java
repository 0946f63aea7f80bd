package io.millrace.connector.jdbc.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row that each transaction writes: it is there if, and only if, the transaction was committed.
 * Stateless.
 *
 * @param table as the program named it, with schema and quotes
 */
record CommitTableProof(String table) implements CommitProof {
    @Override
    public String mark(Connection connection, SinkXid xid) throws SQLException {
        String insert = "INSERT INTO " + table + " (xid, prepared_ms) VALUES (?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, xid.text());
            statement.setLong(2, System.currentTimeMillis());
            statement.executeUpdate();
        }
        return "row";
    }

    @Override
    public Fate fateOf(Connection connection, JdbcCommittable transaction) throws SQLException {
        String query = "SELECT COUNT(*) FROM " + table + " WHERE xid = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, transaction.xid().text());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1) > 0 ? Fate.COMMITTED : Fate.ROLLED_BACK;
            }
        }
    }
}
