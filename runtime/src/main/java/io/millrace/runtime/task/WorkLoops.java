package io.millrace.runtime.task;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The threads that give turns: one for each lane, one more for each entry that blocks, and a
 * monitor. Thread-safe.
 */
/* An entry belongs to a lane; a lane's idle thread helps out in the others, and what it helps with
 * moves to its own lane. A turn over the limit makes the monitor give the lane to a new thread; the
 * stuck one keeps its entry and serves it alone until it has behaved for long.
 */
final class WorkLoops implements TaskThreads {
    private static final long BUSY_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long JOIN_MS = 2_000;

    private final long turnLimitNanos;
    private final Consumer<Throwable> fatal;
    private final LongConsumer onCheck;
    private final Lane[] lanes;
    private final AtomicInteger nextLane = new AtomicInteger();
    private final AtomicInteger threadsMade = new AtomicInteger();
    private final CopyOnWriteArrayList<WorkLoop> running = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Thread> threads = new CopyOnWriteArrayList<>();
    private final Thread monitor;
    // Guarded by itself: entries that want a turn at a time.
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((a, b) -> Long.compare(a.atNanos - b.atNanos, 0));
    // Written by close, read by all loops.
    private volatile boolean closing;

    private record Timer(long atNanos, LoopEntry entry) {}

    /**
     * @param fatal told of what no loop survives
     * @param onCheck called by the monitor with the time, at least every 100 ms
     */
    WorkLoops(int loops, long turnLimitNanos, Consumer<Throwable> fatal, LongConsumer onCheck) {
        this.turnLimitNanos = turnLimitNanos;
        this.fatal = fatal;
        this.onCheck = onCheck;
        this.lanes = new Lane[loops];
        for (int i = 0; i < loops; i++) {
            lanes[i] = new Lane(this);
        }
        this.monitor = prepared(new Thread(this::monitor, "loop-monitor"));
    }

    @Override
    public void start() {
        for (Lane lane : lanes) {
            startLoop(lane);
        }
        monitor.start();
    }

    private void startLoop(Lane lane) {
        WorkLoop loop = new WorkLoop(this, lane, "loop-" + threadsMade.getAndIncrement());
        Thread thread = prepared(new LoopThread(loop));
        running.add(loop);
        threads.add(thread);
        thread.start();
    }

    private Thread prepared(Thread thread) {
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, error) -> fatal.accept(error));
        return thread;
    }

    @Override
    public LoopEntry add(Turnable work, String name) {
        return new LoopEntry(work, anyLane(), this::interrupt);
    }

    Lane anyLane() {
        return lanes[Math.floorMod(nextLane.getAndIncrement(), lanes.length)];
    }

    long turnLimitNanos() {
        return turnLimitNanos;
    }

    boolean isClosing() {
        return closing;
    }

    /** Work of another lane that calls for help, or null. */
    LoopEntry takeFromOthers(Lane idle) {
        for (Lane lane : lanes) {
            if (lane != idle) {
                LoopEntry entry = lane.pollToHelp();
                if (entry != null) {
                    return entry;
                }
            }
        }
        return null;
    }

    boolean anyOtherCallsForHelp(Lane idle) {
        for (Lane lane : lanes) {
            if (lane != idle && lane.callsForHelp()) {
                return true;
            }
        }
        return false;
    }

    void wakeOneSleeper() {
        for (Lane lane : lanes) {
            if (lane.wakeSleeper()) {
                return;
            }
        }
    }

    /** An idle entry may want a turn at a time. */
    void scheduleTurn(LoopEntry entry, long atNanos) {
        if (atNanos == Long.MAX_VALUE) {
            return;
        }
        boolean first;
        synchronized (timers) {
            if (entry.timerAtNanos <= atNanos) {
                return;
            }
            entry.timerAtNanos = atNanos;
            timers.add(new Timer(atNanos, entry));
            first = timers.peek().entry == entry;
        }
        if (first) {
            LockSupport.unpark(monitor);
        }
    }

    private void interrupt(LoopEntry entry) {
        running.forEach(loop -> loop.interruptIfRuns(entry));
    }

    void ended(WorkLoop loop) {
        running.remove(loop);
        threads.remove(Thread.currentThread());
    }

    private void monitor() {
        long pauseNanos = LONGEST_CHECK_NANOS;
        while (!closing) {
            long before = System.nanoTime();
            LockSupport.parkNanos(this, Math.min(pauseNanos, untilTimer(before)));
            long now = System.nanoTime();
            wakeTimers(now);
            // Whoever slept too long cannot say that others are slow.
            if (now - before < pauseNanos + turnLimitNanos / 2) {
                replaceStuck(now);
            }
            callForHelpWhereEntriesWait();
            onCheck.accept(now);
            boolean busy = running.stream().anyMatch(WorkLoop::inTurn);
            pauseNanos = busy ? BUSY_CHECK_NANOS : Math.min(2 * pauseNanos, LONGEST_CHECK_NANOS);
        }
    }

    /** For what came at the beginning of a turn that became long. */
    private void callForHelpWhereEntriesWait() {
        for (Lane lane : lanes) {
            if (!lane.isEmpty()) {
                lane.callForHelp();
            }
        }
    }

    private long untilTimer(long now) {
        synchronized (timers) {
            Timer next = timers.peek();
            return next == null ? Long.MAX_VALUE : Math.max(1, next.atNanos - now);
        }
    }

    private void wakeTimers(long now) {
        List<LoopEntry> due = new ArrayList<>();
        synchronized (timers) {
            while (!timers.isEmpty() && timers.peek().atNanos - now <= 0) {
                Timer timer = timers.remove();
                // One that was overtaken by an earlier one wakes for nothing, which is harmless.
                if (timer.entry.timerAtNanos == timer.atNanos) {
                    timer.entry.timerAtNanos = LoopEntry.NO_TIMER;
                }
                due.add(timer.entry);
            }
        }
        due.forEach(LoopEntry::wake);
    }

    private void replaceStuck(long now) {
        for (WorkLoop loop : running) {
            Lane lane = loop.leaveLaneIfStuck(now);
            if (lane != null) {
                startLoop(lane);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(monitor);
        threads.forEach(LockSupport::unpark);
        List<Thread> all = new ArrayList<>(threads);
        all.add(monitor);
        Joining.joinAll(all, JOIN_MS);
    }
}
