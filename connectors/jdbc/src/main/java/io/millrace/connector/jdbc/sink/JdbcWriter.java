package io.millrace.connector.jdbc.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.metric.Counter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.time.ProcessingTimeService;
import io.millrace.api.type.ValueCodec;
import io.millrace.connector.jdbc.JdbcErrors;
import io.millrace.connector.jdbc.JdbcExecutionOptions;
import io.millrace.connector.jdbc.SqlStates;
import io.millrace.connector.jdbc.connection.JdbcConnectionProvider;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records in batches and keeps them until they are in the table: at least once. Confined to
 * the task.
 */
final class JdbcWriter<IN> implements StatefulSinkWriter<IN, JdbcWriterState> {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcWriter.class);
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long LONGEST_PAUSE_MS = 10_000;

    /** How a writer waits before it tries again. */
    @FunctionalInterface
    interface Pause {
        void waitMs(long ms) throws InterruptedException;
    }

    private final JdbcExecutionOptions execution;
    private final JdbcConnectionProvider connections;
    private final String statement;
    private final StatementBatch<IN> batch;
    private final ValueCodec<IN> copier; // null if records need no copy
    private final Counter sent;
    private final Pause pause;
    private final List<IN> records = new ArrayList<>();

    private JdbcWriter(
            JdbcSinkSettings<IN> settings,
            StatementBatch<IN> batch,
            ValueCodec<IN> copier,
            Counter sent,
            Pause pause) {
        this.execution = settings.execution();
        this.connections = settings.connections();
        this.statement = settings.statement().query();
        this.batch = batch;
        this.copier = copier;
        this.sent = sent;
        this.pause = pause;
    }

    /** Connects at once: a wrong address or password is found before any record. */
    static <IN> JdbcWriter<IN> open(
            JdbcSinkSettings<IN> settings, WriterInitContext context, Pause pause) {
        JdbcConnectionProvider connections = settings.connections();
        StatementBatch<IN> batch =
                new StatementBatch<>(
                        settings.statement(),
                        settings.execution().getRefusedRecords(),
                        new BatchScope.Local(),
                        String.valueOf(connections),
                        context.metricGroup().getNumRecordsSendErrorsCounter());
        JdbcWriter<IN> writer =
                new JdbcWriter<>(
                        settings,
                        batch,
                        context.isObjectReuseEnabled() ? context.createValueCodec(null) : null,
                        context.metricGroup().getNumRecordsSendCounter(),
                        pause);
        try {
            writer.connection(false);
        } catch (SQLException e) {
            throw JdbcErrors.of(e, "connect to the database", String.valueOf(connections));
        }
        if (settings.execution().getBatchIntervalMs() > 0) {
            writer.callAgain(context.getProcessingTimeService());
        }
        return writer;
    }

    private void callAgain(ProcessingTimeService clock) {
        clock.registerTimer(
                clock.getCurrentProcessingTime() + execution.getBatchIntervalMs(),
                time -> {
                    send();
                    callAgain(clock);
                });
    }

    @Override
    public void write(IN element, Context context) throws InterruptedException {
        records.add(copier == null ? element : copier.copy(element));
        if (records.size() >= execution.getBatchSize()) {
            send();
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        send();
    }

    private void send() throws InterruptedException {
        if (records.isEmpty()) {
            return;
        }
        int attempt = 0;
        while (true) {
            try {
                sent.inc(batch.write(connection(attempt > 0), records));
                records.clear();
                return;
            } catch (SQLException e) {
                if (attempt >= execution.getMaxRetries() || !mayHelpToTryAgain(e)) {
                    throw JdbcErrors.of(
                            e,
                            "write a batch of "
                                    + records.size()
                                    + " records in "
                                    + (attempt + 1)
                                    + " attempts",
                            String.valueOf(connections),
                            statement);
                }
                long ms = Math.min(FIRST_PAUSE_MS << Math.min(attempt, 10), LONGEST_PAUSE_MS);
                attempt++;
                LOG.warn(
                        "batch not written, trying again url={} records={} attempt={} of={}"
                                + " wait_ms={} state={} error={}",
                        connections,
                        records.size(),
                        attempt,
                        execution.getMaxRetries(),
                        ms,
                        SqlStates.reason(e).getSQLState(),
                        SqlStates.reason(e).getMessage());
                pause.waitMs(ms);
            }
        }
    }

    private static boolean mayHelpToTryAgain(SQLException e) {
        return switch (SqlStates.kindOf(e)) {
            case TRANSIENT, OTHER -> true;
            case REFUSED_DATA, AUTHENTICATION, PERMISSION, STATEMENT -> false;
        };
    }

    /**
     * @param again whether the connection has failed and is to be checked first
     */
    private Connection connection(boolean again) throws SQLException {
        try {
            return again && !connections.isConnectionValid()
                    ? connections.reestablishConnection()
                    : connections.getOrEstablishConnection();
        } catch (ClassNotFoundException e) {
            throw new MillraceException(ErrorCode.PROGRAM_INVALID, e.getMessage(), e);
        }
    }

    /** Nothing: what is in a checkpoint is in the table. */
    @Override
    public List<JdbcWriterState> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void close() throws Exception {
        connections.close();
    }
}
