package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/d?user=u&password=p&ssl=true,"
                + " jdbc:postgresql://h/d?user=u&password=***&ssl=true",
        "jdbc:mysql://u:p@h:1/d, jdbc:mysql://u:***@h:1/d",
        "jdbc:sqlserver://h;user=u;password=p;x=y, jdbc:sqlserver://h;user=u;password=***;x=y",
        "jdbc:oracle:thin:scott/tiger@//h/d, jdbc:oracle:thin:scott/***@//h/d",
        "jdbc:h2:mem:x, jdbc:h2:mem:x"
    })
    void addressesAreShownWithoutTheirPassword(String url, String shown) {
        assertThat(JdbcErrors.withoutPassword(url)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "22001, INPUT_MALFORMED",
        "23505, INPUT_MALFORMED",
        "P0001, INPUT_MALFORMED",
        "28P01, AUTHENTICATION_FAILED",
        "42501, PERMISSION_DENIED",
        "42P01, PROGRAM_INVALID",
        "3D000, PROGRAM_INVALID",
        "08006, STORAGE_FAILED",
        "40001, STORAGE_FAILED",
        "XX000, STORAGE_FAILED"
    })
    void codesFollowTheSqlState(String state, ErrorCode code) {
        SQLException error = new SQLException("said", state);
        assertThat(JdbcErrors.of(error, "try", "jdbc:x").code()).isEqualTo(code);
    }

    @Test
    void messagesSayWhereWhatAndWhatToDo() {
        SQLException error =
                new BatchUpdateException(
                        "batch", new int[0], new SQLException("no space", "53100"));
        assertThat(
                        JdbcErrors.of(
                                error,
                                "write",
                                "jdbc:x://h?password=p",
                                "INSERT '?' VALUES (?, ?)"))
                .hasMessage(
                        "STORAGE_FAILED: could not write at jdbc:x://h?password=***: SQLState 53100,"
                                + " no space. Statement with 2 parameters: INSERT '?' VALUES (?, ?)."
                                + " Check that the database runs and has free connections, and that"
                                + " its host and port can be reached from this host");
    }

    @Test
    void driversThatSayNothingButTheClassAreUnderstood() {
        assertThat(SqlStates.kindOf(new SQLRecoverableException("gone")))
                .isEqualTo(SqlStates.Kind.TRANSIENT);
        assertThat(SqlStates.kindOf(new SQLException("what"))).isEqualTo(SqlStates.Kind.OTHER);
    }

    @Test
    void longRecordsAreCut() {
        assertThat(JdbcErrors.shown("x".repeat(1_000))).hasSizeLessThan(250).contains("1000");
    }
}
