package io.millrace.coordinator.dispatch;

import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.job.JobMaster;
import io.millrace.coordinator.job.JobState;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The jobs by their ids. Confined to the coordinator's thread.
 *
 * <p>An id belongs to one job for ever: a second submission of it finds the first one's job, also
 * after its end, and after a change of leader. Of the jobs that ended, the last {@value #SHOWN} can
 * be looked at, and the last {@value #REMEMBERED} are known to have ended.
 */
public final class Dispatcher {
    static final int SHOWN = 100;
    static final int REMEMBERED = 10_000;

    private final Map<JobId, JobMaster> active = new LinkedHashMap<>();
    private final Map<JobId, JobView> ended = new LinkedHashMap<>();
    private final Map<JobId, JobResult.Outcome> outcomes = new LinkedHashMap<>();

    /** Whether the id belongs to a job already. */
    public boolean knows(JobId id) {
        return active.containsKey(id) || outcomes.containsKey(id);
    }

    public void add(JobMaster job) {
        active.put(job.id(), job);
    }

    /** The same job goes on at another parallelism, in its place. */
    public void replace(JobMaster successor) {
        active.replace(successor.id(), successor);
    }

    /** The job, or null if there is none or it has ended. */
    public JobMaster active(JobId id) {
        return id == null ? null : active.get(id);
    }

    /** The jobs that have not ended, in the order of submission; a copy. */
    public List<JobMaster> active() {
        return List.copyOf(active.values());
    }

    /** Files away the jobs that have ended. */
    public void retireEnded() {
        for (JobMaster job : active()) {
            if (job.state().isTerminal()) {
                active.remove(job.id());
                remember(job.view());
            }
        }
    }

    /** Takes over a job that ended under an earlier leader. */
    public void rememberResult(JobResult result) {
        remember(
                new JobView(
                        result.jobId(),
                        result.name(),
                        JobState.of(result.outcome()),
                        null,
                        result.endedAtMs() - result.durationMs(),
                        result.endedAtMs(),
                        0,
                        result.recordsIn(),
                        result.recordsOut(),
                        result.failure(),
                        List.of(),
                        List.of(),
                        List.of(),
                        result));
    }

    public List<JobView> views() {
        List<JobView> views = new ArrayList<>(ended.values());
        active.values().forEach(job -> views.add(job.view()));
        return views;
    }

    /** Null if the job is not known, or ended too long ago. */
    public JobState stateOf(JobId id) {
        JobMaster job = active.get(id);
        if (job != null) {
            return job.state();
        }
        JobView view = ended.get(id);
        return view == null ? null : view.state();
    }

    /** Null like {@link #stateOf}. */
    public JobView viewOf(JobId id) {
        JobMaster job = active.get(id);
        return job != null ? job.view() : ended.get(id);
    }

    private void remember(JobView view) {
        ended.put(view.id(), view);
        outcomes.put(view.id(), view.result().outcome());
        dropOldest(ended, SHOWN);
        dropOldest(outcomes, REMEMBERED);
    }

    private static <V> void dropOldest(Map<JobId, V> map, int limit) {
        if (map.size() > limit) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
