package io.millrace.runtime.checkpoint;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Writers rest in proportion to the processor time that they use, as long as the machine has no
 * processor idle: a savepoint has no hurry, records have. Thread-safe.
 */
/* Work is measured in processor time, so waiting for a disk costs no rest on top. Rests come often and are
 * short; a thread of low priority would instead be left waiting inside the VM, where all threads may have to
 * wait for it at a safepoint. The load is looked at by whichever writer comes first. */
public final class RestingPace implements SnapshotPace {
    private static final long LOOK_NANOS = 100_000_000;
    private static final long WORK_NANOS = 500_000;
    private static final long MOST_REST_NANOS = 200_000_000;

    private final WritingShare policy;
    private final Machine machine;
    private final BooleanSupplier hurry;
    private final BooleanSupplier givenUp;
    private final long beganNanos;
    private final AtomicLong lookAtNanos; // when the next look is due
    // Written by the writer that looks, read by all.
    private volatile double share;

    /** What is measured, and how a thread rests. Thread-safe. */
    interface Machine {
        long nowNanos();

        /** Processor time of the calling thread. */
        long workedNanos();

        /** Processors that have done nothing since the call before; negative if not known. */
        double idle();

        void rest(long nanos);
    }

    private RestingPace(
            WritingShare policy, Machine machine, BooleanSupplier hurry, BooleanSupplier givenUp) {
        this.policy = policy;
        this.machine = machine;
        this.hurry = hurry;
        this.givenUp = givenUp;
        this.beganNanos = machine.nowNanos();
        this.lookAtNanos = new AtomicLong(beganNanos + LOOK_NANOS);
        this.share = policy.least();
    }

    /**
     * Begins now.
     *
     * @param share of a processor that writers of this worker take while none lies idle
     * @param timeoutMs of the savepoint
     * @param hurry whether something waits behind it, so that there are no rests; any thread
     * @param givenUp whether nobody wants it any more; any thread
     */
    public static SnapshotPace begin(
            double share, long timeoutMs, BooleanSupplier hurry, BooleanSupplier givenUp) {
        return begin(share, timeoutMs, new ThisMachine(), hurry, givenUp);
    }

    static SnapshotPace begin(
            double share,
            long timeoutMs,
            Machine machine,
            BooleanSupplier hurry,
            BooleanSupplier givenUp) {
        return new RestingPace(new WritingShare(share, timeoutMs), machine, hurry, givenUp);
    }

    @Override
    public Step begin(int threads) {
        return new Rests(threads);
    }

    @Override
    public Step beginHolding() {
        return this::requireWanted;
    }

    @Override
    public boolean rests() {
        return policy.least() < 1;
    }

    private void requireWanted() throws IOException {
        if (givenUp.getAsBoolean()) {
            throw new InterruptedIOException("the savepoint was given up");
        }
    }

    private void look(int threads) {
        long now = machine.nowNanos();
        long due = lookAtNanos.get();
        if (now - due >= 0 && lookAtNanos.compareAndSet(due, now + LOOK_NANOS)) {
            share = policy.next(share, machine.idle(), threads, (now - beganNanos) / 1_000_000);
        }
    }

    /** Of one thread. */
    private final class Rests implements Step {
        private final int threads;
        private long before = machine.workedNanos();

        Rests(int threads) {
            this.threads = threads;
        }

        @Override
        public void worked() throws IOException {
            requireWanted();
            long now = machine.workedNanos();
            if (now - before < WORK_NANOS) {
                return;
            }
            look(threads);
            if (!hurry.getAsBoolean()) {
                long rest = WritingShare.restNanos(now - before, share, threads);
                if (rest > 0) {
                    machine.rest(Math.min(rest, MOST_REST_NANOS));
                }
            }
            before = machine.workedNanos();
        }
    }

    /** The one that this process runs on. */
    private static final class ThisMachine implements Machine {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private final OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        ThisMachine() {
            system.getCpuLoad(); // the next one is of the time since
        }

        @Override
        public long nowNanos() {
            return System.nanoTime();
        }

        @Override
        public long workedNanos() {
            return threads.getCurrentThreadCpuTime();
        }

        @Override
        public double idle() {
            double load = system.getCpuLoad();
            return load >= 0 && load <= 1
                    ? (1 - load) * Runtime.getRuntime().availableProcessors()
                    : -1;
        }

        @Override
        public void rest(long nanos) {
            LockSupport.parkNanos(this, nanos);
        }
    }
}
