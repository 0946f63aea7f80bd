package io.millrace.benchmarks;

import java.util.List;
import java.util.Map;

/** The workloads on keyed state and timers, in the order in which they run. */
/* All are jobs with checkpoints, so that state is what it is in such jobs, at an interval at which none
 * is taken; none at their end either, which would be the cost of a whole snapshot in each round.
 */
final class StateWorkloads {
    private static final Map<String, String> CHECKPOINTED =
            Map.of(
                    "execution.checkpointing.interval", "1 h",
                    "execution.checkpointing.checkpoints-after-tasks-finish.enabled", "false");
    private static final List<Contestant> HEAP =
            withAll(
                    Workloads.EMBEDDED,
                    Map.of("state.backend.type", "hashmap", Contestant.HEAP_MB, "4096"));

    private StateWorkloads() {}

    static List<Workload> all() {
        return List.of(
                heap("state-1m", "1 million keys", 1_000_000, 10_000_000, List.of(1, 2)),
                heap("state-10m", "10 million keys", 10_000_000, 20_000_000, List.of(1)),
                rocks("rocks-zipf", "10 million keys, zipf 0.99", 1, 4),
                rocks("rocks-uniform", "10 million keys, all alike", 0, 1),
                new Workload(
                        "timers",
                        "timers",
                        "10 million event-time timers, pending and fired",
                        10_000_000,
                        List.of(1),
                        HEAP.subList(0, 2),
                        true,
                        2));
    }

    private static Workload heap(
            String name, String about, long keys, long records, List<Integer> parallelisms) {
        return new Workload(
                name,
                "state",
                "ValueState in the heap, " + about,
                records,
                parallelisms,
                Workloads.with(HEAP, "benchmark.keys", keys),
                true,
                4);
    }

    /** Each engine in the heap and native memory that it makes of a container of 2 GB. */
    private static Workload rocks(String name, String about, long zipf, double target) {
        List<Contestant> engines =
                withAll(
                        Workloads.EMBEDDED.subList(0, 2),
                        Map.of(
                                "state.backend.type", "rocksdb",
                                "execution.checkpointing.incremental", "true",
                                "benchmark.slots", "1"));
        engines = Workloads.with(engines, "benchmark.keys", 10_000_000);
        engines = Workloads.with(engines, "benchmark.zipf", zipf);
        return new Workload(
                name,
                "state",
                "ValueState in RocksDB, " + about,
                10_000_000,
                List.of(1),
                List.of(sized(engines.get(0), 717, "614 mb"), sized(engines.get(1), 665, "635 mb")),
                true,
                target);
    }

    private static Contestant sized(Contestant engine, int heapMb, String nativeMemory) {
        return Workloads.with(
                engine.withHeapMb(heapMb),
                Map.of("state.backend.rocksdb.memory.fixed-per-tm", nativeMemory));
    }

    private static List<Contestant> withAll(
            List<Contestant> contestants, Map<String, String> options) {
        return contestants.stream()
                .map(one -> Workloads.with(one, CHECKPOINTED))
                .map(one -> Workloads.with(one, options))
                .toList();
    }
}
