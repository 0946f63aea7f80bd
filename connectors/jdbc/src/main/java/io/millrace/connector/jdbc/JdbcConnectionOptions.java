package io.millrace.connector.jdbc;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Where a database is and who asks. Immutable; its text has no password. */
public class JdbcConnectionOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final String USER_KEY = "user";
    public static final String PASSWORD_KEY = "password";

    protected final String url;

    /** Null if the driver is found by the address. */
    protected final String driverName;

    protected final int connectionCheckTimeoutSeconds;
    protected final Properties properties;

    /**
     * @param driverName null if the driver is to be found by the address
     * @param connectionCheckTimeoutSeconds at least 1
     */
    protected JdbcConnectionOptions(
            String url,
            String driverName,
            int connectionCheckTimeoutSeconds,
            Properties properties) {
        if (connectionCheckTimeoutSeconds <= 0) {
            throw new IllegalArgumentException(
                    "A connection is checked for at least 1 second, not "
                            + connectionCheckTimeoutSeconds
                            + ".");
        }
        this.url =
                Objects.requireNonNull(
                        url, "the database's address: withUrl(\"jdbc:…\") is missing");
        this.driverName = driverName;
        this.connectionCheckTimeoutSeconds = connectionCheckTimeoutSeconds;
        this.properties = new Properties();
        this.properties.putAll(properties);
    }

    public String getDbURL() {
        return url;
    }

    /** Null if the driver is found by the address. */
    public String getDriverName() {
        return driverName;
    }

    public Optional<String> getUsername() {
        return Optional.ofNullable(properties.getProperty(USER_KEY));
    }

    public Optional<String> getPassword() {
        return Optional.ofNullable(properties.getProperty(PASSWORD_KEY));
    }

    public int getConnectionCheckTimeoutSeconds() {
        return connectionCheckTimeoutSeconds;
    }

    /** A copy of what the driver is given, user and password among it. */
    public Properties getProperties() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    /** Properties with the user and the password, each unless it is null. */
    public static Properties getBriefAuthProperties(String user, String password) {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty(USER_KEY, user);
        }
        if (password != null) {
            properties.setProperty(PASSWORD_KEY, password);
        }
        return properties;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JdbcConnectionOptions that
                && url.equals(that.url)
                && Objects.equals(driverName, that.driverName)
                && connectionCheckTimeoutSeconds == that.connectionCheckTimeoutSeconds
                && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, driverName, connectionCheckTimeoutSeconds, properties);
    }

    @Override
    public String toString() {
        return JdbcErrors.withoutPassword(url);
    }

    /** Not thread-safe. */
    public static class JdbcConnectionOptionsBuilder {
        private static final int DEFAULT_CHECK_SECONDS = 60;

        private String url;
        private String driverName;
        private int connectionCheckTimeoutSeconds = DEFAULT_CHECK_SECONDS;
        private final Properties properties = new Properties();

        public JdbcConnectionOptionsBuilder withUrl(String url) {
            this.url = url;
            return this;
        }

        /**
         * @param driverName the driver's class; without, the driver is found by the address
         */
        public JdbcConnectionOptionsBuilder withDriverName(String driverName) {
            this.driverName = driverName;
            return this;
        }

        /** A property of the driver. */
        public JdbcConnectionOptionsBuilder withProperty(String propKey, String propVal) {
            properties.setProperty(
                    Objects.requireNonNull(propKey, "property"),
                    Objects.requireNonNull(propVal, propKey));
            return this;
        }

        public JdbcConnectionOptionsBuilder withUsername(String username) {
            return put(USER_KEY, username);
        }

        public JdbcConnectionOptionsBuilder withPassword(String password) {
            return put(PASSWORD_KEY, password);
        }

        private JdbcConnectionOptionsBuilder put(String key, String value) {
            if (value == null) {
                properties.remove(key);
            } else {
                properties.setProperty(key, value);
            }
            return this;
        }

        /** How long the database may take to answer whether a connection still works. */
        public JdbcConnectionOptionsBuilder withConnectionCheckTimeoutSeconds(
                int connectionCheckTimeoutSeconds) {
            this.connectionCheckTimeoutSeconds = connectionCheckTimeoutSeconds;
            return this;
        }

        public JdbcConnectionOptions build() {
            return new JdbcConnectionOptions(
                    url, driverName, connectionCheckTimeoutSeconds, properties);
        }
    }
}
