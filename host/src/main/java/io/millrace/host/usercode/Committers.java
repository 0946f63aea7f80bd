package io.millrace.host.usercode;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.fault.FaultPoint;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.metrics.CoordinatorMetrics;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes prepared output visible, one thread per commit. Confined to the coordinator's thread;
 * {@link #commit} does not wait, and ends in one {@link Event.CommitEnded} through {@code events}.
 */
public final class Committers implements AutoCloseable {
    private final UserCode userCode;
    private final Consumer<Event> events;
    private final CommitterMetrics metrics;
    private final CommitRunner.Pause pause;
    private final Map<JobId, Thread> threads = new HashMap<>();

    /**
     * @param events takes the outcomes; called on the committers' threads, must not wait
     * @param metrics where committables are counted; closed by the caller
     */
    public Committers(UserCode userCode, Consumer<Event> events, CoordinatorMetrics metrics) {
        this(userCode, events, metrics, Thread::sleep);
    }

    /**
     * @param pause waits between two rounds of requests that want to be retried
     */
    Committers(
            UserCode userCode,
            Consumer<Event> events,
            CoordinatorMetrics metrics,
            CommitRunner.Pause pause) {
        this.metrics = new CommitterMetrics(metrics);
        this.userCode = userCode;
        this.events = events;
        this.pause = pause;
    }

    /**
     * Commits all that the job's sinks have prepared. The coordinator asks again only after the
     * answer, so that a job never has two threads here.
     */
    public void commit(Effect.Commit effect) {
        JobId jobId = effect.graph().jobId();
        threads.values().removeIf(thread -> !thread.isAlive());
        Thread thread =
                new Thread(
                        () -> events.accept(new Event.CommitEnded(jobId, run(effect))),
                        "committer-" + jobId.hex().substring(0, 8));
        thread.setDaemon(true);
        threads.put(jobId, thread);
        thread.start();
    }

    /** Null if everything is visible now. */
    private FailureReport run(Effect.Commit effect) {
        try {
            ClassLoader loader = userCode.loaderOf(effect.graph());
            Thread.currentThread().setContextClassLoader(loader);
            FailureReport failure =
                    new CommitRunner(effect.graph(), loader, metrics, pause)
                            .commit(effect.committables(), effect.last(), effect.beforeTasks());
            FaultPoint.COMMIT_DONE.hit();
            return failure;
        } catch (Throwable e) { // the top of this thread
            return UserFailures.report(e, "committing", null, ErrorCode.COMMIT_FAILED);
        }
    }

    /** The job has ended, and its committers' metrics with it. */
    public void jobEnded(JobId jobId) {
        metrics.forget(jobId);
    }

    /**
     * Interrupts what commits. Whether it got through is unknown then; the next leader commits
     * again, which committers must bear.
     */
    @Override
    public void close() {
        List<Thread> interrupted = new ArrayList<>(threads.values());
        threads.clear();
        interrupted.forEach(Thread::interrupt);
        metrics.close();
    }
}
