package io.millrace.connector.jdbc.sink;

import io.millrace.api.sink.Committer;
import java.util.Collection;
import java.util.List;

/** One request and what the committer said of it. */
final class Commit implements Committer.CommitRequest<JdbcCommittable> {
    private final JdbcCommittable committable;
    private String said = "committed";
    private Throwable failure;
    private int retries;

    private Commit(JdbcCommittable committable) {
        this.committable = committable;
    }

    /** Asks once. */
    static List<Commit> once(JdbcCommitter committer, Collection<JdbcCommittable> committables)
            throws InterruptedException {
        List<Commit> all = committables.stream().map(Commit::new).toList();
        committer.commit(List.<Committer.CommitRequest<JdbcCommittable>>copyOf(all));
        return all;
    }

    /** Asks with a committer of its own, again and again while it wants that. */
    static List<Commit> of(JdbcSinkSettings<?> settings, Collection<JdbcCommittable> committables)
            throws InterruptedException {
        List<Commit> all = committables.stream().map(Commit::new).toList();
        JdbcCommitter committer = new JdbcCommitter(settings);
        try {
            List<Commit> open = all;
            while (!open.isEmpty()) {
                open.forEach(each -> each.said = "committed");
                committer.commit(List.<Committer.CommitRequest<JdbcCommittable>>copyOf(open));
                open = open.stream().filter(each -> each.said.equals("again")).toList();
                open.forEach(each -> each.retries++);
            }
        } finally {
            committer.close();
        }
        return all;
    }

    /** {@code committed}, {@code already}, {@code again}, {@code lost} or {@code failed}. */
    String said() {
        return said;
    }

    Throwable failure() {
        return failure;
    }

    @Override
    public JdbcCommittable getCommittable() {
        return committable;
    }

    @Override
    public int getNumberOfRetries() {
        return retries;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable t) {
        said = "lost";
        failure = t;
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable t) {
        said = "failed";
        failure = t;
    }

    @Override
    public void retryLater() {
        said = "again";
    }

    @Override
    public void updateAndRetryLater(JdbcCommittable committable) {
        throw new UnsupportedOperationException("a transaction does not change");
    }

    @Override
    public void signalAlreadyCommitted() {
        said = "already";
    }
}
