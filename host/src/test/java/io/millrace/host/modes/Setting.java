package io.millrace.host.modes;

import io.millrace.api.stream.RuntimeExecutionMode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How a program is run.
 *
 * @param fails whether a subtask fails in the midst of it
 */
record Setting(String name, RuntimeExecutionMode mode, Map<String, String> options, boolean fails) {
    private static final Map<String, String> TINY =
            Map.of(
                    "batch.shuffle-memory", "64 kb",
                    "batch.shuffle-read-memory", "64 kb",
                    "batch.reduce-memory", "64 kb",
                    "batch.combine-keys", "8");

    static final List<Setting> STREAMS =
            List.of(
                    stream("stream"),
                    stream("stream on two workers", "embedded.workers", "2"),
                    stream("stream on rocksdb", "state.backend.type", "rocksdb"));

    static final List<Setting> BATCHES =
            List.of(
                    batch("stages on one slot", Map.of(), "worker.slots", "1"),
                    batch(
                            "stages in little memory",
                            TINY,
                            "embedded.workers",
                            "2",
                            "worker.slots",
                            "2"),
                    batch(
                            "stages on rocksdb",
                            Map.of(),
                            "worker.slots",
                            "3",
                            "state.backend.type",
                            "rocksdb"),
                    batch(
                            "stages that fail",
                            Map.of(),
                            "embedded.workers",
                            "2",
                            "worker.slots",
                            "2"),
                    batch(
                            "pipelined",
                            Map.of(),
                            "embedded.workers",
                            "2",
                            "execution.batch-shuffle-mode",
                            "ALL_EXCHANGES_PIPELINED"),
                    batch(
                            "pipelined in little memory",
                            TINY,
                            "execution.batch-shuffle-mode",
                            "ALL_EXCHANGES_PIPELINED"),
                    batch(
                            "pipelined that fails",
                            Map.of(),
                            "execution.batch-shuffle-mode",
                            "ALL_EXCHANGES_PIPELINED"));

    static final List<Setting> ALL = Stream.concat(STREAMS.stream(), BATCHES.stream()).toList();

    private static Setting stream(String name, String... options) {
        return of(name, RuntimeExecutionMode.STREAMING, Map.of(), options);
    }

    private static Setting batch(String name, Map<String, String> more, String... options) {
        return of(name, RuntimeExecutionMode.BATCH, more, options);
    }

    private static Setting of(
            String name, RuntimeExecutionMode mode, Map<String, String> more, String... options) {
        Map<String, String> all = new TreeMap<>(more);
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        boolean fails = name.contains("fail");
        if (fails) {
            all.putAll(
                    Map.of(
                            "restart.strategy", "fixed-delay",
                            "restart.attempts", "3",
                            "restart.delay", "10 ms"));
        }
        return new Setting(name, mode, Map.copyOf(all), fails);
    }

    /** One stream and two ways of a batch job. */
    static List<Setting> of(long seed) {
        Random random = new Random(~Item.mix(seed));
        int batch = random.nextInt(BATCHES.size());
        int other = (batch + 1 + random.nextInt(BATCHES.size() - 1)) % BATCHES.size();
        return List.of(
                STREAMS.get(random.nextInt(STREAMS.size())),
                BATCHES.get(batch),
                BATCHES.get(other));
    }

    @Override
    public String toString() {
        return name;
    }
}
