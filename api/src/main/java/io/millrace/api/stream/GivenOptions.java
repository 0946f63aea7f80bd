package io.millrace.api.stream;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.graph.JobExecutor;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.Option;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.option.ReadableConfig;
import java.util.List;

/**
 * Lays what is given over what an environment has set. Keys get the names of today first, so that
 * what is laid over wins whichever names it uses. Stateless.
 */
final class GivenOptions {
    /** Those that belong to no view of the configuration. */
    private static final List<Option<?>> OF_THE_PROGRAM =
            List.of(
                    ProgramOptions.NAME,
                    ProgramOptions.RUNTIME_MODE,
                    ProgramOptions.OPERATOR_CHAINING);

    private GivenOptions() {}

    /**
     * What an environment begins with.
     *
     * @param executor null if there is no engine
     */
    static Configuration of(JobExecutor executor, Configuration given) {
        Configuration all =
                executor == null ? new Configuration() : Configuration.of(executor.defaults());
        useKeysOfToday(all);
        lay(given, all);
        return all;
    }

    /** All of them; {@code given} is not changed. */
    static void lay(Configuration given, Configuration over) {
        Configuration renamed = new Configuration(given);
        useKeysOfToday(renamed);
        over.addAll(renamed);
    }

    /** The options of the program that are set. */
    static void layProgram(ReadableConfig given, Configuration over) {
        OF_THE_PROGRAM.forEach(option -> lay(option, given, over));
    }

    private static <T> void lay(Option<T> option, ReadableConfig given, Configuration over) {
        given.getOptional(ConfigOption.of(option)).ifPresent(value -> over.set(option, value));
    }

    private static void useKeysOfToday(Configuration values) {
        CheckpointOptions.renameFormerKeys(values);
        FormerRestartKeys.rename(values);
    }
}
