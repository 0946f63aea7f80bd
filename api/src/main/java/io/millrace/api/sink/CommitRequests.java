package io.millrace.api.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests of one committer and what it said about each; for who calls committers, which is the
 * engine. Confined to the commit's thread.
 */
public final class CommitRequests {
    private CommitRequests() {}

    /**
     * Those that came back to be retried, their verdicts counted and cleared.
     *
     * @throws MillraceException if one of them can never be committed: then prepared output is
     *     lost, and a job that went on would be wrong
     */
    public static <CommT> List<One<CommT>> wantingRetry(
            List<One<CommT>> requests, String sink, CommitCounts counts) {
        requests.forEach(request -> request.count(counts));
        List<One<CommT>> again = new ArrayList<>();
        for (One<CommT> request : requests) {
            switch (request.verdict) {
                case COMMITTED, ALREADY_COMMITTED -> {}
                case RETRY -> again.add(request.next());
                case LOST ->
                        throw new MillraceException(
                                ErrorCode.DATA_LOSS,
                                "sink '"
                                        + sink
                                        + "' cannot make a part of its output visible any more: "
                                        + request.cause
                                        + ". The job's output is incomplete; run the job again.",
                                request.cause);
                case UNKNOWN ->
                        throw new MillraceException(
                                ErrorCode.COMMIT_FAILED,
                                "sink '"
                                        + sink
                                        + "' failed to commit: "
                                        + request.cause
                                        + ". Check the system that the sink writes to.",
                                request.cause);
            }
        }
        return again;
    }

    /** What a committer said about a request; without a word it is committed. */
    private enum Verdict {
        COMMITTED,
        ALREADY_COMMITTED,
        RETRY,
        LOST,
        UNKNOWN
    }

    /** One committable and its fate. Confined to the commit's thread. */
    public static final class One<CommT> implements Committer.CommitRequest<CommT> {
        private CommT committable;
        private int retries;
        private Verdict verdict = Verdict.COMMITTED;
        private Throwable cause;

        public One(CommT committable) {
            this.committable = committable;
        }

        private void count(CommitCounts counts) {
            switch (verdict) {
                case COMMITTED -> counts.committed();
                case ALREADY_COMMITTED -> counts.alreadyCommitted();
                case RETRY -> counts.retried();
                case LOST, UNKNOWN -> counts.failed();
            }
        }

        private One<CommT> next() {
            retries++;
            verdict = Verdict.COMMITTED;
            return this;
        }

        @Override
        public CommT getCommittable() {
            return committable;
        }

        @Override
        public int getNumberOfRetries() {
            return retries;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable t) {
            verdict = Verdict.LOST;
            cause = t;
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable t) {
            verdict = Verdict.UNKNOWN;
            cause = t;
        }

        @Override
        public void retryLater() {
            verdict = Verdict.RETRY;
        }

        @Override
        public void updateAndRetryLater(CommT updated) {
            committable = updated;
            verdict = Verdict.RETRY;
        }

        @Override
        public void signalAlreadyCommitted() {
            verdict = Verdict.ALREADY_COMMITTED;
        }
    }
}
