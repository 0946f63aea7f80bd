package io.millrace.api.sink;

import java.io.IOException;
import java.util.Collection;

/**
 * Makes prepared output visible. Idempotent: after a fault the same committables come again, and
 * those that are committed already must be recognised.
 */
public interface Committer<CommT> extends AutoCloseable {
    /**
     * Commits each request or signals what happened to it; a request without signal is committed.
     */
    void commit(Collection<CommitRequest<CommT>> committables)
            throws IOException, InterruptedException;

    /** One committable and its fate. */
    interface CommitRequest<CommT> {
        CommT getCommittable();

        /** 0 the first time. */
        int getNumberOfRetries();

        /** It can never be committed, for a reason that the job may survive. */
        void signalFailedWithKnownReason(Throwable t);

        /** It can never be committed: the job fails. */
        void signalFailedWithUnknownReason(Throwable t);

        void retryLater();

        void updateAndRetryLater(CommT committable);

        /** It had been committed before. */
        void signalAlreadyCommitted();
    }
}
