package io.millrace.testutils.connector;

import io.millrace.api.sink.Committer;

/** A request that remembers what a committer said. Confined to the test. */
final class ContractRequest<CommT> implements Committer.CommitRequest<CommT> {
    private final CommT committable;
    private String verdict = "committed";
    private boolean committed = true;

    ContractRequest(CommT committable) {
        this.committable = committable;
    }

    boolean isCommitted() {
        return committed;
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
        return 0;
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
        not("asks to be tried again");
    }

    @Override
    public void updateAndRetryLater(CommT updated) {
        not("asks to be tried again as " + updated);
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
