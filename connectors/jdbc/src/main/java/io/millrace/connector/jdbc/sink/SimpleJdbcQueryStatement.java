package io.millrace.connector.jdbc.sink;

import io.millrace.connector.jdbc.JdbcStatementBuilder;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;

/** A statement and its builder. Immutable. */
public class SimpleJdbcQueryStatement<IN> implements JdbcQueryStatement<IN> {
    private static final long serialVersionUID = 1L;

    private final String query;
    private final JdbcStatementBuilder<IN> builder;

    public SimpleJdbcQueryStatement(String query, JdbcStatementBuilder<IN> builder) {
        this.query = Objects.requireNonNull(query, "statement");
        this.builder = Objects.requireNonNull(builder, "statement builder");
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public void statement(PreparedStatement ps, IN data) throws SQLException {
        builder.accept(ps, data);
    }
}
