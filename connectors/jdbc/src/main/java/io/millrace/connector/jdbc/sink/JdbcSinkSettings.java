package io.millrace.connector.jdbc.sink;

import io.millrace.api.function.SerializableSupplier;
import io.millrace.connector.jdbc.JdbcExactlyOnceOptions;
import io.millrace.connector.jdbc.JdbcExecutionOptions;
import io.millrace.connector.jdbc.connection.JdbcConnectionProvider;
import java.io.Serializable;
import javax.sql.XADataSource;

/**
 * What a sink was built with. Immutable, but for the connection, which each copy makes for itself.
 *
 * @param connections null if exactly once
 * @param transactions null unless exactly once
 * @param dataSources null unless exactly once
 */
record JdbcSinkSettings<IN>(
        JdbcQueryStatement<IN> statement,
        JdbcExecutionOptions execution,
        JdbcConnectionProvider connections,
        JdbcExactlyOnceOptions transactions,
        SerializableSupplier<XADataSource> dataSources)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    boolean isExactlyOnce() {
        return dataSources != null;
    }
}
