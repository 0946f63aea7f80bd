package io.millrace.runtime.time;

import io.millrace.api.time.TimeDomain;

/**
 * The timers of one keyed operator, in both domains. Confined to the task.
 *
 * <p>While a timer fires the target may register and delete others; what is due by then fires in
 * the same call.
 */
public final class KeyedTimers {
    private final Target target;
    private final ProcessingTimers calls;
    private final TimerQueue eventTime = new TimerQueue();
    private final TimerQueue processingTime = new TimerQueue();
    // The call for the first processing-time timer, and its time; null if there is none.
    private ProcessingTimers.Call next;
    private long nextMs = Long.MAX_VALUE;
    private boolean ended;

    /** Whose timers these are. */
    public interface Target {
        /** A timer has fired. */
        void onTimer(TimeDomain domain, long timestampMs, Object key);

        /** The wall clock, in milliseconds since the epoch. */
        long processingTimeMs();
    }

    public KeyedTimers(Target target, ProcessingTimers calls) {
        this.target = target;
        this.calls = calls;
    }

    public void register(TimeDomain domain, long timestampMs, Object key) {
        if (ended) {
            return;
        }
        if (domain == TimeDomain.EVENT_TIME) {
            eventTime.add(timestampMs, key);
        } else {
            processingTime.add(timestampMs, key);
            callAtFirst();
        }
    }

    public void delete(TimeDomain domain, long timestampMs, Object key) {
        if (domain == TimeDomain.EVENT_TIME) {
            eventTime.remove(timestampMs, key);
        } else {
            processingTime.remove(timestampMs, key);
        }
    }

    /** Event time has come so far: fires what is due, the earliest first. */
    public void onWatermark(long watermarkMs) {
        while (!eventTime.isEmpty() && eventTime.firstMs() <= watermarkMs) {
            fire(TimeDomain.EVENT_TIME, eventTime.poll());
        }
    }

    /** Fires what is still registered for the wall clock, as if its time had come. */
    public void fireAllOfProcessingTime() {
        while (!processingTime.isEmpty()) {
            fire(TimeDomain.PROCESSING_TIME, processingTime.poll());
        }
    }

    /** Drops what is registered: nothing fires any more, since the input has ended. */
    public void end() {
        ended = true;
        if (next != null) {
            next.cancel();
        }
    }

    private void onCall() {
        next = null;
        nextMs = Long.MAX_VALUE;
        long nowMs = target.processingTimeMs();
        while (!processingTime.isEmpty() && processingTime.firstMs() <= nowMs) {
            fire(TimeDomain.PROCESSING_TIME, processingTime.poll());
        }
        callAtFirst();
    }

    private void callAtFirst() {
        long firstMs = processingTime.firstMs();
        if (processingTime.isEmpty() || firstMs >= nextMs) {
            return;
        }
        if (next != null) {
            next.cancel();
        }
        nextMs = firstMs;
        next = calls.at(firstMs, this::onCall);
    }

    private void fire(TimeDomain domain, TimerQueue.Timer timer) {
        target.onTimer(domain, timer.timestampMs, timer.key);
    }

    /** Visits the timers of a domain, in no order; {@code visitor} may register and delete. */
    public void forEach(TimeDomain domain, Visitor visitor) {
        TimerQueue queue = domain == TimeDomain.EVENT_TIME ? eventTime : processingTime;
        for (TimerQueue.Timer timer : queue.all()) {
            visitor.visit(timer.timestampMs, timer.key);
        }
    }

    /** Is shown timers. */
    public interface Visitor {
        void visit(long timestampMs, Object key);
    }

    /** How many are registered. */
    public int size(TimeDomain domain) {
        return (domain == TimeDomain.EVENT_TIME ? eventTime : processingTime).size();
    }
}
