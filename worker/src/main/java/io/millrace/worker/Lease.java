package io.millrace.worker;

/**
 * How long a worker may act without word from its coordinator. Pure: reads no clock. Confined to
 * the worker's loop.
 */
final class Lease {
    private long timeoutMs;
    private long heardAtMs;

    Lease(long timeoutMs, long nowMs) {
        this.timeoutMs = timeoutMs;
        this.heardAtMs = nowMs;
    }

    void heard(long nowMs) {
        heardAtMs = Math.max(heardAtMs, nowMs);
    }

    void timeout(long newTimeoutMs) {
        timeoutMs = newTimeoutMs;
    }

    boolean isExpired(long nowMs) {
        return nowMs - heardAtMs >= timeoutMs;
    }

    long endsAtMs() {
        return heardAtMs + timeoutMs;
    }

    long timeoutMs() {
        return timeoutMs;
    }
}
