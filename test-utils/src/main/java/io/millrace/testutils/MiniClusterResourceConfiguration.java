package io.millrace.testutils;

import io.millrace.api.option.Configuration;
import java.time.Duration;
import java.util.Objects;

/** What a {@link MiniCluster} is like. Immutable; made by its {@link Builder}. */
public class MiniClusterResourceConfiguration {
    private final Configuration configuration;
    private final int numberTaskManagers;
    private final int numberSlotsPerTaskManager;
    private final Duration shutdownTimeout;

    /**
     * @param configuration options that programs start from
     * @param numberTaskManagers workers; records between two of them take the way over the network
     * @param numberSlotsPerTaskManager subtasks of one vertex that one worker runs
     * @param shutdownTimeout how long the end of a test waits for jobs that are cancelled
     */
    protected MiniClusterResourceConfiguration(
            Configuration configuration,
            int numberTaskManagers,
            int numberSlotsPerTaskManager,
            Duration shutdownTimeout) {
        this.configuration = new Configuration(configuration);
        this.numberTaskManagers = atLeastOne("task managers", numberTaskManagers);
        this.numberSlotsPerTaskManager = atLeastOne("slots", numberSlotsPerTaskManager);
        this.shutdownTimeout = Objects.requireNonNull(shutdownTimeout);
    }

    private static int atLeastOne(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "A cluster has at least 1 of its " + what + ", not " + number + ".");
        }
        return number;
    }

    /** A copy. */
    public Configuration getConfiguration() {
        return new Configuration(configuration);
    }

    public int getNumberTaskManagers() {
        return numberTaskManagers;
    }

    public int getNumberSlotsPerTaskManager() {
        return numberSlotsPerTaskManager;
    }

    public Duration getShutdownTimeout() {
        return shutdownTimeout;
    }

    /** Makes configurations: one worker with one slot, where nothing else is said. */
    public static class Builder {
        private Configuration configuration = new Configuration();
        private int numberTaskManagers = 1;
        private int numberSlotsPerTaskManager = 1;
        private Duration shutdownTimeout = Duration.ofSeconds(30);

        public Builder setConfiguration(Configuration options) {
            this.configuration = new Configuration(options);
            return this;
        }

        public Builder setNumberTaskManagers(int number) {
            this.numberTaskManagers = number;
            return this;
        }

        public Builder setNumberSlotsPerTaskManager(int number) {
            this.numberSlotsPerTaskManager = number;
            return this;
        }

        public Builder setShutdownTimeout(Duration timeout) {
            this.shutdownTimeout = timeout;
            return this;
        }

        public MiniClusterResourceConfiguration build() {
            return new MiniClusterResourceConfiguration(
                    configuration, numberTaskManagers, numberSlotsPerTaskManager, shutdownTimeout);
        }
    }

    /** The options that the engine takes. */
    Configuration toOptions() {
        Configuration options = new Configuration();
        options.setString("embedded.workers", String.valueOf(numberTaskManagers));
        options.setString("worker.slots", String.valueOf(numberSlotsPerTaskManager));
        options.setString(
                "parallelism.default",
                String.valueOf(numberTaskManagers * numberSlotsPerTaskManager));
        options.addAll(configuration);
        return options;
    }
}
