package io.millrace.connector.file;

import io.millrace.api.time.ProcessingTimeService;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A clock that the test moves, with the calls that become due on the way. */
final class ManualTimers implements ProcessingTimeService {
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long nowMs = 1_000;

    void advance(long ms) throws Exception {
        long until = nowMs + ms;
        while (!timers.isEmpty() && timers.peek().atMs <= until) {
            Timer due = timers.remove();
            nowMs = Math.max(nowMs, due.atMs);
            if (!due.isCancelled()) {
                due.target.onProcessingTime(due.atMs);
            }
        }
        nowMs = until;
    }

    int registered() {
        return (int) timers.stream().filter(timer -> !timer.isCancelled()).count();
    }

    @Override
    public long getCurrentProcessingTime() {
        return nowMs;
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
        Timer timer = new Timer(timestamp, target);
        timers.add(timer);
        return timer;
    }

    /** A call. */
    private static final class Timer extends CompletableFuture<Void>
            implements ScheduledFuture<Void> {
        private final long atMs;
        private final ProcessingTimeCallback target;

        Timer(long atMs, ProcessingTimeCallback target) {
            this.atMs = atMs;
            this.target = target;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atMs, TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(atMs, ((Timer) other).atMs);
        }
    }
}
