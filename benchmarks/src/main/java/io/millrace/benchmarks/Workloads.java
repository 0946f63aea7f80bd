package io.millrace.benchmarks;

import io.millrace.benchmarks.Contestant.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The workloads there are, in the order in which they run. */
final class Workloads {
    static final List<Contestant> EMBEDDED =
            List.of(
                    Contestant.of("Millrace", Engine.MILLRACE),
                    Contestant.of("Flink", Engine.FLINK),
                    Contestant.of("by hand", Engine.PLAIN));
    private static final List<Contestant> CLUSTER =
            List.of(
                    Contestant.of("Millrace", Engine.MILLRACE_CLUSTER),
                    Contestant.of("Flink", Engine.FLINK_CLUSTER),
                    Contestant.of("by hand", Engine.PLAIN));
    static final long LATENCY_RATE = 50_000;
    // Records come from outside in small batches; a clock for each would be most of the cost.
    private static final long PULSE_MICROS = 1_000;
    private static final Map<String, String> FLUSH_EACH =
            Map.of("execution.buffer-timeout.interval", "0 ms");

    private Workloads() {}

    /**
     * All that are compared with Flink: those of {@code bin/benchmarks all}, then on state and
     * windows.
     */
    static List<Workload> compared() {
        return Stream.of(main(), StateWorkloads.all(), WindowWorkloads.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Those of {@code bin/benchmarks all}. */
    static List<Workload> main() {
        return List.of(
                ratio("chain", "chain", "three map-filter-map chains", 12_000_000, EMBEDDED, 3),
                ratio(
                        "chain-reuse",
                        "chain",
                        "the same, Flink reuses objects",
                        12_000_000,
                        flinkWith(EMBEDDED, Map.of("pipeline.object-reuse", "true")),
                        1.5),
                ratio(
                        "rebalance-pojo",
                        "rebalance-pojo",
                        "POJOs between two tasks",
                        10_000_000,
                        EMBEDDED,
                        4),
                ratio(
                        "rebalance-record",
                        "rebalance-record",
                        "Java records between two tasks",
                        10_000_000,
                        EMBEDDED,
                        4),
                ratio(
                        "rebalance-tuple",
                        "rebalance-tuple",
                        "tuples between two tasks",
                        10_000_000,
                        EMBEDDED,
                        4),
                ratio(
                        "keyed-sum-64k",
                        "keyed-sum",
                        "keyBy and sum, 65,536 keys",
                        10_000_000,
                        with(EMBEDDED, "benchmark.keys", 1 << 16),
                        4),
                ratio(
                        "keyed-sum-1m",
                        "keyed-sum",
                        "keyBy and sum, 1,048,576 keys",
                        10_000_000,
                        with(EMBEDDED, "benchmark.keys", 1 << 20),
                        4),
                ratio(
                        "wordcount",
                        "wordcount",
                        "flatMap, keyBy, sum; words",
                        15_000_000,
                        EMBEDDED,
                        3),
                ratio(
                        "remote",
                        "remote",
                        "100 bytes between two processes",
                        10_000_000,
                        CLUSTER,
                        2),
                latency("latency", List.of(1, 2), PULSE_MICROS, Map.of(), 0),
                latency("latency-flink-0", List.of(1, 2), PULSE_MICROS, FLUSH_EACH, 3),
                latency("latency-smooth", List.of(1), 100, FLUSH_EACH, 0),
                new Workload(
                        "idle",
                        "idle",
                        "20 tasks that do nothing",
                        1,
                        List.of(2),
                        EMBEDDED.subList(0, 2),
                        false,
                        0));
    }

    private static Workload ratio(
            String name,
            String program,
            String about,
            long records,
            List<Contestant> contestants,
            double target) {
        return new Workload(
                name, program, about, records, List.of(1, 2), contestants, true, target);
    }

    private static Workload latency(
            String name,
            List<Integer> parallelisms,
            long pauseMicros,
            Map<String, String> flink,
            double target) {
        List<Contestant> engines = paced(flinkWith(EMBEDDED.subList(0, 2), flink), pauseMicros);
        return new Workload(
                name,
                "latency",
                "keyed count at 50,000 a second" + (flink.isEmpty() ? "" : ", Flink flushes each"),
                5 * LATENCY_RATE,
                parallelisms,
                engines,
                false,
                target);
    }

    /** Both engines with the same options, Flink flushing each record. */
    static List<Contestant> latencies(Map<String, String> options) {
        return paced(
                flinkWith(EMBEDDED.subList(0, 2), FLUSH_EACH).stream()
                        .map(one -> with(one, options))
                        .toList(),
                PULSE_MICROS);
    }

    private static List<Contestant> paced(List<Contestant> engines, long pauseMicros) {
        return with(
                with(engines, "benchmark.records-per-second", LATENCY_RATE),
                "benchmark.pause-us",
                pauseMicros);
    }

    /** Work loops against a thread for each task, for the decision record; in no other list. */
    static List<Workload> threads() {
        return List.of(
                stages("stages-full", 4_000_000, 0),
                stages("stages-half", 3_000_000, 600_000),
                stages("stages-trickle", 500_000, 100_000));
    }

    private static Workload stages(String name, long records, long rate) {
        List<Contestant> engines =
                with(
                        List.of(
                                new Contestant(
                                        "loops", Engine.MILLRACE, Map.of("task.threads", "loops")),
                                new Contestant(
                                        "dedicated",
                                        Engine.MILLRACE,
                                        Map.of("task.threads", "dedicated"))),
                        "benchmark.records-per-second",
                        rate);
        return new Workload(name, "stages", "six stages", records, List.of(2), engines, false, 0);
    }

    static List<Contestant> with(List<Contestant> contestants, String key, long value) {
        return contestants.stream().map(one -> with(one, Map.of(key, "" + value))).toList();
    }

    static List<Contestant> flinkWith(List<Contestant> contestants, Map<String, String> options) {
        return contestants.stream()
                .map(one -> one.engine() == Engine.FLINK ? with(one, options) : one)
                .toList();
    }

    static Contestant with(Contestant contestant, Map<String, String> more) {
        Map<String, String> options = new LinkedHashMap<>(contestant.options());
        options.putAll(more);
        return new Contestant(contestant.label(), contestant.engine(), options);
    }

    /** All whose names begin with one of the given. */
    static List<Workload> named(List<String> names) {
        List<Workload> found = new ArrayList<>();
        for (String name : names) {
            List<Workload> matching =
                    Stream.concat(compared().stream(), threads().stream())
                            .filter(w -> w.name().startsWith(name) && !found.contains(w))
                            .toList();
            if (matching.isEmpty()) {
                throw new IllegalArgumentException(
                        "there is no workload '" + name + "'; see bin/benchmarks list");
            }
            found.addAll(matching);
        }
        return found;
    }
}
