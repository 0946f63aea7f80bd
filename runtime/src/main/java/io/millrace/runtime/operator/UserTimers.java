package io.millrace.runtime.operator;

import io.millrace.api.time.ProcessingTimeService;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.time.ProcessingTimers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The timers of a task as user code sees them. Confined to the task. */
final class UserTimers implements ProcessingTimeService {
    private final String operator;
    private final ProcessingTimers timers;
    private final LongSupplier clockMs;

    /**
     * @param operator for whose errors
     */
    UserTimers(String operator, ProcessingTimers timers, LongSupplier clockMs) {
        this.operator = operator;
        this.timers = timers;
        this.clockMs = clockMs;
    }

    @Override
    public long getCurrentProcessingTime() {
        return clockMs.getAsLong();
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
        Timer timer = new Timer(timestamp, target);
        timer.call = timers.at(timestamp, timer::onTime);
        return timer;
    }

    /** One call that was asked for. */
    private final class Timer extends CompletableFuture<Void> implements ScheduledFuture<Void> {
        private final long atMs;
        private final ProcessingTimeCallback target;
        private ProcessingTimers.Call call;

        Timer(long atMs, ProcessingTimeCallback target) {
            this.atMs = atMs;
            this.target = target;
        }

        private void onTime() {
            try {
                target.onProcessingTime(atMs);
                complete(null);
            } catch (Throwable e) {
                completeExceptionally(e);
                throw UserCodeException.of(operator, e);
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            call.cancel();
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atMs - clockMs.getAsLong(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
