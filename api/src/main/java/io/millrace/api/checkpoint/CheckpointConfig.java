package io.millrace.api.checkpoint;

import io.millrace.api.backend.CheckpointStorage;
import io.millrace.api.backend.FileSystemCheckpointStorage;
import io.millrace.api.file.Path;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.Option;
import io.millrace.api.option.ReadableConfig;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the checkpoints of a job are taken and kept: a typed view of options, which travel with the
 * job. Not thread-safe.
 */
public class CheckpointConfig implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long LEAST_MS = 10;
    private static final long OFF = -1;

    /**
     * @deprecated the default of {@link CheckpointOptions#MODE}
     */
    @Deprecated public static final CheckpointingMode DEFAULT_MODE = CheckpointingMode.EXACTLY_ONCE;

    /**
     * Milliseconds.
     *
     * @deprecated the default of {@link CheckpointOptions#TIMEOUT}
     */
    @Deprecated public static final long DEFAULT_TIMEOUT = 600_000;

    /**
     * Milliseconds.
     *
     * @deprecated the default of {@link CheckpointOptions#MIN_PAUSE}
     */
    @Deprecated public static final long DEFAULT_MIN_PAUSE_BETWEEN_CHECKPOINTS = 0;

    /**
     * @deprecated the default of {@link CheckpointOptions#MAX_CONCURRENT}
     */
    @Deprecated public static final int DEFAULT_MAX_CONCURRENT_CHECKPOINTS = 1;

    /**
     * @deprecated a job has the default of {@link CheckpointOptions#TOLERABLE_FAILURES}
     */
    @Deprecated public static final int UNDEFINED_TOLERABLE_CHECKPOINT_NUMBER = -1;

    /**
     * None.
     *
     * @deprecated the default of {@link CheckpointOptions#IGNORED_IN_FLIGHT_DATA}
     */
    @Deprecated public static final int DEFAULT_CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA = -1;

    private final Configuration values;

    /** As a program gave it; null if it gave none. */
    private CheckpointStorage storage;

    /** The retention by its older name. */
    public enum ExternalizedCheckpointCleanup {
        /**
         * @deprecated use {@link ExternalizedCheckpointRetention#DELETE_ON_CANCELLATION}
         */
        @Deprecated
        DELETE_ON_CANCELLATION,
        /**
         * @deprecated use {@link ExternalizedCheckpointRetention#RETAIN_ON_CANCELLATION}
         */
        @Deprecated
        RETAIN_ON_CANCELLATION,
        /**
         * @deprecated use {@link ExternalizedCheckpointRetention#NO_EXTERNALIZED_CHECKPOINTS}
         */
        @Deprecated
        NO_EXTERNALIZED_CHECKPOINTS;

        /**
         * Whether a cancelled job's checkpoints go.
         *
         * @deprecated see {@link ExternalizedCheckpointRetention}
         */
        @Deprecated
        public boolean deleteOnCancellation() {
            return this == DELETE_ON_CANCELLATION;
        }
    }

    public CheckpointConfig() {
        this(new Configuration());
    }

    /** A copy. */
    public CheckpointConfig(CheckpointConfig checkpointConfig) {
        this(new Configuration(checkpointConfig.values));
        this.storage = checkpointConfig.storage;
    }

    private CheckpointConfig(Configuration values) {
        this.values = values;
    }

    /** A view: what is set here is set there. */
    public static CheckpointConfig viewOf(Configuration values) {
        return new CheckpointConfig(values);
    }

    private <T> Optional<T> find(Option<T> option) {
        return values.getOptional(ConfigOption.of(option));
    }

    private <T> T get(Option<T> option) {
        return values.get(option);
    }

    private <T> void set(Option<T> option, T value) {
        values.set(option, Objects.requireNonNull(value, option.key() + " is null."));
    }

    private static IllegalArgumentException refused(String what, String range, Object value) {
        return new IllegalArgumentException(what + " is " + range + ", not " + value + ".");
    }

    /** Takes no checkpoints. */
    public void disableCheckpointing() {
        values.removeConfig(ConfigOption.of(CheckpointOptions.INTERVAL));
    }

    public boolean isCheckpointingEnabled() {
        return getCheckpointInterval() > 0;
    }

    /**
     * @deprecated use {@link #getCheckpointingConsistencyMode}
     */
    @Deprecated
    public CheckpointingMode getCheckpointingMode() {
        return getCheckpointingConsistencyMode();
    }

    /**
     * @deprecated use {@link #setCheckpointingConsistencyMode}
     */
    @Deprecated
    public void setCheckpointingMode(CheckpointingMode checkpointingMode) {
        setCheckpointingConsistencyMode(checkpointingMode);
    }

    public CheckpointingMode getCheckpointingConsistencyMode() {
        return get(CheckpointOptions.MODE);
    }

    public void setCheckpointingConsistencyMode(CheckpointingMode checkpointingMode) {
        set(CheckpointOptions.MODE, checkpointingMode);
    }

    /** Milliseconds; -1 if no checkpoints are taken. */
    public long getCheckpointInterval() {
        return find(CheckpointOptions.INTERVAL)
                .map(Duration::toMillis)
                .filter(ms -> ms > 0)
                .orElse(OFF);
    }

    /**
     * @param checkpointInterval milliseconds, at least 10
     */
    public void setCheckpointInterval(long checkpointInterval) {
        if (checkpointInterval < LEAST_MS) {
            throw refused(
                    "The interval of checkpoints", "at least 10 ms", checkpointInterval + " ms");
        }
        set(CheckpointOptions.INTERVAL, Duration.ofMillis(checkpointInterval));
    }

    /**
     * Milliseconds; the interval of other times if none is set, {@code Long.MAX_VALUE} for no
     * checkpoints during a backlog.
     */
    public long getCheckpointIntervalDuringBacklog() {
        long intervalMs =
                find(CheckpointOptions.INTERVAL_DURING_BACKLOG)
                        .map(Duration::toMillis)
                        .orElseGet(this::getCheckpointInterval);
        return intervalMs < LEAST_MS ? Long.MAX_VALUE : intervalMs;
    }

    /**
     * @param checkpointInterval milliseconds, at least 10; 0 for no checkpoints during a backlog
     */
    public void setCheckpointIntervalDuringBacklog(long checkpointInterval) {
        if (checkpointInterval != 0 && checkpointInterval < LEAST_MS) {
            throw refused(
                    "The interval of checkpoints during a backlog",
                    "0 or at least 10 ms",
                    checkpointInterval + " ms");
        }
        set(CheckpointOptions.INTERVAL_DURING_BACKLOG, Duration.ofMillis(checkpointInterval));
    }

    /** Milliseconds. */
    public long getCheckpointTimeout() {
        return get(CheckpointOptions.TIMEOUT).toMillis();
    }

    /**
     * @param checkpointTimeout milliseconds, at least 10
     */
    public void setCheckpointTimeout(long checkpointTimeout) {
        if (checkpointTimeout < LEAST_MS) {
            throw refused(
                    "The time-out of a checkpoint", "at least 10 ms", checkpointTimeout + " ms");
        }
        set(CheckpointOptions.TIMEOUT, Duration.ofMillis(checkpointTimeout));
    }

    /** Milliseconds. */
    public long getMinPauseBetweenCheckpoints() {
        return get(CheckpointOptions.MIN_PAUSE).toMillis();
    }

    /**
     * @param minPauseBetweenCheckpoints milliseconds, at least 0
     */
    public void setMinPauseBetweenCheckpoints(long minPauseBetweenCheckpoints) {
        if (minPauseBetweenCheckpoints < 0) {
            throw refused(
                    "The pause between checkpoints",
                    "at least 0 ms",
                    minPauseBetweenCheckpoints + " ms");
        }
        set(CheckpointOptions.MIN_PAUSE, Duration.ofMillis(minPauseBetweenCheckpoints));
    }

    public int getMaxConcurrentCheckpoints() {
        return get(CheckpointOptions.MAX_CONCURRENT);
    }

    /**
     * @param maxConcurrentCheckpoints at least 1; more leave out unaligned checkpoints
     */
    public void setMaxConcurrentCheckpoints(int maxConcurrentCheckpoints) {
        if (maxConcurrentCheckpoints < 1) {
            throw refused(
                    "The number of checkpoints at a time", "at least 1", maxConcurrentCheckpoints);
        }
        set(CheckpointOptions.MAX_CONCURRENT, maxConcurrentCheckpoints);
    }

    /**
     * False.
     *
     * @deprecated every job can have checkpoints
     */
    @Deprecated
    public boolean isForceCheckpointing() {
        return false;
    }

    /**
     * Without effect: it was for jobs with loops, which do not exist here.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public void setForceCheckpointing(boolean forceCheckpointing) {}

    public boolean isForceUnalignedCheckpoints() {
        return isUnalignedPossible() && get(CheckpointOptions.UNALIGNED_FORCED);
    }

    /** See {@link CheckpointOptions#UNALIGNED_FORCED}. */
    public void setForceUnalignedCheckpoints(boolean forceUnalignedCheckpoints) {
        set(CheckpointOptions.UNALIGNED_FORCED, forceUnalignedCheckpoints);
    }

    /**
     * Whether a failed checkpoint makes the job restart.
     *
     * @deprecated use {@link #getTolerableCheckpointFailureNumber}
     */
    @Deprecated
    public boolean isFailOnCheckpointingErrors() {
        return getTolerableCheckpointFailureNumber() == 0;
    }

    /**
     * Sets the number of tolerable failures to none or all.
     *
     * @deprecated use {@link #setTolerableCheckpointFailureNumber}
     */
    @Deprecated
    public void setFailOnCheckpointingErrors(boolean failOnCheckpointingErrors) {
        setTolerableCheckpointFailureNumber(failOnCheckpointingErrors ? 0 : Integer.MAX_VALUE);
    }

    /** In a row. */
    public int getTolerableCheckpointFailureNumber() {
        return get(CheckpointOptions.TOLERABLE_FAILURES);
    }

    /**
     * @param tolerableCheckpointFailureNumber in a row, at least 0
     */
    public void setTolerableCheckpointFailureNumber(int tolerableCheckpointFailureNumber) {
        if (tolerableCheckpointFailureNumber < 0) {
            throw refused(
                    "The number of failed checkpoints that are tolerated",
                    "at least 0",
                    tolerableCheckpointFailureNumber);
        }
        set(CheckpointOptions.TOLERABLE_FAILURES, tolerableCheckpointFailureNumber);
    }

    public ExternalizedCheckpointRetention getExternalizedCheckpointRetention() {
        return get(CheckpointOptions.RETENTION);
    }

    public void setExternalizedCheckpointRetention(
            ExternalizedCheckpointRetention externalizedCheckpointRetention) {
        set(CheckpointOptions.RETENTION, externalizedCheckpointRetention);
    }

    /**
     * @deprecated use {@link #getExternalizedCheckpointRetention}
     */
    @Deprecated
    public ExternalizedCheckpointCleanup getExternalizedCheckpointCleanup() {
        return ExternalizedCheckpointCleanup.valueOf(getExternalizedCheckpointRetention().name());
    }

    /**
     * @deprecated use {@link #setExternalizedCheckpointRetention}
     */
    @Deprecated
    public void setExternalizedCheckpointCleanup(ExternalizedCheckpointCleanup cleanupMode) {
        setExternalizedCheckpointRetention(
                ExternalizedCheckpointRetention.valueOf(cleanupMode.name()));
    }

    /**
     * @deprecated use {@link #setExternalizedCheckpointRetention}
     */
    @Deprecated
    public void enableExternalizedCheckpoints(ExternalizedCheckpointCleanup cleanupMode) {
        setExternalizedCheckpointCleanup(cleanupMode);
    }

    /** Whether checkpoints may outlive the job. */
    public boolean isExternalizedCheckpointsEnabled() {
        return getExternalizedCheckpointRetention()
                != ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS;
    }

    /**
     * Lets barriers overtake records: at once, or after {@link #setAlignedCheckpointTimeout} if
     * that is set. If neither this nor the time-out is set, they overtake after a second.
     *
     * @param enabled false to wait for however long an alignment takes
     */
    public void enableUnalignedCheckpoints(boolean enabled) {
        set(CheckpointOptions.UNALIGNED, enabled);
    }

    /** Same as {@code enableUnalignedCheckpoints(true)}. */
    public void enableUnalignedCheckpoints() {
        enableUnalignedCheckpoints(true);
    }

    /** Whether barriers may overtake records, at once or after a time. */
    public boolean isUnalignedCheckpointsEnabled() {
        return isUnalignedPossible() && get(CheckpointOptions.UNALIGNED);
    }

    private boolean isUnalignedPossible() {
        return getCheckpointingConsistencyMode() == CheckpointingMode.EXACTLY_ONCE;
    }

    /** Without effect: timers fire in turns, and a barrier waits for one turn only. */
    public void enableUnalignedCheckpointsInterruptibleTimers(boolean enabled) {
        set(IdleOptions.INTERRUPTIBLE_TIMERS, enabled);
    }

    /** What was set. */
    public boolean isUnalignedCheckpointsInterruptibleTimersEnabled() {
        return get(IdleOptions.INTERRUPTIBLE_TIMERS);
    }

    /**
     * @deprecated use {@link #setAlignedCheckpointTimeout}
     */
    @Deprecated
    public void setAlignmentTimeout(Duration alignmentTimeout) {
        setAlignedCheckpointTimeout(alignmentTimeout);
    }

    /**
     * @deprecated use {@link #getAlignedCheckpointTimeout}
     */
    @Deprecated
    public Duration getAlignmentTimeout() {
        return getAlignedCheckpointTimeout();
    }

    /** How long barriers wait behind records before they overtake them, where they may. */
    public Duration getAlignedCheckpointTimeout() {
        return find(CheckpointOptions.ALIGNMENT_TIMEOUT)
                .orElseGet(
                        () ->
                                find(CheckpointOptions.UNALIGNED).orElse(false)
                                        ? Duration.ZERO
                                        : get(CheckpointOptions.ALIGNMENT_TIMEOUT));
    }

    /**
     * @param alignedCheckpointTimeout zero to overtake at once
     */
    public void setAlignedCheckpointTimeout(Duration alignedCheckpointTimeout) {
        set(CheckpointOptions.ALIGNMENT_TIMEOUT, alignedCheckpointTimeout);
    }

    /** What was set. */
    public int getMaxSubtasksPerChannelStateFile() {
        return get(IdleOptions.CHANNEL_FILE_SUBTASKS);
    }

    /** Without effect: all tasks of a worker always share one file. */
    public void setMaxSubtasksPerChannelStateFile(int maxSubtasksPerChannelStateFile) {
        set(IdleOptions.CHANNEL_FILE_SUBTASKS, maxSubtasksPerChannelStateFile);
    }

    /** What was set. */
    public boolean isApproximateLocalRecoveryEnabled() {
        return get(IdleOptions.APPROXIMATE_RECOVERY);
    }

    /** Without effect: a region restarts whole from its checkpoint, so nothing is lost. */
    public void enableApproximateLocalRecovery(boolean enabled) {
        set(IdleOptions.APPROXIMATE_RECOVERY, enabled);
    }

    /** What was set. */
    public boolean isPauseSourcesUntilFirstCheckpoint() {
        return get(IdleOptions.PAUSE_SOURCES);
    }

    /** Without effect: sources begin at once. */
    public void setPauseSourcesUntilFirstCheckpoint(boolean pause) {
        set(IdleOptions.PAUSE_SOURCES, pause);
    }

    /**
     * Sets where checkpoints are written.
     *
     * @deprecated set {@link CheckpointOptions#DIRECTORY}
     */
    @Deprecated
    public void setCheckpointStorage(CheckpointStorage storage) {
        this.storage = Objects.requireNonNull(storage, "The storage of checkpoints is null.");
        storage.writeTo(values);
    }

    /**
     * Sets the directory of checkpoints.
     *
     * @deprecated set {@link CheckpointOptions#DIRECTORY}
     */
    @Deprecated
    public void setCheckpointStorage(String checkpointDirectory) {
        setCheckpointStorage(new FileSystemCheckpointStorage(checkpointDirectory));
    }

    /**
     * Sets the directory of checkpoints.
     *
     * @deprecated set {@link CheckpointOptions#DIRECTORY}
     */
    @Deprecated
    public void setCheckpointStorage(URI checkpointDirectory) {
        setCheckpointStorage(new FileSystemCheckpointStorage(checkpointDirectory));
    }

    /**
     * Sets the directory of checkpoints.
     *
     * @deprecated set {@link CheckpointOptions#DIRECTORY}
     */
    @Deprecated
    public void setCheckpointStorage(Path checkpointDirectory) {
        setCheckpointStorage(new FileSystemCheckpointStorage(checkpointDirectory));
    }

    /**
     * What was set here, else the directory that is configured, else null.
     *
     * @deprecated read {@link CheckpointOptions#DIRECTORY}
     */
    @Deprecated
    public CheckpointStorage getCheckpointStorage() {
        return storage != null
                ? storage
                : find(CheckpointOptions.DIRECTORY)
                        .map(FileSystemCheckpointStorage::new)
                        .orElse(null);
    }

    /** See {@link CheckpointOptions#IGNORED_IN_FLIGHT_DATA}. */
    public void setCheckpointIdOfIgnoredInFlightData(long checkpointIdOfIgnoredInFlightData) {
        set(CheckpointOptions.IGNORED_IN_FLIGHT_DATA, checkpointIdOfIgnoredInFlightData);
    }

    /** -1 for none. */
    public long getCheckpointIdOfIgnoredInFlightData() {
        return get(CheckpointOptions.IGNORED_IN_FLIGHT_DATA);
    }

    /** Takes over every option of checkpoints that {@code configuration} sets. */
    public void configure(ReadableConfig configuration) {
        CheckpointOptions.ALL.forEach(option -> take(configuration, option));
        IdleOptions.ALL.forEach(option -> take(configuration, option));
    }

    private <T> void take(ReadableConfig from, Option<T> option) {
        from.getOptional(ConfigOption.of(option)).ifPresent(value -> values.set(option, value));
    }

    /** The options as they are set; a copy. */
    public Configuration toConfiguration() {
        Configuration set = new Configuration();
        CheckpointConfig copy = new CheckpointConfig(set);
        copy.configure(values);
        return set;
    }
}
