package io.millrace.runtime.operator;

import io.millrace.api.operator.ProcessingTimeService;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.time.ProcessingTimers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The wall clock of a task for a program's own operator. Confined to the task. */
final class WallClock implements ProcessingTimeService {
    private final OperatorContext context;
    private boolean quiet;

    WallClock(OperatorContext context) {
        this.context = context;
    }

    @Override
    public long getCurrentProcessingTime() {
        return context.clockMs().getAsLong();
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
        return new Calls(target, timestamp, Repeat.NEVER, 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
            ProcessingTimeCallback callback, long initialDelay, long period) {
        return repeated(callback, initialDelay, Repeat.AT_FIXED_RATE, period);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
            ProcessingTimeCallback callback, long initialDelay, long period) {
        return repeated(callback, initialDelay, Repeat.AFTER_EACH, period);
    }

    private Calls repeated(
            ProcessingTimeCallback callback, long initialDelay, Repeat repeat, long period) {
        if (period < 1) {
            throw new IllegalArgumentException(
                    "The period is at least 1 ms, not " + period + " ms.");
        }
        return new Calls(callback, getCurrentProcessingTime() + initialDelay, repeat, period);
    }

    @Override
    public CompletableFuture<Void> quiesce() {
        quiet = true;
        return CompletableFuture.completedFuture(null);
    }

    private enum Repeat {
        NEVER,
        AT_FIXED_RATE,
        AFTER_EACH
    }

    /** One call, or one after the other. Confined to the task. */
    private final class Calls implements ScheduledFuture<Object> {
        private final ProcessingTimeCallback target;
        private final Repeat repeat;
        private final long periodMs;
        private long atMs;
        private ProcessingTimers.Call next;
        private boolean cancelled;
        private boolean done;

        Calls(ProcessingTimeCallback target, long atMs, Repeat repeat, long periodMs) {
            this.target = target;
            this.repeat = repeat;
            this.periodMs = periodMs;
            this.atMs = atMs;
            this.next = context.processingTimers().at(atMs, this::run);
        }

        private void run() {
            if (quiet) {
                done = true;
                return;
            }
            try {
                target.onProcessingTime(atMs);
            } catch (Throwable e) {
                throw UserCodeException.of(context.name(), e);
            }
            if (repeat == Repeat.NEVER) {
                done = true;
            } else if (!cancelled) {
                atMs =
                        (repeat == Repeat.AT_FIXED_RATE ? atMs : getCurrentProcessingTime())
                                + periodMs;
                next = context.processingTimers().at(atMs, this::run);
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            if (isDone()) {
                return false;
            }
            cancelled = true;
            next.cancel();
            return true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean isDone() {
            return done || cancelled;
        }

        @Override
        public Object get() throws ExecutionException {
            if (!done) {
                throw new ExecutionException(
                        new IllegalStateException(
                                "The call runs on the task's thread, which cannot wait for it."));
            }
            return null;
        }

        @Override
        public Object get(long timeout, TimeUnit unit) throws ExecutionException {
            return get();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atMs - getCurrentProcessingTime(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
