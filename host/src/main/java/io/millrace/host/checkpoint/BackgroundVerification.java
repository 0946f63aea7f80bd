package io.millrace.host.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.coordinator.Event;
import io.millrace.host.checkpoint.VerificationQueue.Work;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Verification;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads complete checkpoints once more, slowly, so that damage shows while there is another one to
 * go back to. Thread-safe; no method waits. The reading is done on the thread {@code
 * checkpoint-verification}.
 */
final class BackgroundVerification implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundVerification.class);
    private static final int SHOWN = 10;

    private final VerificationQueue queue = new VerificationQueue(); // guarded by itself
    private final Consumer<Event> events;
    private final ScheduledThreadPoolExecutor thread;
    private Future<?> wakeUp = CompletableFuture.completedFuture(null); // confined to the thread

    /**
     * @param events takes what was found; must not wait
     */
    BackgroundVerification(Consumer<Event> events) {
        this.events = events;
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        body -> {
                            Thread made = new Thread(body, "checkpoint-verification");
                            made.setDaemon(true);
                            made.setPriority(Thread.MIN_PRIORITY);
                            return made;
                        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A checkpoint is complete, and the pointer names these. */
    void completed(
            JobGraph graph,
            CheckpointDirectory directory,
            Manifest manifest,
            Collection<CheckpointRecord> retained) {
        long rate = Config.of(graph.config()).get(VerificationOptions.RATE);
        synchronized (queue) { // the storage thread adds, the verification thread takes
            queue.completed(directory, manifest, retained, rate, nowMs());
        }
        post(0);
    }

    void forget(JobId jobId) {
        synchronized (queue) { // see above
            queue.forget(jobId);
        }
    }

    private Future<?> post(long delayMs) {
        try {
            return thread.schedule(this::run, delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("nothing is verified any more: the leader ends");
            return CompletableFuture.completedFuture(null);
        }
    }

    private void run() {
        try {
            turn();
        } catch (Throwable e) { // the top of this thread; the job does not depend on it
            LOG.error("the verification of a checkpoint failed", e);
        }
    }

    private void turn() {
        long nowMs = nowMs();
        Work work;
        OptionalLong dueAtMs;
        synchronized (queue) { // see above
            work = queue.take(nowMs);
            dueAtMs = queue.dueAtMs();
        }
        if (work != null) {
            verify(work);
            post(0);
        } else if (dueAtMs.isPresent()) {
            wakeUp.cancel(false);
            wakeUp = post(dueAtMs.getAsLong() - nowMs);
        }
    }

    private void verify(Work work) {
        Verification.Result result;
        try {
            Throttle throttle = new Throttle(work.bytesPerSecond(), System.nanoTime());
            result =
                    Verification.of(
                            work.directory(),
                            work.manifest(),
                            bytes -> pause(work, throttle, bytes),
                            work.known());
        } catch (Abandoned e) {
            return;
        } catch (MillraceException e) {
            LOG.warn(
                    "a checkpoint could not be verified job={} checkpoint={} cause={}",
                    work.jobId(),
                    work.checkpointId(),
                    e.getMessage());
            return;
        }
        synchronized (queue) { // see above
            if (!queue.isRetained(work)) {
                return; // its files may be gone by right
            }
            queue.whole(work, result.wholeFiles());
        }
        report(work, result);
    }

    private void report(Work work, Verification.Result result) {
        if (result.isWhole()) {
            LOG.info(
                    "a checkpoint was verified job={} checkpoint={} bytes={}",
                    work.jobId(),
                    work.checkpointId(),
                    result.bytes());
            return;
        }
        for (String damage : result.damages().subList(0, shown(result))) {
            LOG.error(
                    "a complete checkpoint is damaged job={} checkpoint={} damage={}",
                    work.jobId(),
                    work.checkpointId(),
                    damage);
        }
        if (!result.damagedFiles().isEmpty()) {
            events.accept(
                    new Event.CheckpointDamaged(
                            work.jobId(),
                            List.copyOf(result.damagedFiles()),
                            new FailureReport(
                                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                                    "checkpoint "
                                            + work.checkpointId()
                                            + " was complete and is damaged now: "
                                            + result.damages().get(0)
                                            + (result.damages().size() > 1
                                                    ? " (and "
                                                            + (result.damages().size() - 1)
                                                            + " more)"
                                                    : "")
                                            + ". The job runs on; the next checkpoint is written"
                                            + " whole. Check the logs of the storage; 'millrace"
                                            + " checkpoint verify "
                                            + work.directory().path()
                                            + "' lists all damage.",
                                    "",
                                    null)));
        }
    }

    private static int shown(Verification.Result result) {
        return Math.min(SHOWN, result.damages().size());
    }

    private void pause(Work work, Throttle throttle, int bytes) {
        boolean retained;
        synchronized (queue) { // see above
            retained = queue.isRetained(work);
        }
        if (!retained) {
            throw new Abandoned();
        }
        try {
            TimeUnit.NANOSECONDS.sleep(throttle.pauseNanos(bytes, System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Abandoned();
        }
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Gives up what is being read. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Nobody asks for the result any more. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super(null, null, false, false);
        }
    }
}
