package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Setup;

/** What an incremental checkpoint writes after one percent of a gigabyte has changed. */
final class Increments {
    private static final int CHECKPOINTS = 5;

    private final Setup setup;
    private final Engine engine;

    Increments(Setup setup, Engine engine) {
        this.setup = setup;
        this.engine = engine;
    }

    void run(String backend) throws Exception {
        UpdatePlan plan = Sizes.plan(Sizes.KEYS / 100 / Sizes.INTERVAL_S);
        try (SeatProcess seat =
                SeatProcess.start(setup, engine, plan, Sizes.checkpointed(backend))) {
            seat.awaitFilled(plan);
            // The first one may have begun while keys were filled.
            seat.awaitCheckpoint(180);
            SeatProcess.Told told = seat.awaitCheckpoint(180);
            long from = told.atMs();
            long written = 0;
            long most = 0;
            for (int i = 0; i < CHECKPOINTS; i++) {
                told = seat.awaitCheckpoint(180);
                written += told.writtenBytes();
                most = Math.max(most, told.writtenBytes());
            }
            double changed =
                    (double) seat.beats().count(from, told.atMs()) / CHECKPOINTS / Sizes.KEYS;
            double state = (double) Sizes.KEYS * Sizes.VALUE_BYTES;
            System.out.printf(
                    "increment   %-8s %-8s %.2f %% changed: %.1f MB written (at most %.1f), %.2f %%"
                            + " of %.0f MB of values; files of %.0f MB%n",
                    engine,
                    backend,
                    100 * changed,
                    written / 1e6 / CHECKPOINTS,
                    most / 1e6,
                    100 * written / CHECKPOINTS / state,
                    state / 1e6,
                    told.totalBytes() / 1e6);
        }
    }
}
