package io.millrace.runtime.metrics;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;

/** What the metrics of committers are called, in tasks and beside the coordinator. Pure. */
final class CommittableNames {
    private CommittableNames() {}

    static Counter total(ScopedGroup group) {
        return group.counter("totalCommittables");
    }

    static Counter failed(ScopedGroup group) {
        return group.counter("failedCommittables");
    }

    static Counter retried(ScopedGroup group) {
        return group.counter("retriedCommittables");
    }

    static Counter successful(ScopedGroup group) {
        return group.counter("successfulCommittables");
    }

    static Counter alreadyCommitted(ScopedGroup group) {
        return group.counter("alreadyCommittedCommittables");
    }

    static void pending(ScopedGroup group, Gauge<Integer> gauge) {
        group.gauge("pendingCommittables", gauge);
    }
}
