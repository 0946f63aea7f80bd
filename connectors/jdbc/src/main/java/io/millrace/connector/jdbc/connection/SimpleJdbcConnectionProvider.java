package io.millrace.connector.jdbc.connection;

import io.millrace.connector.jdbc.JdbcConnectionOptions;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection by address, user and password. Its driver is looked for with the job's class loader
 * first. Confined to the thread that uses it.
 */
public class SimpleJdbcConnectionProvider implements JdbcConnectionProvider, Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(SimpleJdbcConnectionProvider.class);
    private static final long serialVersionUID = 1L;

    private final JdbcConnectionOptions options;
    private transient Driver driver;
    private transient Connection connection;

    public SimpleJdbcConnectionProvider(JdbcConnectionOptions jdbcOptions) {
        this.options = Objects.requireNonNull(jdbcOptions, "connection options");
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public Properties getProperties() {
        return options.getProperties();
    }

    @Override
    public boolean isConnectionValid() throws SQLException {
        return connection != null && connection.isValid(options.getConnectionCheckTimeoutSeconds());
    }

    @Override
    public Connection getOrEstablishConnection() throws SQLException, ClassNotFoundException {
        if (connection != null) {
            return connection;
        }
        if (driver == null) {
            driver = Drivers.of(options.getDbURL(), options.getDriverName());
        }
        connection = driver.connect(options.getDbURL(), options.getProperties());
        if (connection == null) {
            throw new SQLException(
                    "The driver "
                            + driver.getClass().getName()
                            + " does not know addresses of this form. Check the address and"
                            + " withDriverName(…)",
                    "08001");
        }
        return connection;
    }

    @Override
    public void closeConnection() {
        Connection closing = connection;
        connection = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (SQLException e) {
                LOG.warn("connection not closed url={} error={}", options, e.getMessage());
            }
        }
    }

    @Override
    public Connection reestablishConnection() throws SQLException, ClassNotFoundException {
        closeConnection();
        return getOrEstablishConnection();
    }

    /** The address, without a password. */
    @Override
    public String toString() {
        return options.toString();
    }
}
