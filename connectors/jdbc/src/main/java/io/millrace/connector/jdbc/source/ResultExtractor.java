package io.millrace.connector.jdbc.source;

import io.millrace.api.type.Row;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes a record of the row that a result stands at. Called by the thread that reads. */
@FunctionalInterface
public interface ResultExtractor<T> extends Serializable {
    /**
     * @return never null
     */
    T extract(ResultSet resultSet) throws SQLException;

    default String identifier() {
        return getClass().getSimpleName();
    }

    /** All columns in their order, as the driver gives them. */
    static ResultExtractor<Row> ofRowResultExtractor() {
        return new RowResultExtractor();
    }
}
