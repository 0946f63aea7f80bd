package io.millrace.host;

import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.Coordinator;
import io.millrace.coordinator.job.JobState;
import io.millrace.host.submit.StatusListeners;
import io.millrace.runtime.plan.JobId;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees each change of the state of jobs that somebody listens to. Jobs are added by any thread, and
 * looked at by the coordinator's after each event.
 */
final class JobWatch implements AutoCloseable {
    private final Map<JobId, Watched> jobs = new ConcurrentHashMap<>();

    private static final class Watched {
        private final StatusListeners listeners;
        private JobState last; // confined to the coordinator's thread

        Watched(StatusListeners listeners) {
            this.listeners = listeners;
        }
    }

    void add(JobId jobId, StatusListeners listeners) {
        jobs.put(jobId, new Watched(listeners));
    }

    /** The job was not accepted. */
    void forget(JobId jobId) {
        Watched watched = jobs.remove(jobId);
        if (watched != null) {
            watched.listeners.end();
        }
    }

    /** Completes when the listeners of a job have been told all; at once if there are none. */
    CompletableFuture<Void> told(JobId jobId) {
        Watched watched = jobs.get(jobId);
        return watched == null ? CompletableFuture.completedFuture(null) : watched.listeners.told();
    }

    /** On the coordinator's thread, which only posts here. */
    void look(Coordinator coordinator) {
        if (jobs.isEmpty()) {
            return;
        }
        Iterator<Map.Entry<JobId, Watched>> all = jobs.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<JobId, Watched> entry = all.next();
            Watched watched = entry.getValue();
            JobState now = coordinator.stateOf(entry.getKey());
            if (now != null && now != watched.last) {
                watched.last = now;
                JobView job = coordinator.viewOf(entry.getKey());
                watched.listeners.onState(job);
                if (now.isTerminal()) {
                    all.remove();
                }
            }
        }
    }

    @Override
    public void close() {
        jobs.keySet().forEach(this::forget);
    }
}
