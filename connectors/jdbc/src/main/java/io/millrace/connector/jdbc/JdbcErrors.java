package io.millrace.connector.jdbc;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Errors of drivers, with where they happened and what to do about them. Pure. */
public final class JdbcErrors {
    private static final int MAX_RECORD = 200;
    private static final Pattern SECRET =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret|token)[^=&;]*=)[^&;,)]*");
    private static final Pattern USER_INFO = Pattern.compile("//([^/@:]*):[^/@]*@");
    private static final Pattern ORACLE_USER = Pattern.compile("(jdbc:oracle:[^/@]*)/[^@]*@");

    private JdbcErrors() {}

    /** An address as errors and logs may show it. */
    public static String withoutPassword(String url) {
        String shown = SECRET.matcher(url).replaceAll("$1***");
        shown = USER_INFO.matcher(shown).replaceAll("//$1:***@");
        return ORACLE_USER.matcher(shown).replaceAll("$1/***@");
    }

    /**
     * @param what was tried, as in {@code run a query}
     * @param url with or without a password
     */
    public static MillraceException of(SQLException error, String what, String url) {
        return made(error, what + " at " + withoutPassword(url), "");
    }

    /**
     * @param what was tried, as in {@code write a batch of 500 records}
     * @param url with or without a password
     */
    public static MillraceException of(
            SQLException error, String what, String url, String statement) {
        return made(
                error,
                what + " at " + withoutPassword(url),
                ". Statement with " + parametersOf(statement) + " parameters: " + statement);
    }

    private static MillraceException made(SQLException error, String what, String statement) {
        SQLException reason = SqlStates.reason(error);
        ErrorCode code = codeOf(reason);
        return new MillraceException(
                code,
                "could not "
                        + what
                        + ": SQLState "
                        + reason.getSQLState()
                        + ", "
                        + withoutPassword(String.valueOf(reason.getMessage()))
                        + statement
                        + ". "
                        + advice(reason),
                reason);
    }

    private static ErrorCode codeOf(SQLException reason) {
        return switch (SqlStates.kindOf(reason)) {
            case REFUSED_DATA -> ErrorCode.INPUT_MALFORMED;
            case AUTHENTICATION -> ErrorCode.AUTHENTICATION_FAILED;
            case PERMISSION -> ErrorCode.PERMISSION_DENIED;
            case STATEMENT -> ErrorCode.PROGRAM_INVALID;
            case TRANSIENT, OTHER -> ErrorCode.STORAGE_FAILED;
        };
    }

    private static String advice(SQLException reason) {
        return switch (SqlStates.kindOf(reason)) {
            case REFUSED_DATA ->
                    "Mend the record upstream, or the table; RefusedRecords.SKIP leaves such"
                            + " records out and counts them";
            case AUTHENTICATION -> "Check the user name and the password of the connection options";
            case PERMISSION -> "Grant the user of the connection options what the statement needs";
            case STATEMENT ->
                    "Check the statement, and that the table and its columns are in the database"
                            + " and schema that the address names";
            case TRANSIENT ->
                    "Check that the database runs and has free connections, and that its host and"
                            + " port can be reached from this host";
            case OTHER -> "See the log of the database at this time";
        };
    }

    /** How many question marks stand outside of quotes. */
    static int parametersOf(String statement) {
        int count = 0;
        char quote = 0;
        for (int i = 0; i < statement.length(); i++) {
            char c = statement.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            } else if (c == '?') {
                count++;
            }
        }
        return count;
    }

    /** A record as errors and logs show it: its text, cut. */
    public static String shown(Object record) {
        String text = String.valueOf(record);
        return text.length() <= MAX_RECORD
                ? text
                : text.substring(0, MAX_RECORD) + "… (" + text.length() + " characters)";
    }
}
