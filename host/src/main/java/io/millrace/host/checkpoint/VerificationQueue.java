package io.millrace.host.checkpoint;

import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.plan.JobId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which complete checkpoint is read through next. Reads no clock, starts nothing. Not thread-safe.
 *
 * <p>Of each job only the newest one waits; a job's turns are {@link #PAUSE_MS} apart, so that the
 * NameNode has few calls more; the job that has waited longest comes first; files that were found
 * whole are not read again.
 */
final class VerificationQueue {
    static final long PAUSE_MS = 60_000;

    /** Of a job. */
    private static final class Waiting {
        private Work next; // null if there is nothing new
        private long dueAtMs = Long.MIN_VALUE;
        private Set<Long> retained = Set.of();
        private final Set<String> whole = new HashSet<>();
    }

    /** What is to be read. Immutable. */
    record Work(
            JobId jobId,
            CheckpointDirectory directory,
            Manifest manifest,
            long bytesPerSecond,
            Set<String> known) {
        Work {
            known = Set.copyOf(known);
        }

        long checkpointId() {
            return manifest.checkpointId();
        }
    }

    private final Map<JobId, Waiting> jobs = new LinkedHashMap<>();

    /**
     * A checkpoint is complete.
     *
     * @param retained those that the pointer names now
     * @param bytesPerSecond 0 if nothing is to be read
     */
    void completed(
            CheckpointDirectory directory,
            Manifest manifest,
            Collection<CheckpointRecord> retained,
            long bytesPerSecond,
            long nowMs) {
        if (bytesPerSecond == 0) {
            return;
        }
        JobId jobId = directory.jobId();
        Waiting waiting = jobs.computeIfAbsent(jobId, job -> new Waiting());
        Set<Long> ids = new HashSet<>();
        retained.forEach(record -> ids.add(record.checkpointId()));
        waiting.retained = ids;
        if (waiting.next == null) {
            waiting.dueAtMs = Math.max(waiting.dueAtMs, nowMs);
        }
        waiting.next = new Work(jobId, directory, manifest, bytesPerSecond, Set.of());
    }

    void forget(JobId jobId) {
        jobs.remove(jobId);
    }

    /** Takes what is to be read now; null if there is nothing yet. */
    Work take(long nowMs) {
        Waiting first = null;
        for (Waiting waiting : jobs.values()) {
            boolean due = waiting.next != null && waiting.dueAtMs <= nowMs;
            if (due && (first == null || waiting.dueAtMs < first.dueAtMs)) {
                first = waiting;
            }
        }
        if (first == null) {
            return null;
        }
        Work taken = first.next;
        List<String> named = taken.manifest().files().stream().map(StoredFile::file).toList();
        first.whole.retainAll(named);
        first.next = null;
        first.dueAtMs = nowMs + PAUSE_MS;
        return new Work(
                taken.jobId(),
                taken.directory(),
                taken.manifest(),
                taken.bytesPerSecond(),
                first.whole);
    }

    /** When {@link #take} has something; empty if nothing waits. */
    OptionalLong dueAtMs() {
        return jobs.values().stream()
                .filter(waiting -> waiting.next != null)
                .mapToLong(waiting -> waiting.dueAtMs)
                .min();
    }

    /** Whether what is being read still counts: files of others may be gone. */
    boolean isRetained(Work work) {
        Waiting waiting = jobs.get(work.jobId());
        return waiting != null && waiting.retained.contains(work.checkpointId());
    }

    /** Files need not be read again. */
    void whole(Work work, Set<String> files) {
        Waiting waiting = jobs.get(work.jobId());
        if (waiting != null) {
            waiting.whole.addAll(files);
        }
    }
}
