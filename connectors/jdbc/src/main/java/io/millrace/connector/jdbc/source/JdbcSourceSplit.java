package io.millrace.connector.jdbc.source;

import io.millrace.api.source.SourceSplit;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A query with its parameters, and how many of its rows have been read. Immutable.
 *
 * @param number from 0 on, unique in its source
 * @param parameters null for a query without
 * @param position rows that have been read already
 */
record JdbcSourceSplit(int number, Serializable[] parameters, long position)
        implements SourceSplit, Serializable {
    private static final long serialVersionUID = 1L;

    JdbcSourceSplit {
        if (position < 0) {
            throw new IllegalArgumentException("position " + position);
        }
    }

    @Override
    public String splitId() {
        return Integer.toString(number);
    }

    JdbcSourceSplit at(long position) {
        return new JdbcSourceSplit(number, parameters, position);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JdbcSourceSplit that
                && number == that.number
                && position == that.position
                && Arrays.equals(parameters, that.parameters);
    }

    @Override
    public int hashCode() {
        return 31 * number + Long.hashCode(position);
    }

    /** For errors: the parameters are told, as they are not secret and show which rows it has. */
    @Override
    public String toString() {
        return "split " + number + Arrays.toString(parameters) + " at row " + position;
    }
}
