package io.millrace.benchmarks.updates;

import io.millrace.benchmarks.Setup;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The command {@code bin/benchmarks checkpoints}. */
public final class CheckpointMeasures {
    private static final String KEYS = "keys=";
    private static final String BACKEND = "backend=";
    private static final String SHARE = "share=";
    private static final String RATE = "rate=";
    private static final List<String> ALL =
            List.of("stall", "throughput", "increment", "recovery", "slow-sink", "savepoint");

    private CheckpointMeasures() {}

    /**
     * @param words names of measures, all if there are none; {@code millrace} or {@code flink} to
     *     measure one of them only; of savepoints, {@code keys=N} for so many accounts, {@code
     *     backend=NAME} for one back end, {@code share=N} for another writing share of Millrace,
     *     {@code rate=N} for a job that is given so many records a second and no more
     */
    public static void run(Setup setup, List<String> words) throws Exception {
        List<Engine> engines =
                Arrays.stream(Engine.values())
                        .filter(engine -> words.contains(engine.name().toLowerCase()))
                        .toList();
        List<Engine> chosen = engines.isEmpty() ? List.of(Engine.values()) : engines;
        long keys = word(words, KEYS).map(Long::parseLong).orElse(Savepoints.KEYS);
        long rate = word(words, RATE).map(Long::parseLong).orElse(0L);
        List<String> backends =
                word(words, BACKEND).map(List::of).orElse(List.of("hashmap", "rocksdb"));
        List<String> names = words.stream().filter(ALL::contains).toList();
        for (String name : names.isEmpty() ? ALL : names) {
            for (Engine engine : chosen) {
                if (name.equals("savepoint")) {
                    for (String backend : backends) {
                        new Savepoints(setup, engine, backend, word(words, SHARE)).run(keys, rate);
                    }
                } else {
                    measure(setup, engine, name);
                }
            }
        }
    }

    /** What stands behind such a beginning. */
    private static Optional<String> word(List<String> words, String begin) {
        return words.stream()
                .filter(word -> word.startsWith(begin))
                .map(word -> word.substring(begin.length()))
                .findFirst();
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
