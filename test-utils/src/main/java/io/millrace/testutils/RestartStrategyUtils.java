package io.millrace.testutils;

import io.millrace.api.option.Configuration;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.time.Duration;

/** How the jobs of an environment start again after a failure. */
public final class RestartStrategyUtils {
    private RestartStrategyUtils() {}

    /** A failure ends the job. */
    public static void configureNoRestartStrategy(StreamExecutionEnvironment environment) {
        Configuration options = new Configuration();
        options.setString("restart.strategy", "none");
        environment.configure(options);
    }

    /** With a second between restarts. */
    public static void configureFixedDelayRestartStrategy(
            StreamExecutionEnvironment environment, int restartAttempts) {
        configureFixedDelayRestartStrategy(environment, restartAttempts, Duration.ofSeconds(1));
    }

    /**
     * @param delayMs milliseconds between restarts
     */
    public static void configureFixedDelayRestartStrategy(
            StreamExecutionEnvironment environment, int restartAttempts, long delayMs) {
        configureFixedDelayRestartStrategy(
                environment, restartAttempts, Duration.ofMillis(delayMs));
    }

    /**
     * @param restartAttempts in all; the next failure ends the job
     */
    public static void configureFixedDelayRestartStrategy(
            StreamExecutionEnvironment environment, int restartAttempts, Duration delay) {
        if (restartAttempts == 0) {
            configureNoRestartStrategy(environment);
            return;
        }
        Configuration options = new Configuration();
        options.setString("restart.strategy", "fixed-delay");
        options.setString("restart.attempts", String.valueOf(restartAttempts));
        options.setString("restart.delay", delay.toMillis() + " ms");
        environment.configure(options);
    }
}
