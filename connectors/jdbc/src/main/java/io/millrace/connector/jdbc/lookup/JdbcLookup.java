package io.millrace.connector.jdbc.lookup;

import io.millrace.api.function.KeySelector;
import io.millrace.connector.jdbc.JdbcConnectionOptions;
import io.millrace.connector.jdbc.JdbcStatementBuilder;
import io.millrace.connector.jdbc.source.ResultExtractor;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * Which rows belong to a key, and how long what the database said is used again. Immutable.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode}
 * @param <V> rows
 */
public final class JdbcLookup<K, V> implements Serializable {
    private static final long serialVersionUID = 1L;

    final String query;
    final JdbcStatementBuilder<K> parameters;
    final ResultExtractor<V> extractor;
    final JdbcConnectionOptions connection;
    final long cachedKeys;
    final Duration expiry;
    final boolean cachesMissing;
    final int maxRows;
    final int maxRetries;
    final int timeoutSeconds;

    private JdbcLookup(Builder<K, V> builder) {
        this.query = Objects.requireNonNull(builder.query, "the query: setQuery(…) is missing");
        this.parameters = Objects.requireNonNull(builder.parameters, "key parameters");
        this.extractor =
                Objects.requireNonNull(
                        builder.extractor, "the rows: setResultExtractor(…) is missing");
        this.connection =
                Objects.requireNonNull(
                        builder.connection, "the database: setConnectionOptions(…) is missing");
        this.cachedKeys = builder.cachedKeys;
        this.expiry = builder.expiry;
        this.cachesMissing = builder.cachesMissing;
        this.maxRows = builder.maxRows;
        this.maxRetries = builder.maxRetries;
        this.timeoutSeconds = builder.timeoutSeconds;
    }

    public static <K, V> Builder<K, V> builder() {
        return new Builder<>();
    }

    /** For {@code flatMap}: asks on the task's thread, which waits. */
    public <IN, OUT> JdbcLookupFunction<IN, K, V, OUT> function(
            KeySelector<IN, K> key, LookupJoin<IN, V, OUT> join) {
        return new JdbcLookupFunction<>(this, key, join);
    }

    /**
     * For {@code AsyncDataStream}.
     *
     * @param connections as many questions are asked at once, each over its own connection; at
     *     least 1
     */
    public <IN, OUT> AsyncJdbcLookupFunction<IN, K, V, OUT> asyncFunction(
            KeySelector<IN, K> key, LookupJoin<IN, V, OUT> join, int connections) {
        return new AsyncJdbcLookupFunction<>(this, key, join, connections);
    }

    /** Not thread-safe. */
    public static final class Builder<K, V> {
        private static final long DEFAULT_CACHED_KEYS = 10_000;
        private static final int DEFAULT_MAX_ROWS = 10_000;
        private static final int DEFAULT_MAX_RETRIES = 3;
        private static final int DEFAULT_TIMEOUT_SECONDS = 60;

        private String query;
        private JdbcStatementBuilder<K> parameters =
                (statement, key) -> statement.setObject(1, key);
        private ResultExtractor<V> extractor;
        private JdbcConnectionOptions connection;
        private long cachedKeys = DEFAULT_CACHED_KEYS;
        private Duration expiry = Duration.ofMinutes(10);
        private boolean cachesMissing = true;
        private int maxRows = DEFAULT_MAX_ROWS;
        private int maxRetries = DEFAULT_MAX_RETRIES;
        private int timeoutSeconds = DEFAULT_TIMEOUT_SECONDS;

        /** As in {@code SELECT name FROM users WHERE id = ?}. */
        public Builder<K, V> setQuery(String query) {
            this.query = query;
            return this;
        }

        /** Without, the key is the only parameter. */
        public Builder<K, V> setKeyParameters(JdbcStatementBuilder<K> parameters) {
            this.parameters = Objects.requireNonNull(parameters, "key parameters");
            return this;
        }

        public Builder<K, V> setResultExtractor(ResultExtractor<V> extractor) {
            this.extractor = extractor;
            return this;
        }

        public Builder<K, V> setConnectionOptions(JdbcConnectionOptions connection) {
            this.connection = connection;
            return this;
        }

        /**
         * How many keys each subtask remembers, and for how long after the database has answered.
         * The defaults are 10,000 keys and 10 minutes.
         *
         * @param maxKeys 0 for no cache
         * @param expiry above zero
         */
        public Builder<K, V> setCache(long maxKeys, Duration expiry) {
            if (maxKeys < 0 || expiry.isNegative() || expiry.isZero()) {
                throw new IllegalArgumentException(
                        "A cache has 0 keys (none) or more and an expiry above zero, not "
                                + maxKeys
                                + " keys and "
                                + expiry
                                + ".");
            }
            this.cachedKeys = maxKeys;
            this.expiry = expiry;
            return this;
        }

        /** Whether it is remembered that a key has no rows; true by default. */
        public Builder<K, V> setCacheMissing(boolean cachesMissing) {
            this.cachesMissing = cachesMissing;
            return this;
        }

        /** A key with more rows fails the job; 10,000 by default. */
        public Builder<K, V> setMaxRows(int maxRows) {
            this.maxRows = atLeast(1, maxRows, "rows of a key");
            return this;
        }

        /** How often a question is asked again, over a new connection; 3 by default. */
        public Builder<K, V> setMaxRetries(int maxRetries) {
            this.maxRetries = atLeast(0, maxRetries, "retries");
            return this;
        }

        /** How long the database may take for an answer, in seconds; 60 by default, 0 for ever. */
        public Builder<K, V> setQueryTimeoutSeconds(int timeoutSeconds) {
            this.timeoutSeconds = atLeast(0, timeoutSeconds, "seconds of a query");
            return this;
        }

        private static int atLeast(int least, int value, String what) {
            if (value < least) {
                throw new IllegalArgumentException(
                        "The " + what + " are at least " + least + ", not " + value + ".");
            }
            return value;
        }

        public JdbcLookup<K, V> build() {
            return new JdbcLookup<>(this);
        }
    }
}
