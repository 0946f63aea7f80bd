package io.millrace.connector.jdbc.source;

import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder;
import io.millrace.connector.jdbc.connection.JdbcConnectionProvider;
import io.millrace.connector.jdbc.connection.SimpleJdbcConnectionProvider;
import io.millrace.connector.jdbc.split.JdbcParameterValuesProvider;
import java.sql.ResultSet;
import java.util.Objects;

/** Settings of a {@link JdbcSource}. Not thread-safe. */
public final class JdbcSourceBuilder<OUT> {
    private static final int DEFAULT_FETCH_ROWS = 1_000;
    private static final int DEFAULT_CHUNK_ROWS = 1_024;

    private final JdbcConnectionOptionsBuilder connection = new JdbcConnectionOptionsBuilder();
    private JdbcConnectionProvider connectionProvider;
    private String sql;
    private ResultExtractor<OUT> resultExtractor;
    private TypeInformation<OUT> typeInformation;
    private JdbcParameterValuesProvider parameterValuesProvider;
    private DeliveryGuarantee deliveryGuarantee = DeliveryGuarantee.EXACTLY_ONCE;
    private int resultSetType = ResultSet.TYPE_FORWARD_ONLY;
    private int resultSetConcurrency = ResultSet.CONCUR_READ_ONLY;
    private int resultSetFetchSize = DEFAULT_FETCH_ROWS;
    private int splitReaderFetchBatchSize = DEFAULT_CHUNK_ROWS;
    private Boolean autoCommit = false;

    JdbcSourceBuilder() {}

    /** The query, with a question mark for each parameter. */
    public JdbcSourceBuilder<OUT> setSql(String sql) {
        this.sql = sql;
        return this;
    }

    public JdbcSourceBuilder<OUT> setResultExtractor(ResultExtractor<OUT> resultExtractor) {
        this.resultExtractor = resultExtractor;
        return this;
    }

    public JdbcSourceBuilder<OUT> setUsername(String username) {
        connection.withUsername(username);
        return this;
    }

    public JdbcSourceBuilder<OUT> setPassword(String password) {
        connection.withPassword(password);
        return this;
    }

    /** The driver's class; without, the driver is found by the address. */
    public JdbcSourceBuilder<OUT> setDriverName(String driverName) {
        connection.withDriverName(driverName);
        return this;
    }

    public JdbcSourceBuilder<OUT> setDBUrl(String dbURL) {
        connection.withUrl(dbURL);
        return this;
    }

    public JdbcSourceBuilder<OUT> setTypeInformation(TypeInformation<OUT> typeInformation) {
        this.typeInformation = typeInformation;
        return this;
    }

    /** An array of parameters for each split; without, the query is one split. */
    public JdbcSourceBuilder<OUT> setJdbcParameterValuesProvider(
            JdbcParameterValuesProvider parameterValuesProvider) {
        this.parameterValuesProvider =
                Objects.requireNonNull(parameterValuesProvider, "parameter values provider");
        return this;
    }

    /**
     * How a split goes on after a restart: with {@code EXACTLY_ONCE}, the default, behind the rows
     * that had been read, which needs a query that gives the same rows in the same order; else with
     * its first row.
     */
    public JdbcSourceBuilder<OUT> setDeliveryGuarantee(DeliveryGuarantee deliveryGuarantee) {
        this.deliveryGuarantee = Objects.requireNonNull(deliveryGuarantee, "delivery guarantee");
        return this;
    }

    public JdbcSourceBuilder<OUT> setConnectionCheckTimeoutSeconds(
            int connectionCheckTimeoutSeconds) {
        connection.withConnectionCheckTimeoutSeconds(connectionCheckTimeoutSeconds);
        return this;
    }

    /** A property of the driver. */
    public JdbcSourceBuilder<OUT> setConnectionProperty(String propKey, String propVal) {
        connection.withProperty(propKey, propVal);
        return this;
    }

    /** How many rows the reading thread hands to the task at once; 1,024 by default. */
    public JdbcSourceBuilder<OUT> setSplitReaderFetchBatchSize(int splitReaderFetchBatchSize) {
        if (splitReaderFetchBatchSize < 1) {
            throw new IllegalArgumentException(
                    "At least 1 row is handed over at once, not "
                            + splitReaderFetchBatchSize
                            + ".");
        }
        this.splitReaderFetchBatchSize = splitReaderFetchBatchSize;
        return this;
    }

    /**
     * @param resultSetType a constant of {@link ResultSet}; forward only by default
     */
    public JdbcSourceBuilder<OUT> setResultSetType(int resultSetType) {
        this.resultSetType = resultSetType;
        return this;
    }

    /**
     * @param resultSetConcurrency a constant of {@link ResultSet}; read only by default
     */
    public JdbcSourceBuilder<OUT> setResultSetConcurrency(int resultSetConcurrency) {
        this.resultSetConcurrency = resultSetConcurrency;
        return this;
    }

    /** False by default: drivers as PostgreSQL's load the whole result otherwise. */
    public JdbcSourceBuilder<OUT> setAutoCommit(boolean autoCommit) {
        this.autoCommit = autoCommit;
        return this;
    }

    /**
     * How many rows the driver fetches at once; 1,000 by default, 0 for the driver's own. Drivers
     * may give other numbers a meaning, as MySQL's does for {@code Integer.MIN_VALUE}.
     */
    public JdbcSourceBuilder<OUT> setResultSetFetchSize(int resultSetFetchSize) {
        this.resultSetFetchSize = resultSetFetchSize;
        return this;
    }

    /** In place of address, driver, user and password. */
    public JdbcSourceBuilder<OUT> setConnectionProvider(JdbcConnectionProvider connectionProvider) {
        this.connectionProvider = Objects.requireNonNull(connectionProvider, "connection provider");
        return this;
    }

    public JdbcSource<OUT> build() {
        Objects.requireNonNull(sql, "the query: setSql(…) is missing");
        Objects.requireNonNull(resultExtractor, "setResultExtractor(…) is missing");
        Objects.requireNonNull(typeInformation, "setTypeInformation(…) is missing");
        JdbcConnectionProvider connections =
                connectionProvider == null
                        ? new SimpleJdbcConnectionProvider(connection.build())
                        : connectionProvider;
        return new JdbcSource<>(
                new QuerySettings<>(
                        sql,
                        resultExtractor,
                        connections,
                        resultSetType,
                        resultSetConcurrency,
                        autoCommit,
                        resultSetFetchSize,
                        splitReaderFetchBatchSize,
                        deliveryGuarantee != DeliveryGuarantee.EXACTLY_ONCE),
                typeInformation,
                parameterValuesProvider);
    }
}
