package io.millrace.testutils.connector;

import io.millrace.api.sink.Committer;

/** A request that remembers what a committer said. Confined to the test. */
final class ContractRequest<CommT> implements Committer.CommitRequest<CommT> {
    private CommT committable;
    private String verdict = "committed";
    private boolean committed = true;
    private boolean asksAgain;
    private int retries;

    ContractRequest(CommT committable) {
        this.committable = committable;
    }

    boolean isCommitted() {
        return committed;
    }

    /** Whether the committer cannot say yet what became of it. */
    boolean asksAgain() {
        return asksAgain;
    }

    /** It is given to the committer again. */
    void retry() {
        verdict = "committed";
        committed = true;
        asksAgain = false;
        retries++;
    }

    private void not(String why) {
        verdict = why;
        committed = false;
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
        not("failed: " + t);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable t) {
        not("failed: " + t);
    }

    @Override
    public void retryLater() {
        not("asks to be tried again, after " + retries + " times");
        asksAgain = true;
    }

    @Override
    public void updateAndRetryLater(CommT updated) {
        retryLater();
        committable = updated;
    }

    @Override
    public void signalAlreadyCommitted() {
        verdict = "committed before";
    }

    @Override
    public String toString() {
        return committable + " " + verdict;
    }
}
