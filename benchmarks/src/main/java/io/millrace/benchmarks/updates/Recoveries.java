package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From the death of a worker to full throughput, with a gigabyte of state. */
final class Recoveries {
    private static final int KILLS = 7;
    private static final int LIMIT_S = 120;
    private static final long SPAN_MS = 500;

    private final Setup setup;
    private final Engine engine;

    Recoveries(Setup setup, Engine engine) {
        this.setup = setup;
        this.engine = engine;
    }

    void run() throws Exception {
        UpdatePlan plan = Sizes.plan(Sizes.UPDATES_PER_SECOND);
        List<Double> seconds = new ArrayList<>();
        try (SeatProcess seat =
                SeatProcess.start(setup, engine, plan, Sizes.checkpointed("hashmap"))) {
            seat.awaitFilled(plan);
            for (int i = 0; i < Sizes.rounds(KILLS); i++) {
                seat.awaitCheckpoint(LIMIT_S);
                seat.awaitCheckpoint(LIMIT_S);
                // In the middle between two checkpoints.
                Thread.sleep(Sizes.INTERVAL_S * 1000 / 2);
                seconds.add(awaitFullThroughput(seat, seat.killWorker()));
            }
        }
        System.out.printf(
                "recovery    %-8s kill -9 to %d records/s: p50 %.1f s of %s%n",
                engine,
                Sizes.UPDATES_PER_SECOND,
                Losses.median(seconds),
                seconds.stream().map(each -> String.format("%.1f", each)).toList());
    }

    private double awaitFullThroughput(SeatProcess seat, long killedAtMs) throws Exception {
        long deadline = killedAtMs + LIMIT_S * 1000L;
        while (System.currentTimeMillis() < deadline) {
            Thread.sleep(200);
            // What the survivor did before it heard of the death does not count.
            long end =
                    seat.beats()
                            .firstSpan(
                                    killedAtMs + 300,
                                    System.currentTimeMillis() - 100,
                                    SPAN_MS,
                                    0.95 * Sizes.UPDATES_PER_SECOND);
            if (end >= 0) {
                return (end - SPAN_MS - killedAtMs) / 1000.0;
            }
        }
        throw new IOException(engine + " was not back within " + LIMIT_S + " s");
    }
}
