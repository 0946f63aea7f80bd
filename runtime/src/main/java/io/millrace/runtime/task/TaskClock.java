package io.millrace.runtime.task;

import java.util.concurrent.locks.LockSupport;

/** The time as tasks see it. Thread-safe; a test's stands still until it is moved. */
interface TaskClock {
    TaskClock SYSTEM =
            new TaskClock() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public long wallMs() {
                    return System.currentTimeMillis();
                }

                @Override
                public void pause(long nanos) {
                    LockSupport.parkNanos(this, nanos);
                }
            };

    /** Only differences mean something. */
    long nanos();

    /** Milliseconds since the epoch. */
    long wallMs();

    /** Lets time pass; ends early if the thread is unparked or interrupted. */
    void pause(long nanos);
}
