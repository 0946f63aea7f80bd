package io.millrace.connector.jdbc.sink;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.graph.Preflight;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkFunction;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsWriterState;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.connector.jdbc.JdbcConnectionOptions;
import io.millrace.connector.jdbc.JdbcExactlyOnceOptions;
import io.millrace.connector.jdbc.JdbcExecutionOptions;
import io.millrace.connector.jdbc.JdbcStatementBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.sql.XADataSource;

/**
 * Writes records to a database, a statement for each. Immutable.
 *
 * <p>Guarantees, limits and what to do when something goes wrong: {@code docs/connectors/jdbc.md}.
 */
@SuppressWarnings("deprecation") // sink functions, which programs for addSink use
public final class JdbcSink<IN>
        implements Sink<IN>,
                SupportsCommitter<JdbcCommittable>,
                SupportsWriterState<IN, JdbcWriterState>,
                Preflight {
    private static final long serialVersionUID = 1L;

    private final JdbcSinkSettings<IN> settings;

    JdbcSink(JdbcSinkSettings<IN> settings) {
        this.settings = settings;
    }

    public static <IN> JdbcSinkBuilder<IN> builder() {
        return new JdbcSinkBuilder<>();
    }

    /** At least once, for {@code addSink}. */
    public static <T> SinkFunction<T> sink(
            String sql,
            JdbcStatementBuilder<T> statementBuilder,
            JdbcConnectionOptions connectionOptions) {
        return sink(sql, statementBuilder, JdbcExecutionOptions.defaults(), connectionOptions);
    }

    /** At least once, for {@code addSink}. */
    public static <T> SinkFunction<T> sink(
            String sql,
            JdbcStatementBuilder<T> statementBuilder,
            JdbcExecutionOptions executionOptions,
            JdbcConnectionOptions connectionOptions) {
        return new JdbcSinkFunction<>(
                JdbcSink.<T>builder()
                        .withQueryStatement(sql, statementBuilder)
                        .withExecutionOptions(executionOptions)
                        .buildAtLeastOnce(connectionOptions));
    }

    /** Exactly once, for {@code addSink}. */
    public static <T> SinkFunction<T> exactlyOnceSink(
            String sql,
            JdbcStatementBuilder<T> statementBuilder,
            JdbcExecutionOptions executionOptions,
            JdbcExactlyOnceOptions exactlyOnceOptions,
            SerializableSupplier<XADataSource> dataSourceSupplier) {
        return new JdbcSinkFunction<>(
                JdbcSink.<T>builder()
                        .withQueryStatement(sql, statementBuilder)
                        .withExecutionOptions(executionOptions)
                        .buildExactlyOnce(exactlyOnceOptions, dataSourceSupplier));
    }

    @Override
    public SinkWriter<IN> createWriter(WriterInitContext context) {
        return writer(context, List.of());
    }

    /** Also rolls back what the job whose checkpoint was claimed has left prepared. */
    @Override
    public StatefulSinkWriter<IN, JdbcWriterState> restoreWriter(
            WriterInitContext context, Collection<JdbcWriterState> recoveredState) {
        return writer(context, recoveredState);
    }

    private StatefulSinkWriter<IN, JdbcWriterState> writer(
            WriterInitContext context, Collection<JdbcWriterState> restored) {
        return settings.isExactlyOnce()
                ? XaWriter.open(settings, context, restored)
                : JdbcWriter.open(settings, context, Thread::sleep);
    }

    @Override
    public SimpleVersionedSerializer<JdbcWriterState> getWriterStateSerializer() {
        return new JdbcWriterState.Serializer();
    }

    @Override
    public Committer<JdbcCommittable> createCommitter(CommitterInitContext context) {
        return new JdbcCommitter(settings);
    }

    @Override
    public SimpleVersionedSerializer<JdbcCommittable> getCommittableSerializer() {
        return new JdbcCommittable.Serializer();
    }

    /** Asks the database whether it has transactions of two phases. Changes nothing. */
    @Override
    public void preflight() {
        if (settings.isExactlyOnce()) {
            DatabaseLimits.check(settings);
        }
    }

    @Override
    public void preflight(ExecutionMode mode, Config config) {
        if (settings.isExactlyOnce()
                && mode != ExecutionMode.BATCH
                && config.find(CheckpointOptions.INTERVAL).orElse(Duration.ZERO).isZero()) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "the JDBC sink of \""
                            + settings.statement().query()
                            + "\" is exactly-once, but the job takes no checkpoints, so that nothing"
                            + " would ever be committed. Set execution.checkpointing.interval, or"
                            + " use buildAtLeastOnce(…).");
        }
        preflight();
    }
}
