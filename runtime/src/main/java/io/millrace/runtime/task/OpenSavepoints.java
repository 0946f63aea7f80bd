package io.millrace.runtime.task;

import io.millrace.runtime.plan.JobId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The savepoints that somebody waits for. Thread-safe: who hears of an end marks it here, and a
 * thread in the middle of writing asks.
 */
final class OpenSavepoints {
    private final Set<Id> open = ConcurrentHashMap.newKeySet();

    private record Id(JobId jobId, long checkpointId) {}

    void begin(JobId jobId, long checkpointId) {
        open.add(new Id(jobId, checkpointId));
    }

    void end(JobId jobId, long checkpointId) {
        open.remove(new Id(jobId, checkpointId));
    }

    void endAll(JobId jobId) {
        open.removeIf(id -> id.jobId().equals(jobId));
    }

    boolean isOpen(JobId jobId, long checkpointId) {
        return open.contains(new Id(jobId, checkpointId));
    }
}
