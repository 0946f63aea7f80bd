package io.millrace.connector.jdbc.sink;

import io.millrace.api.function.SerializableSupplier;
import io.millrace.connector.jdbc.JdbcConnectionOptions;
import io.millrace.connector.jdbc.JdbcExactlyOnceOptions;
import io.millrace.connector.jdbc.JdbcExecutionOptions;
import io.millrace.connector.jdbc.JdbcStatementBuilder;
import io.millrace.connector.jdbc.connection.JdbcConnectionProvider;
import io.millrace.connector.jdbc.connection.SimpleJdbcConnectionProvider;
import java.util.Objects;
import javax.sql.XADataSource;

/** Settings of a {@link JdbcSink}. Not thread-safe. */
public class JdbcSinkBuilder<IN> {
    private JdbcExecutionOptions executionOptions = JdbcExecutionOptions.defaults();
    private JdbcQueryStatement<IN> queryStatement;

    public JdbcSinkBuilder<IN> withExecutionOptions(JdbcExecutionOptions executionOptions) {
        this.executionOptions = Objects.requireNonNull(executionOptions, "execution options");
        return this;
    }

    public JdbcSinkBuilder<IN> withQueryStatement(JdbcQueryStatement<IN> queryStatement) {
        this.queryStatement = Objects.requireNonNull(queryStatement, "query statement");
        return this;
    }

    /**
     * @param query with a question mark for each parameter
     */
    public JdbcSinkBuilder<IN> withQueryStatement(
            String query, JdbcStatementBuilder<IN> statementBuilder) {
        return withQueryStatement(new SimpleJdbcQueryStatement<>(query, statementBuilder));
    }

    /** Records are in the table at the latest with the next checkpoint, perhaps more than once. */
    public JdbcSink<IN> buildAtLeastOnce(JdbcConnectionOptions connectionOptions) {
        return buildAtLeastOnce(new SimpleJdbcConnectionProvider(connectionOptions));
    }

    /** As with options; the connections are the program's own. */
    public JdbcSink<IN> buildAtLeastOnce(JdbcConnectionProvider connectionProvider) {
        return new JdbcSink<>(
                new JdbcSinkSettings<>(
                        statement(),
                        executionOptions,
                        Objects.requireNonNull(connectionProvider, "connection provider"),
                        null,
                        null));
    }

    /**
     * Records are in the table once, when the checkpoint that has them is complete.
     *
     * @param dataSourceSupplier called in the writers' tasks and beside the coordinator
     * @throws IllegalArgumentException if the execution options have retries: a transaction whose
     *     connection is gone cannot go on
     */
    public JdbcSink<IN> buildExactlyOnce(
            JdbcExactlyOnceOptions exactlyOnceOptions,
            SerializableSupplier<XADataSource> dataSourceSupplier) {
        if (executionOptions.getMaxRetries() != 0) {
            throw new IllegalArgumentException(
                    "An exactly-once sink does not retry batches by itself, but maxRetries is "
                            + executionOptions.getMaxRetries()
                            + ": a transaction ends with its connection, and the job goes back to"
                            + " its checkpoint. Set"
                            + " JdbcExecutionOptions.builder().withMaxRetries(0).");
        }
        return new JdbcSink<>(
                new JdbcSinkSettings<>(
                        statement(),
                        executionOptions,
                        null,
                        Objects.requireNonNull(exactlyOnceOptions, "exactly-once options"),
                        Objects.requireNonNull(dataSourceSupplier, "data source supplier")));
    }

    private JdbcQueryStatement<IN> statement() {
        return Objects.requireNonNull(
                queryStatement, "the statement: withQueryStatement(…) is missing");
    }
}
