package io.millrace.testutils;

import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A cluster in the test's process. Workers start with the first job. Thread-safe.
 *
 * <p>{@link TestStreamEnvironment#setAsContext} makes programs run on it.
 */
public class MiniCluster implements AutoCloseable {
    private final MiniClusterResourceConfiguration configuration;
    private RememberedJobs executor; // null while it does not run; guarded by this object's lock

    public MiniCluster(MiniClusterResourceConfiguration configuration) {
        this.configuration = Objects.requireNonNull(configuration);
    }

    /** With the class loader of the thread, which sees the test's classes. */
    public void start() {
        start(Thread.currentThread().getContextClassLoader());
    }

    /**
     * @param user sees the classes of the programs that will run
     */
    public synchronized void start(ClassLoader user) {
        if (executor != null) {
            throw new IllegalStateException("The cluster already runs.");
        }
        Config options = configuration.toOptions().toConfig();
        executor = new RememberedJobs(new EmbeddedJobExecutor(options, user));
    }

    public synchronized boolean isRunning() {
        return executor != null;
    }

    public int getNumberSlots() {
        return configuration.getNumberTaskManagers() * configuration.getNumberSlotsPerTaskManager();
    }

    /** Takes the jobs of programs. */
    synchronized RememberedJobs executor() {
        if (executor == null) {
            throw new IllegalStateException("The cluster does not run; start it first.");
        }
        return executor;
    }

    /**
     * Cancels the jobs that run and waits until they have ended, at most the shutdown timeout.
     *
     * @throws IllegalStateException if a job goes on; it says which
     */
    public void cancelAllJobs() {
        long deadline = System.nanoTime() + configuration.getShutdownTimeout().toNanos();
        for (JobClient job : executor().running()) {
            try {
                job.cancel().get(left(deadline), TimeUnit.NANOSECONDS);
                job.getJobExecutionResult()
                        .handle((result, failure) -> job.getJobID())
                        .get(left(deadline), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                throw new IllegalStateException(
                        "Job "
                                + job.getJobID()
                                + " did not end within "
                                + configuration.getShutdownTimeout()
                                + " after it was cancelled.",
                        e);
            }
        }
    }

    private static long left(long deadlineNanos) {
        return Math.max(0, deadlineNanos - System.nanoTime());
    }

    /** Ends the cluster; jobs that still run are abandoned. Idempotent. */
    @Override
    public synchronized void close() {
        if (executor != null) {
            executor.close();
            executor = null;
        }
    }
}
