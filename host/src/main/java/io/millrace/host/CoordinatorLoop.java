package io.millrace.host;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.Coordinator;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.ToCoordinator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinator's one thread: takes what has happened, asks the coordinator, has the effects
 * carried out. Thread-safe on the outside: {@link #post} only queues, {@link #view} is published.
 *
 * <p>An error on the thread ends it for good: half of an event's effects may be done, and only a
 * new leader that reads the journal knows again where everything stands.
 */
final class CoordinatorLoop implements Inbox, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorLoop.class);

    /**
     * An hour's worth of a thousand workers' heartbeats: so much waits only if the thread is stuck.
     */
    private static final int CAPACITY = 1 << 20;

    private static final long PUBLISH_EVERY_MS = 100;
    private static final long LONGEST_WAIT_MS = 10_000;

    private record Mail(Arrival arrival, CompletableFuture<Void> handled) {}

    private final Coordinator coordinator;
    private final JobWatch watch;
    private final Timers timers;
    private final LongSupplier clock;
    private final FatalHandler fatal;
    private final LinkedBlockingQueue<Mail> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final Thread thread;

    // Written by the coordinator's thread, read by any: the view is immutable.
    private volatile ClusterView view;
    // Written by the thread when it ends, and by close(): later mail is dropped.
    private volatile boolean ended;
    private volatile boolean closing;

    // Confined to the thread.
    private EffectRunner effects;
    private Supplier<List<JournalEntry>> journal;
    private boolean changed;
    private long publishedAtMs;

    CoordinatorLoop(
            Coordinator coordinator,
            JobWatch watch,
            Timers timers,
            LongSupplier clock,
            FatalHandler fatal) {
        this.coordinator = coordinator;
        this.watch = watch;
        this.timers = timers;
        this.clock = clock;
        this.fatal = fatal;
        this.view = coordinator.view();
        this.thread = new Thread(this::run, "coordinator");
        this.thread.setDaemon(true);
    }

    /**
     * @param journal reads the journal; called on the thread
     */
    void start(EffectRunner effects, Supplier<List<JournalEntry>> journal) {
        this.effects = effects; // seen by the thread because it starts after this
        this.journal = journal;
        thread.start();
    }

    Timers timers() {
        return timers;
    }

    ClusterView view() {
        return view;
    }

    @Override
    public void post(Arrival arrival) {
        enqueue(new Mail(arrival, null));
    }

    /**
     * Completes when the event's effects are carried out; exceptionally if that will not happen.
     */
    CompletableFuture<Void> postAndTell(Event event) {
        CompletableFuture<Void> handled = new CompletableFuture<>();
        enqueue(new Mail(() -> event, handled));
        return handled;
    }

    private void enqueue(Mail mail) {
        if (!queue.offer(mail) && !ended) {
            LOG.error("Dropped an event: {} wait for the coordinator's thread.", CAPACITY);
            thread.interrupt(); // which ends it: a coordinator that misses events is wrong
        }
        if (ended) {
            refuseWhatWaits();
        }
    }

    private void run() {
        Throwable failure = null;
        try {
            long nowMs = clock.getAsLong();
            effects.carryOut(coordinator.recover(journal.get(), nowMs), nowMs);
            watch.look(coordinator);
            publish(nowMs);
            while (!closing) {
                turn();
            }
        } catch (Throwable e) { // the top of the thread
            failure = e;
        }
        ended = true;
        refuseWhatWaits();
        if (failure != null && !closing) {
            fatal.onFatal(failure);
        }
    }

    private void turn() throws InterruptedException {
        long nowMs = clock.getAsLong();
        TimerId due = timers.takeDue(nowMs);
        if (due != null) {
            handle(new Event.TimerFired(due), nowMs);
        } else {
            Mail mail = queue.poll(waitMs(nowMs), TimeUnit.MILLISECONDS);
            if (mail != null) {
                take(mail);
            }
        }
        publishIfDue();
    }

    private long waitMs(long nowMs) {
        long wait = timers.untilNext(nowMs, LONGEST_WAIT_MS);
        return changed ? Math.min(wait, untilPublication(nowMs)) : wait;
    }

    private void take(Mail mail) {
        try {
            Event event = mail.arrival().toEvent();
            if (event != null) {
                handle(event, clock.getAsLong());
            }
        } catch (RuntimeException | Error e) {
            refuse(mail, e);
            throw e;
        }
        if (mail.handled() != null) {
            publish(clock.getAsLong()); // whoever waits for it may look at once
            mail.handled().complete(null);
        }
    }

    private void handle(Event event, long nowMs) {
        LOG.trace("{}", event);
        if (event instanceof Event.WorkerSpoke spoke
                && spoke.message().kind() == ToCoordinator.Kind.CHECKPOINT_ACKED) {
            FaultPoint.CHECKPOINT_ACKNOWLEDGEMENT_CAME.hit();
        }
        List<Effect> decided = coordinator.on(event, nowMs);
        effects.carryOut(decided, nowMs);
        watch.look(coordinator);
        changed = true;
    }

    private void publishIfDue() {
        if (changed) {
            long nowMs = clock.getAsLong();
            if (untilPublication(nowMs) == 0) {
                publish(nowMs);
            }
        }
    }

    private long untilPublication(long nowMs) {
        return Math.max(0, publishedAtMs + PUBLISH_EVERY_MS - nowMs);
    }

    private void publish(long nowMs) {
        view = coordinator.view();
        publishedAtMs = nowMs;
        changed = false;
    }

    /** Publishes at once; on the coordinator's thread. */
    void publishNow() {
        publish(clock.getAsLong());
    }

    private void refuseWhatWaits() {
        for (Mail mail = queue.poll(); mail != null; mail = queue.poll()) {
            refuse(mail, null);
        }
    }

    private static void refuse(Mail mail, Throwable cause) {
        if (mail.handled() != null) {
            mail.handled().completeExceptionally(gone(cause));
        }
    }

    static MillraceException gone(Throwable cause) {
        ErrorCode code =
                cause == null
                        ? ErrorCode.LEADERSHIP_LOST
                        : MillraceException.codeOf(cause, ErrorCode.INTERNAL);
        return new MillraceException(
                code,
                "the coordinator has ended"
                        + (cause == null ? "." : ": " + cause.getMessage())
                        + " Ask the next one, or run the job again.",
                cause);
    }

    /** Ends the thread and waits for it, unless called on it. Idempotent. */
    @Override
    public void close() {
        closing = true;
        queue.offer(new Mail(() -> null, null));
        if (Thread.currentThread() == thread || !thread.isAlive()) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
