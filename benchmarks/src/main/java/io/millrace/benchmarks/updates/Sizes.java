package io.millrace.benchmarks.updates;

import java.util.Map;
import java.util.TreeMap;

/** The sizes of the measures: a gigabyte of state in a million keys. */
final class Sizes {
    static final long KEYS = 1 << 20;
    static final int VALUE_BYTES = 1000;
    static final int INTERVAL_S = 10;
    static final long UPDATES_PER_SECOND = 20_000;

    private Sizes() {}

    /** How often a measure is repeated, unless {@code BENCHMARK_ROUNDS} says otherwise. */
    static int rounds(int otherwise) {
        String rounds = System.getenv("BENCHMARK_ROUNDS");
        return rounds == null ? otherwise : Integer.parseInt(rounds);
    }

    static UpdatePlan plan(long recordsPerSecond) {
        return new UpdatePlan(KEYS, VALUE_BYTES, recordsPerSecond, 0, UpdatePlan.READERS, "unset");
    }

    /** With checkpoints every {@link #INTERVAL_S}. */
    static Map<String, String> checkpointed(String backend) {
        Map<String, String> options = plain(backend);
        options.put("execution.checkpointing.interval", INTERVAL_S + " s");
        options.put("execution.checkpointing.incremental", "true");
        return options;
    }

    static Map<String, String> plain(String backend) {
        Map<String, String> options = new TreeMap<>();
        options.put("state.backend.type", backend);
        return options;
    }
}
