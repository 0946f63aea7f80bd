package io.millrace.connector.jdbc.lookup;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.connector.jdbc.JdbcErrors;
import io.millrace.connector.jdbc.SqlStates;
import io.millrace.connector.jdbc.connection.JdbcConnectionProvider;
import io.millrace.connector.jdbc.connection.SimpleJdbcConnectionProvider;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the database over a connection of its own. Confined to one thread. */
final class LookupQuery<K, V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LookupQuery.class);

    private final JdbcLookup<K, V> lookup;
    private final JdbcConnectionProvider connections;
    private PreparedStatement statement; // null until the first question, and after a failure

    LookupQuery(JdbcLookup<K, V> lookup) {
        this.lookup = lookup;
        this.connections = new SimpleJdbcConnectionProvider(lookup.connection);
    }

    /** The rows in the order of the query; the list is never changed. */
    List<V> rowsOf(K key) {
        int attempt = 0;
        while (true) {
            try {
                return ask(key);
            } catch (SQLException e) {
                statement = null;
                connections.closeConnection();
                SqlStates.Kind kind = SqlStates.kindOf(e);
                boolean again = kind == SqlStates.Kind.TRANSIENT || kind == SqlStates.Kind.OTHER;
                if (!again || attempt >= lookup.maxRetries) {
                    throw JdbcErrors.of(
                            e,
                            "look up key "
                                    + JdbcErrors.shown(key)
                                    + " in "
                                    + (attempt + 1)
                                    + " attempts",
                            lookup.connection.getDbURL(),
                            lookup.query);
                }
                attempt++;
                LOG.warn(
                        "lookup failed, asking again over a new connection url={} attempt={}"
                                + " state={} error={}",
                        lookup.connection,
                        attempt,
                        e.getSQLState(),
                        e.getMessage());
            }
        }
    }

    private List<V> ask(K key) throws SQLException {
        PreparedStatement question = statement();
        lookup.parameters.accept(question, key);
        try (ResultSet result = question.executeQuery()) {
            List<V> rows = new ArrayList<>();
            while (result.next()) {
                if (rows.size() == lookup.maxRows) {
                    throw new MillraceException(
                            ErrorCode.INPUT_MALFORMED,
                            "key "
                                    + JdbcErrors.shown(key)
                                    + " has more than "
                                    + lookup.maxRows
                                    + " rows at "
                                    + lookup.connection
                                    + ". Statement: "
                                    + lookup.query
                                    + ". Make the query narrower, or raise setMaxRows(…).");
                }
                rows.add(lookup.extractor.extract(result));
            }
            return List.copyOf(rows);
        }
    }

    private PreparedStatement statement() throws SQLException {
        if (statement == null) {
            try {
                Connection connection = connections.getOrEstablishConnection();
                connection.setReadOnly(true);
                statement = connection.prepareStatement(lookup.query);
                statement.setQueryTimeout(lookup.timeoutSeconds);
            } catch (ClassNotFoundException e) {
                throw new MillraceException(ErrorCode.PROGRAM_INVALID, e.getMessage(), e);
            }
        }
        return statement;
    }

    @Override
    public void close() {
        statement = null;
        connections.closeConnection();
    }
}
