package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Setup;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** How late records of a steady stream are while a gigabyte is checkpointed, and while not. */
final class Stalls {
    private static final int CHECKPOINTS = 3;
    private static final int QUIET_S = 30;

    private final Setup setup;
    private final Engine engine;

    Stalls(Setup setup, Engine engine) {
        this.setup = setup;
        this.engine = engine;
    }

    void run() throws Exception {
        quiet();
        watched();
    }

    private void quiet() throws Exception {
        UpdatePlan plan = Sizes.plan(Sizes.UPDATES_PER_SECOND);
        try (SeatProcess seat = SeatProcess.start(setup, engine, plan, Sizes.plain("hashmap"))) {
            seat.awaitFilled(plan);
            Thread.sleep(Sizes.INTERVAL_S * 1000);
            Watched watched = new Watched(seat, System.currentTimeMillis(), seat.workersCpu());
            Thread.sleep(QUIET_S * 1000);
            print("none", watched, System.currentTimeMillis(), "");
        }
    }

    private void watched() throws Exception {
        UpdatePlan plan = Sizes.plan(Sizes.UPDATES_PER_SECOND);
        Map<String, String> options = Sizes.checkpointed("hashmap");
        // Each one whole: a gigabyte is written each time.
        options.put("execution.checkpointing.incremental", "false");
        try (SeatProcess seat = SeatProcess.start(setup, engine, plan, options)) {
            seat.awaitFilled(plan);
            SeatProcess.Told told = seat.awaitCheckpoint(120);
            while (told.totalBytes() < Sizes.KEYS * Sizes.VALUE_BYTES) {
                told = seat.awaitCheckpoint(120);
            }
            Watched watched = new Watched(seat, told.atMs(), seat.workersCpu());
            long longest = 0;
            long turn = -1;
            for (int i = 0; i < CHECKPOINTS; i++) {
                told = seat.awaitCheckpoint(120);
                longest = Math.max(longest, told.durationMs());
                turn = Math.max(turn, told.turnMs());
            }
            print(
                    "1 GB, every " + Sizes.INTERVAL_S + " s",
                    watched,
                    told.atMs(),
                    String.format(
                            ", of %d MB, at most %d ms long%s",
                            told.writtenBytes() >> 20,
                            longest,
                            turn < 0 ? "" : ", longest turn of a task " + turn + " ms"));
        }
    }

    /** A job that is looked at since then. */
    private record Watched(SeatProcess seat, long fromMs, Duration cpuBefore) {}

    private void print(String checkpoints, Watched watched, long toMs, String more)
            throws IOException {
        Duration cpu = watched.seat().workersCpu().minus(watched.cpuBefore());
        BeatLines beats = watched.seat().beats();
        Lateness late = beats.lateness(watched.fromMs(), toMs);
        System.out.printf(
                "stall       %-8s checkpoints: %-17s %6.0f records/s, late p50 %.2f p99 %.2f p99.9"
                        + " %.2f max %.1f ms; workers used %.2f of a core, at most %d MB each%s%n",
                engine,
                checkpoints,
                beats.perSecond(watched.fromMs(), toMs),
                late.quantile(0.5),
                late.quantile(0.99),
                late.quantile(0.999),
                late.quantile(1),
                cpu.toMillis() / (double) (toMs - watched.fromMs()),
                watched.seat().peakMemoryMb(),
                more);
    }
}
