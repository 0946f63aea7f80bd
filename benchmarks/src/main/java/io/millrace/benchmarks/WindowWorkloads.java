package io.millrace.benchmarks;

import java.util.List;
import java.util.Map;

/** The workloads on windows of event time, in the order in which they run. */
/* With one subtask, so that records come in the order of their times whatever the engine makes of the
 * source's splits. Both engines say how far time is every 200 ms of the wall clock.
 */
final class WindowWorkloads {
    private static final int KEYS_64K = 1 << 16;

    private WindowWorkloads() {}

    static List<Workload> all() {
        return List.of(
                windows(
                        "tumbling",
                        "tumbling",
                        "one second, 65,536 keys",
                        10_000_000,
                        KEYS_64K,
                        1_000,
                        1_000,
                        4),
                windows(
                        "sliding-10",
                        "sliding",
                        "size 10 slides, 4,096 keys",
                        3_000_000,
                        1 << 12,
                        164,
                        100,
                        8),
                windows(
                        "sliding-100",
                        "sliding",
                        "size 100 slides, 1,024 keys",
                        400_000,
                        1 << 10,
                        410,
                        10,
                        25),
                windows(
                        "session",
                        "session",
                        "gap half a second, 65,536 keys",
                        2_000_000,
                        KEYS_64K,
                        262,
                        0,
                        3),
                windows(
                        "interval-join",
                        "interval-join",
                        "5 ms before and after, 4,096 keys",
                        3_000_000,
                        1 << 12,
                        820,
                        0,
                        3),
                latency());
    }

    /** Both engines take a checkpoint each second and say each millisecond how far time is. */
    private static Workload latency() {
        List<Contestant> engines =
                Workloads.latencies(
                        Map.of(
                                "execution.checkpointing.interval",
                                "1 s",
                                "pipeline.auto-watermark-interval",
                                "1 ms"));
        return new Workload(
                "window-latency",
                "window-latency",
                "results of 100 ms at 50,000 a second with checkpoints",
                Workloads.LATENCY_RATE * 10,
                List.of(1, 2),
                engines,
                false,
                0);
    }

    private static Workload windows(
            String name,
            String program,
            String about,
            long records,
            long keys,
            long perMs,
            long slideMs,
            double target) {
        List<Contestant> engines =
                Workloads.with(Workloads.EMBEDDED.subList(0, 2), "benchmark.keys", keys);
        engines = Workloads.with(engines, "benchmark.per-ms", perMs);
        engines = Workloads.with(engines, "benchmark.slide-ms", slideMs);
        return new Workload(
                name, program, "event time, " + about, records, List.of(1), engines, true, target);
    }
}
