package io.millrace.api.sink;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.SinkCommitterMetricGroup;
import java.util.Objects;

/**
 * Counts what becomes of the committables of one committer; for who calls committers, which is the
 * engine. Confined to the commit's thread; what it has counted may be read by any.
 */
public final class CommitCounts {
    private final SinkCommitterMetricGroup group;
    private final Counter total;
    private final Counter successful;
    private final Counter alreadyCommitted;
    private final Counter retried;
    private final Counter failed;
    private volatile int pending; // written by the commit's thread, read by reporters

    /**
     * @param group of the committer; its counters, and the gauge of those that are pending, are
     *     registered there
     */
    public CommitCounts(SinkCommitterMetricGroup group) {
        this.group = Objects.requireNonNull(group);
        this.total = group.getNumCommittablesTotalCounter();
        this.successful = group.getNumCommittablesSuccessCounter();
        this.alreadyCommitted = group.getNumCommittablesAlreadyCommittedCounter();
        this.retried = group.getNumCommittablesRetryCounter();
        this.failed = group.getNumCommittablesFailureCounter();
        group.setCurrentPendingCommittablesGauge(() -> pending);
    }

    /** What the committer itself sees. */
    public SinkCommitterMetricGroup group() {
        return group;
    }

    /** So many have come to be committed; those that come again after a failure count again. */
    public void came(int committables) {
        total.inc(committables);
    }

    /** So many wait to be committed, now. */
    public void pending(int committables) {
        pending = committables;
    }

    void committed() {
        successful.inc();
    }

    void alreadyCommitted() {
        alreadyCommitted.inc();
    }

    void retried() {
        retried.inc();
    }

    void failed() {
        failed.inc();
    }
}
