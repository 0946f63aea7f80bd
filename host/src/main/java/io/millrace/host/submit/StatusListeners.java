package io.millrace.host.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.JobExecutionStatusEvent;
import io.millrace.api.stream.JobID;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.stream.JobStatusChangedListener;
import io.millrace.api.stream.JobStatusChangedListenerFactory;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.job.JobState;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program's listeners to the status of one job. {@link #onState} posts, on the coordinator's
 * thread; the listeners are called on a thread of this job's, which ends with the job.
 */
public final class StatusListeners {
    private static final Logger LOG = LoggerFactory.getLogger(StatusListeners.class);

    private final JobGraph graph;
    private final ClassLoader user;
    private final ExecutorService thread;
    private final ExecutorService forWaiting;
    private final List<JobStatusChangedListener> listeners = new ArrayList<>();
    private final CompletableFuture<Void> told = new CompletableFuture<>();

    // Confined to the coordinator's thread.
    private JobStatus status;

    private StatusListeners(JobGraph graph, ClassLoader user) {
        this.graph = graph;
        this.user = user;
        this.thread = Executors.newSingleThreadExecutor(work -> thread("status", work));
        this.forWaiting = Executors.newCachedThreadPool(work -> thread("status-io", work));
    }

    private Thread thread(String name, Runnable work) {
        Thread made = new Thread(work, name + "-" + graph.jobId().hex().substring(0, 8));
        made.setDaemon(true);
        made.setContextClassLoader(user);
        return made;
    }

    /** Whether a job names listeners. */
    public static boolean wanted(JobGraph graph) {
        return !names(graph).isEmpty();
    }

    private static List<String> names(JobGraph graph) {
        return Config.of(graph.config()).get(StatusOptions.LISTENERS);
    }

    /**
     * Makes the listeners that a job names.
     *
     * @param user the program's class loader
     * @throws MillraceException {@code PROGRAM_INVALID} if one cannot be made
     */
    public static StatusListeners of(JobGraph graph, ClassLoader user) {
        StatusListeners made = new StatusListeners(graph, user);
        try {
            for (String name : names(graph)) {
                made.listeners.add(made.listener(name));
            }
            return made;
        } catch (RuntimeException e) {
            made.end();
            throw e;
        }
    }

    private JobStatusChangedListener listener(String factory) {
        try {
            return Class.forName(factory, true, user)
                    .asSubclass(JobStatusChangedListenerFactory.class)
                    .getConstructor()
                    .newInstance()
                    .createListener(new Context(graph, user, forWaiting));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the listener to the status of job '"
                            + graph.name()
                            + "' could not be made by "
                            + factory
                            + " (execution.job-status-changed-listeners): "
                            + e
                            + ". The class must be in the program's jars, implement"
                            + " JobStatusChangedListenerFactory, and have a public constructor"
                            + " without parameters.",
                    e);
        }
    }

    /** The job is as the view says. The first call only says where it begins. */
    public void onState(JobView job) {
        JobStatus now = statusOf(job.state());
        JobStatus before = status;
        status = now;
        if (before != null && before != now) {
            FailureReport failure = job.failure();
            post(() -> tell(before, now, failure));
        }
        if (job.state().isTerminal()) {
            end();
        }
    }

    /** The job can have no more changes here. What was posted is still told. */
    public void end() {
        post(
                () -> {
                    forWaiting.shutdown();
                    told.complete(null);
                });
        thread.shutdown();
    }

    /** Completes after the last call of a listener. */
    public CompletableFuture<Void> told() {
        return told;
    }

    private void post(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            // The coordinator's process is being closed: nobody listens any more.
            LOG.debug("Nobody listens any more. job={}", graph.jobId());
        }
    }

    /** Slots are waited for in the status that a job is created with. */
    private static JobStatus statusOf(JobState state) {
        return switch (state) {
            case CREATED, WAITING_FOR_WORKERS -> JobStatus.CREATED;
            case RUNNING, COMMITTING -> JobStatus.RUNNING;
            case RESTARTING -> JobStatus.RESTARTING;
            case CANCELLING -> JobStatus.CANCELLING;
            case FINISHED -> JobStatus.FINISHED;
            case FAILED -> JobStatus.FAILED;
            case CANCELED -> JobStatus.CANCELED;
        };
    }

    private void tell(JobStatus before, JobStatus now, FailureReport failure) {
        Event event =
                new Event(
                        JobID.fromHexString(graph.jobId().hex()),
                        graph.name(),
                        before,
                        now,
                        now == JobStatus.FAILED && failure != null
                                ? Failures.exception(graph.jobId(), failure, user)
                                : null);
        for (JobStatusChangedListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | LinkageError e) { // user code
                LOG.warn(
                        "A listener to the status of a job failed. job={} status={} listener={}",
                        graph.jobId(),
                        now,
                        listener.getClass().getName(),
                        e);
            }
        }
    }

    private record Event(
            JobID jobId,
            String jobName,
            JobStatus oldStatus,
            JobStatus newStatus,
            Throwable exception)
            implements JobExecutionStatusEvent {}

    private record Context(JobGraph graph, ClassLoader user, Executor forWaiting)
            implements JobStatusChangedListenerFactory.Context {
        @Override
        public Configuration getConfiguration() {
            return Configuration.fromMap(graph.config());
        }

        @Override
        public ClassLoader getUserClassLoader() {
            return user;
        }

        @Override
        public Executor getIOExecutor() {
            return forWaiting;
        }
    }
}
