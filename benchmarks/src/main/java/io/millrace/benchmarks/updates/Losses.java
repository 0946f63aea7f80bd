package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Setup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Records a second at full speed, with checkpoints and without, in turn. */
final class Losses {
    private static final int ROUNDS = 3;
    private static final int SPAN_S = 3 * Sizes.INTERVAL_S;

    private final Setup setup;
    private final Engine engine;

    Losses(Setup setup, Engine engine) {
        this.setup = setup;
        this.engine = engine;
    }

    void run() throws Exception {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int round = 0; round < Sizes.rounds(ROUNDS); round++) {
            without.add(rate(Sizes.plain("hashmap")));
            with.add(rate(Sizes.checkpointed("hashmap")));
        }
        double a = median(without);
        double b = median(with);
        System.out.printf(
                "throughput  %-8s %.0f records/s without checkpoints %s, %.0f with one every %d s"
                        + " %s: %.1f %% lost%n",
                engine, a, span(without), b, Sizes.INTERVAL_S, span(with), 100 * (1 - b / a));
    }

    private double rate(Map<String, String> options) throws Exception {
        UpdatePlan plan = Sizes.plan(0);
        try (SeatProcess seat = SeatProcess.start(setup, engine, plan, options)) {
            seat.awaitFilled(plan);
            Thread.sleep(Sizes.INTERVAL_S * 1000);
            long from = System.currentTimeMillis();
            Thread.sleep(SPAN_S * 1000);
            return seat.beats().perSecond(from, System.currentTimeMillis());
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static String span(List<Double> values) {
        return String.format("(%.0f–%.0f)", Collections.min(values), Collections.max(values));
    }
}
