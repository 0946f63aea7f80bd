package io.millrace.connector.jdbc.sink;

import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A statement, and how its parameters are set from a record. */
public interface JdbcQueryStatement<T> extends Serializable {
    /** With a question mark for each parameter. */
    String query();

    /** May be called more than once for a record: a batch that fails is built again. */
    void statement(PreparedStatement ps, T data) throws SQLException;
}
