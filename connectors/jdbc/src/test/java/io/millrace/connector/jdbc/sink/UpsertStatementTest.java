package io.millrace.connector.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connector.jdbc.testing.Database;
import io.millrace.connector.jdbc.testing.SharedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedPostgres.class)
class UpsertStatementTest {
    private static final List<String> COLUMNS = List.of("ID", "NAME", "N");
    private static final List<String> KEY = List.of("ID");

    /** Writes one key twice and another once. */
    private static void writesEachKeyOnce(Connection connection, UpsertStatement form)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE \"T\" (\"ID\" INT PRIMARY KEY, \"NAME\" VARCHAR(10), \"N\" INT)");
            try (PreparedStatement upsert =
                    connection.prepareStatement(form.of("T", COLUMNS, KEY))) {
                Object[][] rows = {{1, "a", 1}, {2, "b", 2}, {1, "c", 3}};
                for (Object[] row : rows) {
                    for (int i = 0; i < row.length; i++) {
                        upsert.setObject(i + 1, row[i]);
                    }
                    upsert.execute();
                }
            }
            try (ResultSet result =
                    statement.executeQuery("SELECT \"NAME\" FROM \"T\" ORDER BY \"ID\"")) {
                result.next();
                assertThat(result.getString(1)).isEqualTo("c");
                result.next();
                assertThat(result.getString(1)).isEqualTo("b");
                assertThat(result.next()).isFalse();
            }
        }
    }

    @Test
    void worksOnPostgres(Database database) throws Exception {
        try (Connection connection = database.connect()) {
            writesEachKeyOnce(connection, UpsertStatement.forUrl(database.url()));
        }
    }

    @Test
    void worksOnH2() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
            writesEachKeyOnce(connection, UpsertStatement.forUrl("jdbc:h2:mem:"));
        }
    }

    @Test
    void mergesAsTheStandardSaysOnH2() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
            writesEachKeyOnce(connection, UpsertStatement.STANDARD_MERGE);
        }
    }

    @Test
    void worksOnH2InItsModeOfMySql() throws Exception {
        try (Connection connection =
                DriverManager.getConnection("jdbc:h2:mem:;MODE=MySQL;DATABASE_TO_UPPER=FALSE")) {
            connection
                    .createStatement()
                    .execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(10))");
            try (PreparedStatement upsert =
                    connection.prepareStatement(
                            UpsertStatement.MYSQL.of("t", List.of("id", "name"), List.of("id")))) {
                for (String name : List.of("a", "b")) {
                    upsert.setInt(1, 1);
                    upsert.setString(2, name);
                    upsert.execute();
                }
            }
            try (ResultSet result =
                    connection.createStatement().executeQuery("SELECT name FROM t")) {
                result.next();
                assertThat(result.getString(1)).isEqualTo("b");
                assertThat(result.next()).isFalse();
            }
        }
    }

    @Test
    void quotesNamesAndKnowsSchemas() {
        assertThat(UpsertStatement.POSTGRESQL.of("a.b", List.of("k", "x\"y"), List.of("k")))
                .isEqualTo(
                        "INSERT INTO \"a\".\"b\" (\"k\", \"x\"\"y\") VALUES (?, ?) ON CONFLICT"
                                + " (\"k\") DO UPDATE SET \"x\"\"y\" = EXCLUDED.\"x\"\"y\"");
        assertThat(UpsertStatement.POSTGRESQL.of("t", List.of("k"), List.of("k")))
                .endsWith("DO NOTHING");
        assertThat(UpsertStatement.forUrl("jdbc:mysql://h/d")).isSameAs(UpsertStatement.MYSQL);
    }

    @Test
    void refusesAKeyThatIsNotWrittenAndADatabaseThatItDoesNotKnow() {
        assertThatThrownBy(() -> UpsertStatement.H2.of("t", List.of("a"), List.of("b")))
                .hasMessageContaining("[b]")
                .hasMessageContaining("[a]");
        assertThatThrownBy(() -> UpsertStatement.forUrl("jdbc:trino://h"))
                .hasMessageContaining("trino");
    }
}
