package io.millrace.coordinator.job;

import io.millrace.coordinator.ClusterView.ExceptionView;
import io.millrace.runtime.message.FailureReport;
import java.util.ArrayDeque;
import java.util.List;

/** The last failures of a job, for people. Confined to the coordinator's thread. */
final class FailureLog {
    static final int CAPACITY = 32;

    private final ArrayDeque<ExceptionView> entries = new ArrayDeque<>();

    /**
     * @param task that failed, or null
     * @param workerId where, or null
     */
    void add(long atMs, FailureReport failure, String task, String workerId) {
        if (entries.size() == CAPACITY) {
            entries.removeFirst();
        }
        entries.addLast(new ExceptionView(atMs, failure.inWords(), task, workerId));
    }

    List<ExceptionView> entries() {
        return List.copyOf(entries);
    }
}
