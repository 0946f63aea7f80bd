package io.millrace.connector.jdbc.sink;

import io.millrace.api.function.TaskInfo;
import io.millrace.api.metric.Counter;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.RichWriterInitContext;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.type.ValueCodec;
import io.millrace.connector.jdbc.JdbcErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.transaction.xa.XAException;

/**
 * Writes records into transactions, one for each checkpoint that has any, and leaves them prepared.
 * Confined to the task.
 */
final class XaWriter<IN>
        implements CommittingSinkWriter<IN, JdbcCommittable>,
                StatefulSinkWriter<IN, JdbcWriterState> {
    private final JdbcSinkSettings<IN> settings;
    private final SinkXids ids;
    private final CommitProof proof;
    private final StatementBatch<IN> batch;
    private final ValueCodec<IN> copier; // null if records need no copy
    private final Counter sent;
    private final List<IN> records = new ArrayList<>();

    private XaSession session; // null between transactions that have a connection each
    private SinkXid open; // null until the first record after a checkpoint
    private long written; // records of the open transaction

    private XaWriter(
            JdbcSinkSettings<IN> settings,
            XaSession session,
            SinkXids ids,
            CommitProof proof,
            WriterInitContext context) {
        this.settings = settings;
        this.session = session;
        this.ids = ids;
        this.proof = proof;
        this.batch =
                new StatementBatch<>(
                        settings.statement(),
                        settings.execution().getRefusedRecords(),
                        new BatchScope.Nested(),
                        session.url(),
                        context.metricGroup().getNumRecordsSendErrorsCounter());
        this.copier = context.isObjectReuseEnabled() ? context.createValueCodec(null) : null;
        this.sent = context.metricGroup().getNumRecordsSendCounter();
    }

    /**
     * Also rolls back what earlier attempts have left.
     *
     * @param restored of a job that this one has been started from, or this one itself
     */
    static <IN> XaWriter<IN> open(
            JdbcSinkSettings<IN> settings,
            WriterInitContext context,
            Collection<JdbcWriterState> restored) {
        TaskInfo task = context.getTaskInfo();
        String operator =
                context instanceof RichWriterInitContext known
                        ? known.operatorIdentity()
                        : task.getTaskName();
        SinkXids ids =
                SinkXids.of(
                        context.getJobInfo().getJobId(),
                        operator,
                        task.getIndexOfThisSubtask(),
                        task.getNumberOfParallelSubtasks());
        XaSession session = session(settings);
        try {
            CommitProof proof = CommitProof.of(settings, session.connection());
            if (settings.transactions().isDiscoverAndRollbackOnRecovery()) {
                int rolledBack = LeftTransactions.rollBack(session, ids, context, restored);
                context.metricGroup().counter("transactionsRolledBack").inc(rolledBack);
            }
            return new XaWriter<>(settings, session, ids, proof, context);
        } catch (XAException e) {
            session.close();
            throw XaErrors.of(e, "roll back what earlier attempts have left", session.url());
        } catch (SQLException e) {
            session.close();
            throw JdbcErrors.of(e, "look at the database", session.url());
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static XaSession session(JdbcSinkSettings<?> settings) {
        try {
            return XaSession.open(settings);
        } catch (SQLException e) {
            throw JdbcErrors.of(e, "connect to the database", "the data source of the sink");
        }
    }

    @Override
    public void write(IN element, Context context) {
        records.add(copier == null ? element : copier.copy(element));
        if (records.size() >= settings.execution().getBatchSize()) {
            send();
        }
    }

    @Override
    public void flush(boolean endOfInput) {
        send();
    }

    private void send() {
        if (records.isEmpty()) {
            return;
        }
        begin();
        try {
            int taken = batch.write(session.connection(), records);
            written += taken;
            sent.inc(taken);
            records.clear();
        } catch (SQLException e) {
            throw JdbcErrors.of(
                    e,
                    "write a batch of " + records.size() + " records into transaction " + open,
                    session.url(),
                    settings.statement().query());
        }
    }

    private void begin() {
        if (open != null) {
            return;
        }
        if (session == null) {
            session = session(settings);
        }
        SinkXid xid = ids.next();
        try {
            session.start(xid);
        } catch (XAException e) {
            throw XaErrors.of(e, "begin transaction " + xid, session.url());
        }
        open = xid;
        written = 0;
    }

    @Override
    public Collection<JdbcCommittable> prepareCommit() {
        if (open == null) {
            return List.of();
        }
        SinkXid xid = open;
        try {
            String mark = proof.mark(session.connection(), xid);
            boolean hasChanges = session.endAndPrepare(xid);
            open = null;
            if (settings.transactions().isTransactionPerConnection()) {
                session.close();
                session = null;
            }
            return hasChanges
                    ? List.of(new JdbcCommittable(xid, written, System.currentTimeMillis(), mark))
                    : List.of();
        } catch (SQLException e) {
            throw JdbcErrors.of(e, "prepare transaction " + xid, session.url());
        } catch (XAException e) {
            throw XaErrors.of(
                    e, "prepare transaction " + xid + " of " + written + " records", session.url());
        }
    }

    /** Where a job that starts from this checkpoint finds what this one has left prepared. */
    @Override
    public List<JdbcWriterState> snapshotState(long checkpointId) {
        return List.of(new JdbcWriterState(ids.operatorScope()));
    }

    @Override
    public void close() {
        if (session == null) {
            return;
        }
        try {
            if (open != null) {
                session.abandon(open);
            }
        } finally {
            session.close();
        }
    }
}
