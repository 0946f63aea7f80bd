package io.millrace.yarn.launch;

import io.millrace.api.option.Config;
import io.millrace.runtime.state.BackendName;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The resolved options of an application on YARN. Immutable.
 *
 * @param nodeLabel empty for any node
 * @param stateFraction of a worker's container that is for state outside of its heap; 0 for none
 * @param stagingDirectory null for {@code .millrace} in the user's home
 * @param javaHome null for the NodeManager's
 */
public record YarnSettings(
        String queue,
        Set<String> tags,
        int priority,
        String nodeLabel,
        Process master,
        Process worker,
        int slots,
        int maxWorkers,
        double stateFraction,
        int maxAttempts,
        String stagingDirectory,
        String javaHome) {

    private static final int DEFAULT_SLOTS = 2;

    /** The size and the JVM options of one kind of process. Immutable. */
    public record Process(int memoryMb, int virtualCores, List<String> javaOptions) {}

    public static YarnSettings from(Config config) {
        int slots =
                config.find(YarnOptions.WORKER_SLOTS)
                        .or(() -> config.find(YarnOptions.ANY_WORKER_SLOTS))
                        .orElse(DEFAULT_SLOTS);
        return new YarnSettings(
                config.get(YarnOptions.QUEUE),
                Arrays.stream(config.get(YarnOptions.TAGS).split(","))
                        .map(String::strip)
                        .filter(tag -> !tag.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                config.get(YarnOptions.PRIORITY),
                config.get(YarnOptions.NODE_LABEL).strip(),
                new Process(
                        megabytes(config.get(YarnOptions.MASTER_MEMORY)),
                        config.get(YarnOptions.MASTER_VCORES),
                        JavaArguments.words(config.get(YarnOptions.MASTER_JAVA_OPTIONS))),
                new Process(
                        megabytes(config.get(YarnOptions.WORKER_MEMORY)),
                        config.find(YarnOptions.WORKER_VCORES).orElse(slots),
                        JavaArguments.words(config.get(YarnOptions.WORKER_JAVA_OPTIONS))),
                slots,
                config.get(YarnOptions.MAX_WORKERS),
                BackendName.of(config).equals("rocksdb")
                        ? config.get(YarnOptions.WORKER_STATE_FRACTION)
                        : 0,
                config.get(YarnOptions.MAX_ATTEMPTS),
                config.find(YarnOptions.STAGING_DIRECTORY).orElse(null),
                config.find(YarnOptions.JAVA_HOME).orElse(null));
    }

    /** The options with the number of slots where the control plane looks for it. */
    public Config forCoordinator(Config config) {
        return config.with(YarnOptions.ANY_WORKER_SLOTS, slots);
    }

    private static int megabytes(long bytes) {
        return Math.toIntExact(bytes >> 20);
    }
}
