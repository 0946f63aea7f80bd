package io.millrace.connector.jdbc.source;

import io.millrace.api.type.Row;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of what the driver gives for each column. Stateless. */
final class RowResultExtractor implements ResultExtractor<Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Row extract(ResultSet resultSet) throws SQLException {
        Row row = new Row(resultSet.getMetaData().getColumnCount());
        for (int i = 0; i < row.getArity(); i++) {
            row.setField(i, resultSet.getObject(i + 1));
        }
        return row;
    }

    @Override
    public String identifier() {
        return "row";
    }
}
