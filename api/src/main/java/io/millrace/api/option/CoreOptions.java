package io.millrace.api.option;

/**
 * What concerns every program, as keys for {@link Configuration}. Options of processes (JVM
 * options, directories, class loading) are the cluster's: {@code millrace options} lists them.
 */
public class CoreOptions {
    public static final ConfigOption<Integer> DEFAULT_PARALLELISM =
            ConfigOption.of(ProgramOptions.PARALLELISM);
}
