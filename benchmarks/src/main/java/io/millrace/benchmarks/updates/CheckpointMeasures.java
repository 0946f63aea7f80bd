package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Setup;
import java.util.Arrays;
import java.util.List;

/** The command {@code bin/benchmarks checkpoints}. */
public final class CheckpointMeasures {
    private static final String KEYS = "keys=";
    private static final List<String> ALL =
            List.of("stall", "throughput", "increment", "recovery", "slow-sink", "savepoint");

    private CheckpointMeasures() {}

    /**
     * @param words names of measures, all if there are none; {@code millrace} or {@code flink} to
     *     measure one of them only; {@code keys=N} for savepoints of so many accounts
     */
    public static void run(Setup setup, List<String> words) throws Exception {
        List<Engine> engines =
                Arrays.stream(Engine.values())
                        .filter(engine -> words.contains(engine.name().toLowerCase()))
                        .toList();
        List<Engine> chosen = engines.isEmpty() ? List.of(Engine.values()) : engines;
        long keys =
                words.stream()
                        .filter(word -> word.startsWith(KEYS))
                        .mapToLong(word -> Long.parseLong(word.substring(KEYS.length())))
                        .findFirst()
                        .orElse(Savepoints.KEYS);
        List<String> names = words.stream().filter(ALL::contains).toList();
        for (String name : names.isEmpty() ? ALL : names) {
            for (Engine engine : chosen) {
                measure(setup, engine, name, keys);
            }
        }
    }

    private static void measure(Setup setup, Engine engine, String name, long keys) throws Exception {
        switch (name) {
            case "stall" -> new Stalls(setup, engine).run();
            case "throughput" -> new Losses(setup, engine).run();
            case "increment" -> {
                new Increments(setup, engine).run("hashmap");
                if (engine == Engine.MILLRACE) {
                    new Increments(setup, engine).run("rocksdb");
                }
            }
            case "savepoint" -> {
                new Savepoints(setup, engine, "hashmap").run(keys);
                new Savepoints(setup, engine, "rocksdb").run(keys);
            }
            case "recovery" -> new Recoveries(setup, engine).run();
            default -> new SlowSinks(setup, engine).run();
        }
    }
}
