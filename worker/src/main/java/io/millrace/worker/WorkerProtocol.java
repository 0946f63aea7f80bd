package io.millrace.worker;

import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.ToWorker.Rejected;
import io.millrace.runtime.message.ToWorker.Shutdown;
import io.millrace.runtime.message.ToWorker.Welcome;
import java.util.function.BooleanSupplier;

/**
 * A worker's side of the conversation with its coordinator: registration, heartbeats, lease and
 * fencing by epoch. Pure: messages and times in, steps out; confined to the worker's loop.
 *
 * <p>Only a message of the highest epoch seen so far renews the lease; an older leader can neither
 * command a worker nor keep it alive.
 *
 * <p>A worker that loses its coordinator and has results of stages is an orphan: it runs nothing,
 * keeps them, and asks again and again for the next coordinator, for a limited time.
 */
final class WorkerProtocol {
    private static final WorkerStep NOTHING = new WorkerStep.Nothing();
    private static final long REJOIN_EVERY_MS = 500;

    private final Lease lease;
    private final long registrationTimeoutMs;
    private final long orphanTimeoutMs;
    private final BooleanSupplier hasResults;
    private boolean registered;
    private long epoch;
    private long heartbeatIntervalMs;
    private long nextBeatAtMs;
    private long beats;
    private long ignored;
    private String linkLost;
    private boolean orphaned;
    private long orphanedAtMs;
    private long nextRejoinAtMs;

    /** Of a worker that never has results. */
    WorkerProtocol(long registrationTimeoutMs, long nowMs) {
        this(registrationTimeoutMs, 0, () -> false, nowMs);
    }

    /**
     * @param registrationTimeoutMs the lease until the coordinator names another one
     * @param orphanTimeoutMs how long results are kept for the next coordinator
     * @param hasResults whether there are any now
     */
    WorkerProtocol(
            long registrationTimeoutMs,
            long orphanTimeoutMs,
            BooleanSupplier hasResults,
            long nowMs) {
        this.lease = new Lease(registrationTimeoutMs, nowMs);
        this.registrationTimeoutMs = registrationTimeoutMs;
        this.orphanTimeoutMs = orphanTimeoutMs;
        this.hasResults = hasResults;
    }

    WorkerStep onMessage(ToWorker message, long nowMs) {
        if (message.epoch() < epoch) {
            ignored++;
            return NOTHING;
        }
        epoch = message.epoch();
        lease.heard(nowMs);
        return switch (message.kind()) {
            case WELCOME -> welcomed((Welcome) message, nowMs);
            case REJECTED -> new WorkerStep.End(WorkerExit.REJECTED, ((Rejected) message).reason());
            case HEARTBEAT_ACK -> NOTHING;
            case SHUTDOWN ->
                    new WorkerStep.End(WorkerExit.SHUT_DOWN, ((Shutdown) message).reason());
            case DEPLOY,
                    CANCEL_TASKS,
                    DROP_RESULTS,
                    ASSIGN_SPLITS,
                    SOURCE_EVENT,
                    SOURCE_LIMIT,
                    TRIGGER_CHECKPOINT,
                    CHECKPOINT_ENDED,
                    STOP_TASKS,
                    RELEASE_JOB,
                    NEW_TOKENS ->
                    new WorkerStep.Obey(message);
        };
    }

    private WorkerStep welcomed(Welcome welcome, long nowMs) {
        registered = true;
        orphaned = false;
        heartbeatIntervalMs = welcome.heartbeatIntervalMs();
        lease.timeout(welcome.heartbeatTimeoutMs());
        nextBeatAtMs = nowMs + heartbeatIntervalMs;
        return NOTHING;
    }

    /** What time alone demands; call when {@link #nextTickAtMs} has come, after all messages. */
    WorkerStep onTick(long nowMs) {
        if (orphaned) {
            return orphanTick(nowMs);
        }
        if (lease.isExpired(nowMs)) {
            return mayBeOrphan() ? orphan("nothing was heard of it", nowMs) : expired();
        }
        if (registered && linkLost == null && nowMs >= nextBeatAtMs) {
            nextBeatAtMs =
                    nowMs + heartbeatIntervalMs; // beats that were missed are not made up for
            return new WorkerStep.Beat(++beats);
        }
        return NOTHING;
    }

    private boolean mayBeOrphan() {
        return registered && orphanTimeoutMs > 0 && hasResults.getAsBoolean();
    }

    private WorkerStep orphan(String reason, long nowMs) {
        orphaned = true;
        orphanedAtMs = nowMs;
        nextRejoinAtMs = nowMs + REJOIN_EVERY_MS;
        return new WorkerStep.Abandon(reason);
    }

    private WorkerStep orphanTick(long nowMs) {
        if (nowMs - orphanedAtMs >= orphanTimeoutMs) {
            return new WorkerStep.End(
                    WorkerExit.COORDINATOR_LOST,
                    "no other coordinator was found in " + orphanTimeoutMs + " ms");
        }
        if (nowMs < nextRejoinAtMs) {
            return NOTHING;
        }
        nextRejoinAtMs = nowMs + REJOIN_EVERY_MS;
        return new WorkerStep.Rejoin(epoch);
    }

    /** An orphan has asked a coordinator to register; it waits for the answer. */
    void onRejoined(long nowMs) {
        nextRejoinAtMs = nowMs + registrationTimeoutMs;
    }

    private WorkerStep expired() {
        String silence = "nothing heard from the coordinator for " + lease.timeoutMs() + " ms";
        if (!registered) {
            return new WorkerStep.End(
                    WorkerExit.NOT_REGISTERED, silence + " after asking to register");
        }
        return new WorkerStep.End(
                WorkerExit.COORDINATOR_LOST,
                linkLost == null ? silence : silence + "; the connection broke: " + linkLost);
    }

    /**
     * The connection is gone. An orderly end is the coordinator's; after a broken one the tasks run
     * on until the lease ends, unless there are results to be kept.
     *
     * @param cause null if the end was orderly
     */
    WorkerStep onLinkClosed(Throwable cause, long nowMs) {
        if (orphaned) {
            nextRejoinAtMs = nowMs + REJOIN_EVERY_MS;
            return NOTHING;
        }
        if (cause == null) {
            return new WorkerStep.End(
                    registered ? WorkerExit.COORDINATOR_LOST : WorkerExit.NOT_REGISTERED,
                    "the coordinator closed the connection");
        }
        if (mayBeOrphan()) {
            return orphan("the connection broke: " + cause.getMessage(), nowMs);
        }
        linkLost = String.valueOf(cause.getMessage());
        return NOTHING;
    }

    long nextTickAtMs() {
        if (orphaned) {
            return Math.min(nextRejoinAtMs, orphanedAtMs + orphanTimeoutMs);
        }
        return registered && linkLost == null
                ? Math.min(nextBeatAtMs, lease.endsAtMs())
                : lease.endsAtMs();
    }

    /** The highest epoch that was obeyed; 0 before the first message. */
    long epoch() {
        return epoch;
    }

    /** Messages of former leaders that were ignored. */
    long ignored() {
        return ignored;
    }
}
