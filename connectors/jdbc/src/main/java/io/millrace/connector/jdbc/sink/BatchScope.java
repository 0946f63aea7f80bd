package io.millrace.connector.jdbc.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What makes a batch one thing, kept or undone as a whole. Confined to the writer. */
interface BatchScope {
    void begin(Connection connection) throws SQLException;

    void keep(Connection connection) throws SQLException;

    void undo(Connection connection) throws SQLException;

    /** A transaction for each batch; nothing where the database has none. */
    final class Local implements BatchScope {
        private Connection known; // null until the first batch
        private boolean transactional;

        @Override
        public void begin(Connection connection) throws SQLException {
            if (connection != known) {
                transactional = connection.getMetaData().supportsTransactions();
                if (transactional) {
                    connection.setAutoCommit(false);
                }
                known = connection;
            }
        }

        @Override
        public void keep(Connection connection) throws SQLException {
            if (transactional) {
                connection.commit();
            }
        }

        @Override
        public void undo(Connection connection) throws SQLException {
            if (transactional) {
                connection.rollback();
            }
        }
    }

    /** A savepoint for each batch, inside of a transaction that goes on. */
    final class Nested implements BatchScope {
        private static final String NAME = "millrace_batch";

        private Connection known; // null until the first batch
        private boolean releases;

        @Override
        public void begin(Connection connection) throws SQLException {
            if (connection != known) {
                // Oracle replaces a savepoint of the same name; elsewhere each would stay.
                releases = !"Oracle".equals(connection.getMetaData().getDatabaseProductName());
                known = connection;
            }
            run(connection, "SAVEPOINT " + NAME);
        }

        @Override
        public void keep(Connection connection) throws SQLException {
            if (releases) {
                run(connection, "RELEASE SAVEPOINT " + NAME);
            }
        }

        @Override
        public void undo(Connection connection) throws SQLException {
            run(connection, "ROLLBACK TO SAVEPOINT " + NAME);
            keep(connection);
        }

        // Not setSavepoint: PostgreSQL's driver allows no such calls inside of its XA transactions.
        private static void run(Connection connection, String command) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(command);
            }
        }
    }
}
