package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Setup;
import java.util.Arrays;
import java.util.List;

/** The command {@code bin/benchmarks checkpoints}. */
public final class CheckpointMeasures {
    private static final List<String> ALL =
            List.of("stall", "throughput", "increment", "recovery", "slow-sink");

    private CheckpointMeasures() {}

    /**
     * @param words names of measures, all if there are none; and {@code millrace} or {@code flink}
     *     to measure one of them only
     */
    public static void run(Setup setup, List<String> words) throws Exception {
        List<Engine> engines =
                Arrays.stream(Engine.values())
                        .filter(engine -> words.contains(engine.name().toLowerCase()))
                        .toList();
        List<Engine> chosen = engines.isEmpty() ? List.of(Engine.values()) : engines;
        List<String> names = words.stream().filter(ALL::contains).toList();
        for (String name : names.isEmpty() ? ALL : names) {
            for (Engine engine : chosen) {
                measure(setup, engine, name);
            }
        }
    }

    private static void measure(Setup setup, Engine engine, String name) throws Exception {
        switch (name) {
            case "stall" -> new Stalls(setup, engine).run();
            case "throughput" -> new Losses(setup, engine).run();
            case "increment" -> {
                new Increments(setup, engine).run("hashmap");
                if (engine == Engine.MILLRACE) {
                    new Increments(setup, engine).run("rocksdb");
                }
            }
            case "recovery" -> new Recoveries(setup, engine).run();
            default -> new SlowSinks(setup, engine).run();
        }
    }
}
