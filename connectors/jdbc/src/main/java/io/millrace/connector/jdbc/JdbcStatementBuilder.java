package io.millrace.connector.jdbc;

import io.millrace.api.function.BiConsumerWithException;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Sets the parameters of a statement from a record. May be called more than once for a record: a
 * batch that fails is built again.
 */
@FunctionalInterface
public interface JdbcStatementBuilder<T>
        extends BiConsumerWithException<PreparedStatement, T, SQLException>, Serializable {}
