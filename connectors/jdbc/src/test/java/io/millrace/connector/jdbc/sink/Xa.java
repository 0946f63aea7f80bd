package io.millrace.connector.jdbc.sink;

import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.testing.FakeTask;
import io.millrace.connector.jdbc.JdbcExactlyOnceOptions;
import io.millrace.connector.jdbc.JdbcExecutionOptions;
import io.millrace.connector.jdbc.RefusedRecords;
import java.util.Collection;
import java.util.List;
import javax.sql.XADataSource;

/** Exactly-once writers of numbers, for tests. */
final class Xa {
    static final String INSERT = "INSERT INTO numbers (n) VALUES (?)";

    private Xa() {}

    static JdbcSinkSettings<Integer> settings(
            SerializableSupplier<XADataSource> dataSources, JdbcExactlyOnceOptions options) {
        return settings(dataSources, options, RefusedRecords.FAIL);
    }

    static JdbcSinkSettings<Integer> settings(
            SerializableSupplier<XADataSource> dataSources,
            JdbcExactlyOnceOptions options,
            RefusedRecords policy) {
        return new JdbcSinkSettings<>(
                new SimpleJdbcQueryStatement<>(INSERT, (ps, n) -> ps.setInt(1, n)),
                JdbcExecutionOptions.builder()
                        .withMaxRetries(0)
                        .withBatchSize(2)
                        .withRefusedRecords(policy)
                        .build(),
                null,
                options,
                dataSources);
    }

    static JdbcSinkSettings<Integer> settings(SerializableSupplier<XADataSource> dataSources) {
        return settings(dataSources, JdbcExactlyOnceOptions.defaults());
    }

    static XaWriter<Integer> writer(JdbcSinkSettings<Integer> settings, FakeTask task) {
        return XaWriter.open(settings, task, List.of());
    }

    /** Writes numbers as one checkpoint. */
    static Collection<JdbcCommittable> prepare(XaWriter<Integer> writer, int... numbers) {
        for (int n : numbers) {
            writer.write(n, null);
        }
        writer.flush(false);
        return writer.prepareCommit();
    }
}
