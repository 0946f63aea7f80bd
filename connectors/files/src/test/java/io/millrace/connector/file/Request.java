package io.millrace.connector.file;

import io.millrace.api.sink.Committer;

/** A request that remembers what was said about it. Confined to the test. */
final class Request implements Committer.CommitRequest<FileSinkCommittable> {
    private final FileSinkCommittable committable;
    private boolean failed;

    Request(FileSinkCommittable committable) {
        this.committable = committable;
    }

    /** Whether the committer has said that it is not committed. */
    boolean failed() {
        return failed;
    }

    @Override
    public FileSinkCommittable getCommittable() {
        return committable;
    }

    @Override
    public int getNumberOfRetries() {
        return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable t) {
        failed = true;
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable t) {
        failed = true;
    }

    @Override
    public void retryLater() {
        failed = true;
    }

    @Override
    public void updateAndRetryLater(FileSinkCommittable updated) {
        failed = true;
    }

    @Override
    public void signalAlreadyCommitted() {}
}
