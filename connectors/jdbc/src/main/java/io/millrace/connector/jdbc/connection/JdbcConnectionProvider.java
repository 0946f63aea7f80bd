package io.millrace.connector.jdbc.connection;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Keeps one connection. Serialized with the job without it; in a task, confined to the thread that
 * uses it.
 */
public interface JdbcConnectionProvider extends Serializable, AutoCloseable {
    /** The connection; null if there is none. */
    Connection getConnection();

    /** What the driver is given, perhaps with a password. */
    default Properties getProperties() {
        throw new UnsupportedOperationException(
                getClass().getName() + " does not say what its driver is given.");
    }

    /** Asks the database; false if there is no connection. */
    boolean isConnectionValid() throws SQLException;

    /** The connection, made if there is none. */
    Connection getOrEstablishConnection() throws SQLException, ClassNotFoundException;

    /** Closes the connection if there is one; errors are logged. */
    void closeConnection();

    /** Closes the connection and makes another. */
    Connection reestablishConnection() throws SQLException, ClassNotFoundException;

    @Override
    default void close() throws Exception {
        closeConnection();
    }
}
