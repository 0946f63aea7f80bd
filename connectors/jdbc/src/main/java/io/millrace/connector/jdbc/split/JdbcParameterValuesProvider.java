package io.millrace.connector.jdbc.split;

import java.io.Serializable;

/** The parameters of a query, an array for each split. */
@FunctionalInterface
public interface JdbcParameterValuesProvider extends Serializable {
    /** In the order of the splits' numbers; the same with each call. */
    Serializable[][] getParameterValues();
}
