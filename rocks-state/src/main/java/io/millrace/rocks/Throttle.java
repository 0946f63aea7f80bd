package io.millrace.rocks;

import java.util.concurrent.locks.LockSupport;

/** Slows tasks down while memory is short. Thread-safe: the governor sets, tasks wait. */
final class Throttle {
    private volatile long pauseNanos; // written by the governor, read by tasks

    void setPauseNanos(long nanos) {
        pauseNanos = nanos;
    }

    long pauseNanos() {
        return pauseNanos;
    }

    /** Called by a task each time that its cache has grown by some entries. */
    void slow() {
        long nanos = pauseNanos;
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }
}
