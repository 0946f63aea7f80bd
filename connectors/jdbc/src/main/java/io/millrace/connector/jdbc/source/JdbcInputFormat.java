package io.millrace.connector.jdbc.source;

import io.millrace.api.input.BaseStatistics;
import io.millrace.api.input.DefaultInputSplitAssigner;
import io.millrace.api.input.GenericInputSplit;
import io.millrace.api.input.InputSplit;
import io.millrace.api.input.InputSplitAssigner;
import io.millrace.api.input.RichInputFormat;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder;
import io.millrace.connector.jdbc.JdbcErrors;
import io.millrace.connector.jdbc.connection.JdbcConnectionProvider;
import io.millrace.connector.jdbc.connection.SimpleJdbcConnectionProvider;
import io.millrace.connector.jdbc.split.JdbcParameterValuesProvider;
import java.io.IOException;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/**
 * Reads rows of a query as an input format, for {@code createInput}; {@link JdbcSource} reads
 * beside the task, this one in it. Confined to its task.
 */
public class JdbcInputFormat extends RichInputFormat<Row, InputSplit>
        implements ResultTypeQueryable<Row> {
    private static final long serialVersionUID = 1L;

    private final QuerySettings<Row> settings;
    private final RowTypeInfo rowTypeInfo;
    // Null for a query without parameters.
    private final Serializable[][] parameterValues;
    private transient SplitQuery<Row> query; // null between splits
    private transient Row next; // null at the end of a split

    private JdbcInputFormat(
            QuerySettings<Row> settings,
            RowTypeInfo rowTypeInfo,
            Serializable[][] parameterValues) {
        this.settings = settings;
        this.rowTypeInfo = rowTypeInfo;
        this.parameterValues = parameterValues;
    }

    public static JdbcInputFormatBuilder buildJdbcInputFormat() {
        return new JdbcInputFormatBuilder();
    }

    @Override
    public RowTypeInfo getProducedType() {
        return rowTypeInfo;
    }

    @Override
    public void configure(Configuration parameters) {}

    @Override
    public void closeInputFormat() {
        settings.connections().closeConnection();
    }

    @Override
    public void open(InputSplit inputSplit) throws IOException {
        int number = inputSplit.getSplitNumber();
        query =
                SplitQuery.prepare(
                        settings,
                        new JdbcSourceSplit(
                                number,
                                parameterValues == null ? null : parameterValues[number],
                                0));
        query.execute();
        next = query.next();
    }

    @Override
    public boolean reachedEnd() {
        return next == null;
    }

    @Override
    public Row nextRecord(Row reuse) {
        Row row = next;
        if (row != null) {
            next = query.next();
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        SplitQuery<Row> closing = query;
        query = null;
        next = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (SQLException e) {
                throw JdbcErrors.of(
                        e, "close a query", String.valueOf(settings.connections()), settings.sql());
            }
        }
    }

    /** Nothing is known: null. */
    @Override
    public BaseStatistics getStatistics(BaseStatistics cachedStatistics) {
        return cachedStatistics;
    }

    @Override
    public InputSplit[] createInputSplits(int minNumSplits) {
        int count = parameterValues == null ? 1 : parameterValues.length;
        InputSplit[] splits = new InputSplit[count];
        for (int i = 0; i < count; i++) {
            splits[i] = new GenericInputSplit(i, count);
        }
        return splits;
    }

    @Override
    public InputSplitAssigner getInputSplitAssigner(InputSplit[] inputSplits) {
        return new DefaultInputSplitAssigner(inputSplits);
    }

    /** Not thread-safe. */
    public static class JdbcInputFormatBuilder {
        private final JdbcConnectionOptionsBuilder connection = new JdbcConnectionOptionsBuilder();
        private String query;
        private RowTypeInfo rowTypeInfo;
        private Serializable[][] parameterValues;
        private int resultSetType = ResultSet.TYPE_FORWARD_ONLY;
        private int resultSetConcurrency = ResultSet.CONCUR_READ_ONLY;
        private int fetchSize;
        private Boolean autoCommit;

        public JdbcInputFormatBuilder setUsername(String username) {
            connection.withUsername(username);
            return this;
        }

        public JdbcInputFormatBuilder setPassword(String password) {
            connection.withPassword(password);
            return this;
        }

        /** The driver's class; without, the driver is found by the address. */
        public JdbcInputFormatBuilder setDrivername(String drivername) {
            connection.withDriverName(drivername);
            return this;
        }

        public JdbcInputFormatBuilder setDBUrl(String dbURL) {
            connection.withUrl(dbURL);
            return this;
        }

        public JdbcInputFormatBuilder setQuery(String query) {
            this.query = query;
            return this;
        }

        /**
         * @param resultSetType a constant of {@link ResultSet}
         */
        public JdbcInputFormatBuilder setResultSetType(int resultSetType) {
            this.resultSetType = resultSetType;
            return this;
        }

        /**
         * @param resultSetConcurrency a constant of {@link ResultSet}
         */
        public JdbcInputFormatBuilder setResultSetConcurrency(int resultSetConcurrency) {
            this.resultSetConcurrency = resultSetConcurrency;
            return this;
        }

        /** An array of parameters for each split; without, the query is one split. */
        public JdbcInputFormatBuilder setParametersProvider(
                JdbcParameterValuesProvider parameterValuesProvider) {
            this.parameterValues = parameterValuesProvider.getParameterValues();
            return this;
        }

        public JdbcInputFormatBuilder setRowTypeInfo(RowTypeInfo rowTypeInfo) {
            this.rowTypeInfo = rowTypeInfo;
            return this;
        }

        /**
         * @param fetchSize rows that the driver fetches at once, at least 1, or {@code
         *     Integer.MIN_VALUE}, which MySQL's driver takes for one at a time
         */
        public JdbcInputFormatBuilder setFetchSize(int fetchSize) {
            if (fetchSize < 1 && fetchSize != Integer.MIN_VALUE) {
                throw new IllegalArgumentException(
                        "At least 1 row is fetched at once, not " + fetchSize + ".");
            }
            this.fetchSize = fetchSize;
            return this;
        }

        /** PostgreSQL's driver loads the whole result unless this is false. */
        public JdbcInputFormatBuilder setAutoCommit(Boolean autoCommit) {
            this.autoCommit = autoCommit;
            return this;
        }

        public JdbcInputFormat finish() {
            Objects.requireNonNull(query, "the query: setQuery(…) is missing");
            Objects.requireNonNull(rowTypeInfo, "setRowTypeInfo(…) is missing");
            JdbcConnectionProvider connections =
                    new SimpleJdbcConnectionProvider(connection.build());
            return new JdbcInputFormat(
                    new QuerySettings<>(
                            query,
                            ResultExtractor.ofRowResultExtractor(),
                            connections,
                            resultSetType,
                            resultSetConcurrency,
                            autoCommit,
                            fetchSize,
                            1,
                            false),
                    rowTypeInfo,
                    parameterValues);
        }
    }
}
