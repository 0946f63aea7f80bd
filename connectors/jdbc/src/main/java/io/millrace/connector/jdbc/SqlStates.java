package io.millrace.connector.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransientException;

/** What errors of drivers are about, by their class and SQLState. Pure. */
public final class SqlStates {
    private static final int MAX_DEPTH = 20;

    private SqlStates() {}

    /** What an error is about. */
    public enum Kind {
        /** What a record holds: another record may be fine. */
        REFUSED_DATA,
        /** The connection, or a moment: trying again may help. */
        TRANSIENT,
        /** The user or the password. */
        AUTHENTICATION,
        /** What the user may do. */
        PERMISSION,
        /** The statement, or a table that is not there. */
        STATEMENT,
        OTHER
    }

    public static Kind kindOf(SQLException error) {
        SQLException e = reason(error);
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("42501")) {
            return Kind.PERMISSION;
        }
        Kind byClass =
                switch (state.length() < 2 ? "" : state.substring(0, 2)) {
                    case "22", "23", "44" -> Kind.REFUSED_DATA;
                    case "08", "40", "53", "57" -> Kind.TRANSIENT;
                    case "28" -> Kind.AUTHENTICATION;
                    case "42", "3D", "3F", "0A", "07" -> Kind.STATEMENT;
                    // Raised by a trigger or a function of the database.
                    case "P0" -> state.equals("P0001") ? Kind.REFUSED_DATA : Kind.OTHER;
                    case "55" -> state.equals("55P03") ? Kind.TRANSIENT : Kind.OTHER;
                    default -> Kind.OTHER;
                };
        return byClass != Kind.OTHER ? byClass : kindOfClass(e);
    }

    private static Kind kindOfClass(SQLException e) {
        if (e instanceof SQLDataException
                || e instanceof SQLIntegrityConstraintViolationException) {
            return Kind.REFUSED_DATA;
        }
        if (e instanceof SQLInvalidAuthorizationSpecException) {
            return Kind.AUTHENTICATION;
        }
        if (e instanceof SQLTransientException || e instanceof SQLRecoverableException) {
            return Kind.TRANSIENT;
        }
        return e instanceof SQLSyntaxErrorException ? Kind.STATEMENT : Kind.OTHER;
    }

    /** The error itself where a driver wraps it: behind that of a batch. */
    public static SQLException reason(SQLException error) {
        SQLException e = error;
        for (int depth = 0; depth < MAX_DEPTH && e instanceof BatchUpdateException; depth++) {
            if (e.getNextException() != null) {
                e = e.getNextException();
            } else if (e.getCause() instanceof SQLException cause) {
                e = cause;
            } else {
                break;
            }
        }
        return e;
    }
}
