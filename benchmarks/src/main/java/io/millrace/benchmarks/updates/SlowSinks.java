package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long checkpoints take while sinks take a tenth of what the source offers. */
final class SlowSinks {
    private static final int CHECKPOINTS = 8;
    private static final long KEYS = 1 << 12;
    // Each of two sinks takes so long for a record: a chunk of them is a quarter second, and more
    // than
    // the two seconds that a checkpoint may take.
    private static final long[] SINK_MICROS = {1000, 10_000};

    private final Setup setup;
    private final Engine engine;

    SlowSinks(Setup setup, Engine engine) {
        this.setup = setup;
        this.engine = engine;
    }

    void run() throws Exception {
        for (long micros : SINK_MICROS) {
            run(micros);
        }
    }

    private void run(long micros) throws Exception {
        UpdatePlan plan =
                new UpdatePlan(
                        KEYS,
                        100,
                        10 * 2 * 1_000_000 / micros,
                        micros,
                        UpdatePlan.READERS,
                        "unset");
        Map<String, String> options = Sizes.checkpointed("hashmap");
        options.put("execution.checkpointing.interval", "3 s");
        options.put("execution.checkpointing.unaligned.enabled", "true");
        List<Double> durations = new ArrayList<>();
        try (SeatProcess seat = SeatProcess.start(setup, engine, plan, options)) {
            long written = 0;
            seat.awaitCheckpoint(120);
            for (int i = 0; i < CHECKPOINTS; i++) {
                SeatProcess.Told told = seat.awaitCheckpoint(120);
                durations.add(told.durationMs() / 1000.0);
                written = Math.max(written, told.writtenBytes());
            }
            System.out.printf(
                    "slow-sink   %-8s %d ms a record: unaligned checkpoints p50 %.2f s of %s, at"
                            + " most %.2f MB written; resident at most %d MB%n",
                    engine,
                    micros / 1000,
                    Losses.median(durations),
                    durations,
                    written / 1e6,
                    seat.peakMemoryMb());
        }
    }
}
