package io.millrace.connector.jdbc.testing;

import io.millrace.api.function.SerializableSupplier;
import io.millrace.connector.jdbc.JdbcConnectionOptions;
import io.millrace.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XADataSource;
import org.postgresql.xa.PGXADataSource;

/** A database of a server, of one test class. Thread-safe. */
public record Database(PostgresServer server, String name) {
    public String url() {
        return server.url(name);
    }

    public JdbcConnectionOptions options() {
        return new JdbcConnectionOptionsBuilder()
                .withUrl(url())
                .withUsername(PostgresServer.USER)
                .withPassword(PostgresServer.PASSWORD)
                .build();
    }

    /** For exactly-once sinks. */
    public SerializableSupplier<XADataSource> dataSources() {
        String url = url();
        return () -> dataSource(url);
    }

    public static XADataSource dataSource(String url) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(url);
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.PASSWORD);
        return source;
    }

    public Connection connect() throws SQLException {
        return server.connect(name);
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** The first column, as text. */
    public List<String> column(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getString(1));
            }
            return values;
        }
    }

    public long number(String query) throws SQLException {
        return Long.parseLong(column(query).get(0));
    }

    /** How many transactions are prepared in this database. */
    public long prepared() throws SQLException {
        return number("SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()");
    }

    /** Ends all other sessions of this database, as a restart of the server would. */
    public void endSessions() throws SQLException {
        column(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                        + " current_database() AND pid <> pg_backend_pid()");
    }
}
