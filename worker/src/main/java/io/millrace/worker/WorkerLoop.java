package io.millrace.worker;

import io.millrace.api.error.MillraceException;
import io.millrace.runtime.message.ToCoordinator.Heartbeat;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.ToWorker.AssignSplits;
import io.millrace.runtime.message.ToWorker.CancelTasks;
import io.millrace.runtime.message.ToWorker.CheckpointEnded;
import io.millrace.runtime.message.ToWorker.DeployTasks;
import io.millrace.runtime.message.ToWorker.DropResults;
import io.millrace.runtime.message.ToWorker.EnumeratorEvent;
import io.millrace.runtime.message.ToWorker.ReleaseJob;
import io.millrace.runtime.message.ToWorker.SourceLimit;
import io.millrace.runtime.message.ToWorker.StopTasks;
import io.millrace.runtime.message.ToWorker.TriggerCheckpoint;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.task.TaskExecutor;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the {@link WorkerProtocol} decides. Other threads only post; {@link #turn} and
 * all that it calls belong to one thread, or to a test.
 */
final class WorkerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);

    private final String workerId;
    private final WorkerProtocol protocol;
    private final LongSupplier clockMs;
    // Posted to by the link's thread and whoever stops the worker. Emptied without waiting, so what
    // bounds it is how much a coordinator sends.
    private final BlockingQueue<Arrival> inbox = new LinkedBlockingQueue<>();
    private TaskExecutor executor;
    private Joining joining;
    private Consumer<byte[]> onTokens;
    private CoordinatorLink link;
    // Of the link that counts: what others still say is not heard.
    private int links;

    /** Something from outside: what the protocol says to it. */
    private interface Arrival {
        WorkerStep step(long nowMs);
    }

    WorkerLoop(String workerId, WorkerProtocol protocol, LongSupplier clockMs) {
        this.workerId = workerId;
        this.protocol = protocol;
        this.clockMs = clockMs;
    }

    /** Connects to whoever leads now, and asks to register. */
    interface Joining {
        /**
         * @param results that the worker has of stages
         * @throws MillraceException if nobody is there
         */
        CoordinatorLink join(CoordinatorLink.Receiver receiver, long epoch, List<ResultId> results);
    }

    /**
     * Names what to act on; before the first turn.
     *
     * @param tokens takes what the coordinator hands to this process; must not throw
     */
    void actOn(TaskExecutor tasks, Joining coordinator, Consumer<byte[]> tokens) {
        this.executor = tasks;
        this.joining = coordinator;
        this.onTokens = tokens;
    }

    /**
     * Connects for the first time; before the first turn.
     *
     * @throws MillraceException if nobody is there
     */
    void join() {
        link = joining.join(nextReceiver(), 0, List.of());
    }

    private CoordinatorLink.Receiver nextReceiver() {
        int number = ++links;
        return new CoordinatorLink.Receiver() {
            @Override
            public void onMessage(ToWorker message) {
                inbox.add(
                        nowMs ->
                                number == links
                                        ? protocol.onMessage(message, nowMs)
                                        : new WorkerStep.Nothing());
            }

            @Override
            public void onClosed(Throwable cause) {
                inbox.add(
                        nowMs ->
                                number == links
                                        ? protocol.onLinkClosed(cause, nowMs)
                                        : new WorkerStep.Nothing());
            }
        };
    }

    /** Says goodbye; after the last turn. */
    void closeLink() {
        if (link != null) {
            link.close();
        }
    }

    private void abandon(String reason) {
        LOG.warn(
                "Lost the coordinator; kept results for the next one. worker={} reason=\"{}\"",
                workerId,
                reason);
        links++;
        link.close();
        executor.abandonTasks();
    }

    private void rejoin(long epoch) {
        if (!executor.progress().stream().allMatch(task -> task.state().isTerminal())) {
            return;
        }
        try {
            CoordinatorLink made = joining.join(nextReceiver(), epoch, executor.results());
            link.close();
            link = made;
            protocol.onRejoined(clockMs.getAsLong());
            LOG.info("Asked another coordinator to register. worker={}", workerId);
        } catch (MillraceException e) {
            LOG.debug("No coordinator is there yet. worker={}", workerId, e);
        }
    }

    /** Ends the worker because its executor cannot go on. */
    void stop(WorkerExit exit, Throwable cause) {
        LOG.error("Worker {} cannot go on: exit={}", workerId, exit, cause);
        stop(exit, String.valueOf(cause.getMessage()));
    }

    /** Ends the worker from inside its process. */
    void stop(WorkerExit exit, String reason) {
        inbox.add(nowMs -> new WorkerStep.End(exit, reason));
    }

    /**
     * Does all that is due and waits for nothing: first what has arrived, then what time demands,
     * so that a worker that was held up hears what was said to it before it judges the silence.
     *
     * @return the end, or null to go on
     */
    WorkerStep.End turn() {
        Arrival arrival;
        while ((arrival = inbox.poll()) != null) {
            WorkerStep.End end = act(arrival.step(clockMs.getAsLong()));
            if (end != null) {
                return end;
            }
        }
        return act(protocol.onTick(clockMs.getAsLong()));
    }

    /** Turns until the end. */
    WorkerStep.End run() throws InterruptedException {
        WorkerStep.End end;
        while ((end = turn()) == null) {
            long waitMs = Math.max(1, protocol.nextTickAtMs() - clockMs.getAsLong());
            Arrival arrival = inbox.poll(waitMs, TimeUnit.MILLISECONDS);
            if (arrival != null) {
                end = act(arrival.step(clockMs.getAsLong()));
                if (end != null) {
                    return end;
                }
            }
        }
        return end;
    }

    private WorkerStep.End act(WorkerStep step) {
        return switch (step.kind()) {
            case NOTHING -> null;
            case OBEY -> obey(((WorkerStep.Obey) step).message());
            case BEAT -> {
                link.send(
                        new Heartbeat(
                                workerId,
                                ((WorkerStep.Beat) step).sequence(),
                                executor.progress()));
                yield null;
            }
            case ABANDON -> {
                abandon(((WorkerStep.Abandon) step).reason());
                yield null;
            }
            case REJOIN -> {
                rejoin(((WorkerStep.Rejoin) step).epoch());
                yield null;
            }
            case END -> (WorkerStep.End) step;
        };
    }

    private WorkerStep.End obey(ToWorker message) {
        LOG.debug("Obeyed: kind={} epoch={}", message.kind(), message.epoch());
        switch (message.kind()) {
            case DEPLOY -> executor.deploy((DeployTasks) message);
            case CANCEL_TASKS -> executor.cancel((CancelTasks) message);
            case DROP_RESULTS -> executor.dropResults((DropResults) message);
            case ASSIGN_SPLITS -> executor.assignSplits((AssignSplits) message);
            case SOURCE_EVENT -> executor.sourceEvent((EnumeratorEvent) message);
            case SOURCE_LIMIT -> executor.sourceLimit((SourceLimit) message);
            case TRIGGER_CHECKPOINT -> executor.triggerCheckpoint((TriggerCheckpoint) message);
            case CHECKPOINT_ENDED -> executor.checkpointEnded((CheckpointEnded) message);
            case STOP_TASKS -> executor.stop((StopTasks) message);
            case RELEASE_JOB -> executor.releaseJob((ReleaseJob) message);
            case NEW_TOKENS -> onTokens.accept(((ToWorker.NewTokens) message).sealed());
            case WELCOME, REJECTED, HEARTBEAT_ACK, SHUTDOWN ->
                    throw new IllegalStateException(message.kind() + " is not for tasks");
        }
        return null;
    }
}
