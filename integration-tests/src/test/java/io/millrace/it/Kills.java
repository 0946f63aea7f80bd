package io.millrace.it;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills processes of the one application on a sandbox, again and again. Between two kills lies at
 * least one complete checkpoint, or a job would never get on. Confined to one thread.
 */
final class Kills {
    private static final int WORKERS_BEFORE_A_MASTER = 3;

    private final Sandbox sandbox;
    private final String checkpoints;
    private final int masters;
    private final Random random;
    private int workersKilled;
    private int mastersKilled;

    /**
     * @param checkpoints where they lie on HDFS
     * @param masters how often an application master is killed, each time after three workers
     */
    Kills(Sandbox sandbox, String checkpoints, int masters, long seed) {
        this.sandbox = sandbox;
        this.checkpoints = checkpoints;
        this.masters = masters;
        this.random = new Random(seed);
    }

    /** Returns when the job's command has ended, or after the limit, with an error. */
    void untilEnd(Millrace.Running job, Duration every, Duration limit) {
        String id = Applications.awaitOne(sandbox);
        long deadline = System.nanoTime() + limit.toNanos();
        long next = System.nanoTime();
        long seen = 0;
        while (job.isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "the job did not end within " + limit + ", kills: " + this + job.err());
            }
            if (System.nanoTime() >= next) {
                long latest = Checkpoints.latest(sandbox.hdfs(), checkpoints);
                if (latest > seen && killOne(id)) {
                    System.out.println("killed after checkpoint " + latest + ": " + this);
                    seen = latest;
                    next = System.nanoTime() + every.toNanos();
                }
            }
            LockSupport.parkNanos(100_000_000L);
        }
    }

    private boolean killOne(String id) {
        boolean master =
                mastersKilled < masters
                        && workersKilled >= WORKERS_BEFORE_A_MASTER * (mastersKilled + 1);
        List<ProcessHandle> victims = master ? Workers.appMasterOf(id) : Workers.of(id);
        if (victims.isEmpty()) {
            return false;
        }
        victims.get(random.nextInt(victims.size())).destroyForcibly();
        if (master) {
            mastersKilled++;
        } else {
            workersKilled++;
        }
        return true;
    }

    int workersKilled() {
        return workersKilled;
    }

    @Override
    public String toString() {
        return workersKilled + " workers, " + mastersKilled + " application masters";
    }
}
