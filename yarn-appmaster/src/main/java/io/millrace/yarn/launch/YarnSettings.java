package io.millrace.yarn.launch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.runtime.state.BackendName;
import io.millrace.yarn.claim.RunTag;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The resolved options of an application on YARN. Immutable.
 *
 * @param runTag null if the application is run without one
 * @param nodeLabel empty for any node
 * @param stateFraction of a worker's container that is for state outside of its heap; 0 for none
 * @param stagingDirectory null for {@code .millrace} in the user's home
 * @param javaHome null for the NodeManager's
 */
public record YarnSettings(
        String queue,
        Set<String> tags,
        RunTag runTag,
        int priority,
        String nodeLabel,
        Process master,
        Process worker,
        WorkerCollector collector,
        int slots,
        int maxWorkers,
        double stateFraction,
        int maxAttempts,
        String stagingDirectory,
        String javaHome) {

    /** The option that names further tags, for a client that has some of its own to add. */
    public static final String TAGS_OPTION = YarnOptions.TAGS.key();

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
                runTag(config),
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
                config.get(YarnOptions.WORKER_COLLECTOR),
                slots,
                config.get(YarnOptions.MAX_WORKERS),
                BackendName.of(config).equals("rocksdb")
                        ? config.get(YarnOptions.WORKER_STATE_FRACTION)
                        : 0,
                config.get(YarnOptions.MAX_ATTEMPTS),
                config.find(YarnOptions.STAGING_DIRECTORY).orElse(null),
                config.find(YarnOptions.JAVA_HOME).orElse(null));
    }

    private static RunTag runTag(Config config) {
        boolean once = config.get(YarnOptions.RUN_ONCE);
        Optional<String> text = config.find(YarnOptions.RUN_TAG);
        if (once && text.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "'yarn.run-once' is about work that has a name; give it one by --tag or"
                            + " 'yarn.run-tag'.");
        }
        return text.map(tag -> new RunTag(tag, once)).orElse(null);
    }

    /** As YARN lists the application. */
    public Set<String> allTags() {
        return runTag == null
                ? tags
                : Stream.concat(tags.stream(), Stream.of(runTag.yarnTag()))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** The options with the number of slots where the control plane looks for it. */
    public Config forCoordinator(Config config) {
        return config.with(YarnOptions.ANY_WORKER_SLOTS, slots);
    }

    private static int megabytes(long bytes) {
        return Math.toIntExact(bytes >> 20);
    }
}
