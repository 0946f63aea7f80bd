package io.millrace.connector.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.testing.FakeTask;
import io.millrace.connector.jdbc.JdbcExactlyOnceOptions;
import io.millrace.connector.jdbc.testing.Database;
import io.millrace.connector.jdbc.testing.SharedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commits, repeated commits, and transactions that are gone. */
@ExtendWith(SharedPostgres.class)
@Timeout(60)
class JdbcCommitterTest {
    private final Database database;
    private final JdbcSinkSettings<Integer> settings;

    JdbcCommitterTest(Database database) {
        this.database = database;
        this.settings = Xa.settings(database.dataSources());
    }

    @BeforeEach
    void table() throws SQLException {
        database.execute(
                "CREATE TABLE numbers (n INT)",
                "CREATE TABLE commits (xid VARCHAR(128) PRIMARY KEY, prepared_ms BIGINT)");
    }

    private JdbcSinkSettings<Integer> withTable() {
        return Xa.settings(
                database.dataSources(),
                JdbcExactlyOnceOptions.builder().withCommitTable("commits").build());
    }

    private static Collection<JdbcCommittable> prepared(
            JdbcSinkSettings<Integer> settings, int... numbers) {
        try (XaWriter<Integer> writer = Xa.writer(settings, FakeTask.only())) {
            return Xa.prepare(writer, numbers);
        }
    }

    private void rollBackAll() throws SQLException {
        for (String gid :
                database.column(
                        "SELECT gid FROM pg_prepared_xacts WHERE database ="
                                + " current_database()")) {
            database.execute("ROLLBACK PREPARED '" + gid + "'");
        }
    }

    @Test
    void aCommitThatComesAgainIsProvenByThatOfTheTransactionItself() throws Exception {
        for (JdbcSinkSettings<Integer> each : List.of(settings, withTable())) {
            Collection<JdbcCommittable> committables = prepared(each, 1);
            assertThat(Commit.of(each, committables).get(0).said()).isEqualTo("committed");
            assertThat(Commit.of(each, committables).get(0).said()).isEqualTo("already");
        }
        assertThat(database.column("SELECT n FROM numbers")).containsExactly("1", "1");
    }

    @Test
    void oneThatSomebodyRolledBackIsLoudDataLossWhileTheOthersAreCommitted() throws Exception {
        for (JdbcSinkSettings<Integer> each : List.of(settings, withTable())) {
            Collection<JdbcCommittable> gone = prepared(each, 1, 2, 3);
            rollBackAll();
            List<JdbcCommittable> both = new ArrayList<>(gone);
            both.addAll(prepared(each, 4));

            List<Commit> answers = Commit.of(each, both);
            assertThat(answers.get(1).said()).isEqualTo("committed");
            assertThat(answers.get(0).said()).isEqualTo("lost");
            assertThat(answers.get(0).failure())
                    .hasMessageContaining("DATA_LOSS")
                    .hasMessageContaining("rolled back by somebody")
                    .hasMessageContaining("3 records")
                    .hasMessageContaining(Xa.INSERT)
                    .hasMessageContaining(gone.iterator().next().xid().text());
        }
        assertThat(database.column("SELECT n FROM numbers")).containsExactly("4", "4");
    }

    @Test
    void numbersOfAnotherTimelineProveNothing() throws Exception {
        JdbcCommittable real = prepared(settings, 1).iterator().next();
        Commit.of(settings, List.of(real));
        JdbcCommittable elsewhere =
                new JdbcCommittable(
                        real.xid(), 1, real.preparedMs(), "000000FF:" + real.mark().split(":")[1]);
        JdbcCommittable future =
                new JdbcCommittable(
                        real.xid(),
                        1,
                        real.preparedMs(),
                        real.mark().split(":")[0] + ":99999999999");
        for (Commit each : Commit.of(settings, List.of(elsewhere, future))) {
            assertThat(each.said()).isEqualTo("lost");
            assertThat(each.failure())
                    .hasMessageContaining("nothing shows whether they were committed");
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsAskedAgain() throws Exception {
        Collection<JdbcCommittable> committables = prepared(settings, 1);
        JdbcCommitter committer = new JdbcCommitter(settings);
        assertThat(Commit.once(committer, prepared(settings, 2)).get(0).said())
                .isEqualTo("committed");
        database.endSessions();
        assertThat(Commit.once(committer, committables).get(0).said()).isEqualTo("again");
        assertThat(Commit.once(committer, committables).get(0).said()).isEqualTo("committed");
        committer.close();
    }

    @Test
    void laterTransactionsOfASubtaskWaitForOneThatIsTriedAgain() throws Exception {
        List<JdbcCommittable> two = new ArrayList<>();
        try (XaWriter<Integer> writer = Xa.writer(settings, FakeTask.only())) {
            two.addAll(Xa.prepare(writer, 1));
            two.addAll(Xa.prepare(writer, 2));
        }
        JdbcCommitter committer = new JdbcCommitter(settings);
        Commit.once(committer, prepared(settings, 3)); // connects
        database.endSessions();
        assertThat(Commit.once(committer, two)).allMatch(each -> each.said().equals("again"));
        assertThat(Commit.once(committer, two)).allMatch(each -> each.said().equals("committed"));
        committer.close();
    }

    @Test
    void whatTheDatabaseRefusesEndsAfterSomeAttempts() throws Exception {
        Collection<JdbcCommittable> committables = prepared(settings, 1);
        database.execute(
                "CREATE ROLE reader LOGIN PASSWORD 'secret'", "GRANT ALL ON numbers TO reader");
        String url = database.url();
        JdbcSinkSettings<Integer> other =
                Xa.settings(
                        () -> {
                            org.postgresql.xa.PGXADataSource source =
                                    (org.postgresql.xa.PGXADataSource) Database.dataSource(url);
                            source.setUser("reader");
                            return source;
                        });
        Commit refused = Commit.of(other, committables).get(0);
        assertThat(refused.said()).isEqualTo("failed");
        assertThat(refused.failure())
                .hasMessageContaining("in 3 attempts")
                .hasMessageContaining("PERMISSION_DENIED")
                .hasMessageContaining("42501");
        assertThat(Commit.of(settings, committables).get(0).said()).isEqualTo("committed");
        database.execute("REVOKE ALL ON numbers FROM reader", "DROP ROLE reader");
    }

    @Test
    void anotherDatabaseNeedsTheTable() throws Exception {
        String url = "jdbc:h2:mem:proof;DB_CLOSE_DELAY=-1";
        SerializableSupplier<XADataSource> h2 =
                () -> {
                    JdbcDataSource source = new JdbcDataSource();
                    source.setURL(url);
                    return source;
                };
        assertThatThrownBy(() -> Xa.writer(Xa.settings(h2), FakeTask.only()))
                .hasMessageContaining("H2 does not keep that")
                .hasMessageContaining("CREATE TABLE millrace_commits");
        try (Connection connection = DriverManager.getConnection(url)) {
            connection
                    .createStatement()
                    .execute(
                            "CREATE TABLE numbers (n INT); CREATE TABLE millrace_commits (xid"
                                    + " VARCHAR(128) PRIMARY KEY, prepared_ms BIGINT NOT NULL)");
            JdbcSinkSettings<Integer> proven =
                    Xa.settings(
                            h2,
                            JdbcExactlyOnceOptions.builder()
                                    .withCommitTable("millrace_commits")
                                    .build());
            try (XaWriter<Integer> writer = Xa.writer(proven, FakeTask.only())) {
                Collection<JdbcCommittable> committables = Xa.prepare(writer, 1, 2, 3);
                assertThat(Commit.of(proven, committables).get(0).said()).isEqualTo("committed");
            }
            try (ResultSet result =
                    connection.createStatement().executeQuery("SELECT count(*) FROM numbers")) {
                result.next();
                assertThat(result.getInt(1)).isEqualTo(3);
            }
        }
    }

    @Test
    void committablesAndStatesAreTheSameAfterTheirWayAsBytes() throws Exception {
        JdbcCommittable one = prepared(settings, 1).iterator().next();
        JdbcCommittable.Serializer serializer = new JdbcCommittable.Serializer();
        assertThat(serializer.deserialize(1, serializer.serialize(one))).isEqualTo(one);
        assertThatThrownBy(() -> serializer.deserialize(2, serializer.serialize(one)))
                .hasMessageContaining("version 2");
        byte[] scope = one.xid().first(SinkXid.OPERATOR_SCOPE_BYTES);
        JdbcWriterState.Serializer states = new JdbcWriterState.Serializer();
        assertThat(states.deserialize(1, states.serialize(new JdbcWriterState(scope))))
                .satisfies(state -> assertThat(state.operatorScope()).isEqualTo(scope));
        assertThatThrownBy(() -> states.deserialize(1, new byte[3]))
                .hasMessageContaining("3 bytes");
        Commit.of(settings, List.of(one));
    }
}
