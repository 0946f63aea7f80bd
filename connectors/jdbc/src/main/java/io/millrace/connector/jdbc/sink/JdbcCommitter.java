package io.millrace.connector.jdbc.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.sink.Committer;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.transaction.xa.XAException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits prepared transactions. Confined to whoever commits; waits for the database.
 *
 * <p>A transaction that the database does not know any more counts as committed, or as lost, only
 * if that is proven; one that is lost, or of which nothing is known, ends the job with its numbers,
 * after all others of the same call are committed.
 */
final class JdbcCommitter implements Committer<JdbcCommittable> {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcCommitter.class);

    private final JdbcSinkSettings<?> settings;
    private XaSession session; // null until the first request, and after a failure

    JdbcCommitter(JdbcSinkSettings<?> settings) {
        this.settings = settings;
    }

    /** What a request comes to. TOLD: it has been signalled already. */
    private enum Outcome {
        TOLD,
        AGAIN,
        ROLLED_BACK,
        UNKNOWN
    }

    @Override
    public void commit(Collection<CommitRequest<JdbcCommittable>> requests)
            throws InterruptedException {
        List<CommitRequest<JdbcCommittable>> rolledBack = new ArrayList<>();
        List<CommitRequest<JdbcCommittable>> unproven = new ArrayList<>();
        Set<ByteBuffer> waiting = new HashSet<>(); // subtasks of which one is to be tried again
        boolean inOrder = !settings.transactions().isAllowOutOfOrderCommits();
        for (CommitRequest<JdbcCommittable> request : requests) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted between two transactions");
            }
            SinkXid xid = request.getCommittable().xid();
            ByteBuffer subtask = ByteBuffer.wrap(xid.first(SinkXid.SUBTASK_SCOPE_BYTES));
            if (inOrder && waiting.contains(subtask)) {
                request.retryLater();
                continue;
            }
            switch (commit(request)) {
                case TOLD -> {}
                case AGAIN -> {
                    waiting.add(subtask);
                    request.retryLater();
                }
                case ROLLED_BACK -> rolledBack.add(request);
                case UNKNOWN -> unproven.add(request);
            }
        }
        lost(rolledBack, "were rolled back by somebody before they could be committed");
        lost(unproven, "are gone, and nothing shows whether they were committed");
    }

    private Outcome commit(CommitRequest<JdbcCommittable> request) {
        JdbcCommittable transaction = request.getCommittable();
        try {
            if (session == null) {
                session = XaSession.open(settings);
            }
            session.commit(transaction.xid());
            return Outcome.TOLD; // a request without a signal is committed
        } catch (SQLException e) {
            LOG.debug("No connection for a commit. {}", transaction, e);
            return Outcome.AGAIN;
        } catch (XAException e) {
            LOG.debug("A commit failed. {} {}", transaction, XaErrors.described(e));
            return switch (XaErrors.answer(e)) {
                case AGAIN -> {
                    reconnectLater();
                    yield Outcome.AGAIN;
                }
                case NOT_KNOWN -> find(request);
                case COMMITTED -> {
                    request.signalAlreadyCommitted();
                    yield Outcome.TOLD;
                }
                case ROLLED_BACK -> Outcome.ROLLED_BACK;
                case MIXED -> Outcome.UNKNOWN;
                case REFUSED -> refused(request, e);
            };
        }
    }

    private Outcome refused(CommitRequest<JdbcCommittable> request, XAException e) {
        String url = session.url();
        reconnectLater();
        int attempts = request.getNumberOfRetries() + 1;
        if (attempts < settings.transactions().getMaxCommitAttempts()) {
            return Outcome.AGAIN;
        }
        request.signalFailedWithUnknownReason(
                XaErrors.of(
                        e,
                        "commit the prepared transaction "
                                + request.getCommittable().xid()
                                + " in "
                                + attempts
                                + " attempts",
                        url));
        return Outcome.TOLD;
    }

    private Outcome find(CommitRequest<JdbcCommittable> request) {
        JdbcCommittable transaction = request.getCommittable();
        try {
            CommitProof.Fate fate =
                    CommitProof.of(settings, session.connection())
                            .fateOf(session.connection(), transaction);
            LOG.info(
                    "a prepared transaction is gone xid={} records={} fate={}",
                    transaction.xid(),
                    transaction.records(),
                    fate);
            return switch (fate) {
                case COMMITTED -> {
                    request.signalAlreadyCommitted();
                    yield Outcome.TOLD;
                }
                case ROLLED_BACK -> Outcome.ROLLED_BACK;
                case OPEN -> Outcome.AGAIN;
                case UNKNOWN -> Outcome.UNKNOWN;
            };
        } catch (SQLException e) {
            LOG.info("the fate of a transaction is not known yet xid={}", transaction.xid(), e);
            reconnectLater();
            return Outcome.AGAIN;
        }
    }

    private void reconnectLater() {
        session.close();
        session = null;
    }

    /** Tells of all of them at once: the job ends with the first that it hears of. */
    private void lost(List<CommitRequest<JdbcCommittable>> requests, String what) {
        if (requests.isEmpty()) {
            return;
        }
        List<String> ids = new ArrayList<>();
        long records = 0;
        for (CommitRequest<JdbcCommittable> request : requests) {
            JdbcCommittable transaction = request.getCommittable();
            ids.add(transaction.xid().text());
            records += transaction.records();
            LOG.error(
                    "records are lost xid={} subtask={} records={} prepared={} statement={}",
                    transaction.xid(),
                    transaction.xid().subtask(),
                    transaction.records(),
                    Instant.ofEpochMilli(transaction.preparedMs()),
                    settings.statement().query());
        }
        MillraceException error =
                new MillraceException(
                        ErrorCode.DATA_LOSS,
                        requests.size()
                                + " prepared transactions of the sink with \""
                                + settings.statement().query()
                                + "\""
                                + (session == null ? "" : " at " + session.url())
                                + " "
                                + what
                                + ": "
                                + records
                                + " records. Transactions "
                                + ids
                                + ", the first prepared at "
                                + Instant.ofEpochMilli(
                                        requests.get(0).getCommittable().preparedMs())
                                + ". See docs/connectors/jdbc.md on what to do about the records");
        requests.forEach(request -> request.signalFailedWithKnownReason(error));
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
