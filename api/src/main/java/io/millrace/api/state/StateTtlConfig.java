package io.millrace.api.state;

import io.millrace.api.time.Time;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How long the values of a state live after they were last used, and when they are removed.
 * Elements of lists and entries of maps live each for itself. Immutable.
 *
 * <p>What has expired is removed when a function meets it. Both back ends look at some entries of
 * other keys too, whenever the state is used: see {@link Builder#cleanupIncrementally} for state in
 * memory and {@link Builder#cleanupInRocksdbCompactFilter(long)} for state in RocksDB.
 */
public class StateTtlConfig implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);
    private static final int INCREMENTAL_ENTRIES = 5;
    private static final long COMPACTION_ENTRIES = 1_000;
    private static final Duration COMPACTION_PERIOD = Duration.ofDays(30);

    /** For ever. */
    public static final StateTtlConfig DISABLED =
            new Builder(FOR_EVER).setUpdateType(UpdateType.Disabled).build();

    private final Duration timeToLive;
    private final UpdateType updateType;
    private final StateVisibility visibility;
    private final TtlTimeCharacteristic timeCharacteristic;
    private final CleanupStrategies cleanup;

    /** What starts the lifetime again. */
    public enum UpdateType {
        /** Values live for ever. */
        Disabled,
        OnCreateAndWrite,
        OnReadAndWrite
    }

    /** What a reader sees of a value that has expired and is still there. */
    public enum StateVisibility {
        ReturnExpiredIfNotCleanedUp,
        NeverReturnExpired
    }

    /** The clock. */
    public enum TtlTimeCharacteristic {
        ProcessingTime
    }

    private StateTtlConfig(Builder builder) {
        this.timeToLive = builder.timeToLive;
        this.updateType = builder.updateType;
        this.visibility = builder.visibility;
        this.timeCharacteristic = builder.timeCharacteristic;
        this.cleanup =
                new CleanupStrategies(
                        builder.fullSnapshot,
                        builder.background,
                        builder.incremental,
                        builder.compaction);
    }

    public UpdateType getUpdateType() {
        return updateType;
    }

    public StateVisibility getStateVisibility() {
        return visibility;
    }

    /**
     * @deprecated use {@link #getTimeToLive}
     */
    @Deprecated
    public Time getTtl() {
        return Time.fromDuration(timeToLive);
    }

    public Duration getTimeToLive() {
        return timeToLive;
    }

    public TtlTimeCharacteristic getTtlTimeCharacteristic() {
        return timeCharacteristic;
    }

    /** False if values live for ever. */
    public boolean isEnabled() {
        return updateType != UpdateType.Disabled;
    }

    public CleanupStrategies getCleanupStrategies() {
        return cleanup;
    }

    @Override
    public String toString() {
        return "StateTtlConfig{timeToLive="
                + timeToLive
                + ", updateType="
                + updateType
                + ", stateVisibility="
                + visibility
                + ", "
                + cleanup
                + "}";
    }

    /**
     * @deprecated use {@link #newBuilder(Duration)}
     */
    @Deprecated
    public static Builder newBuilder(Time ttl) {
        return new Builder(ttl);
    }

    /**
     * @param timeToLive more than zero
     */
    public static Builder newBuilder(Duration timeToLive) {
        return new Builder(timeToLive);
    }

    /** A builder that has what {@code ttlConfig} has. */
    public static Builder newBuilder(StateTtlConfig ttlConfig) {
        return new Builder(ttlConfig);
    }

    /** Collects what a configuration says. Confined to its user. */
    public static class Builder {
        private Duration timeToLive;
        private UpdateType updateType = UpdateType.OnCreateAndWrite;
        private StateVisibility visibility = StateVisibility.NeverReturnExpired;
        private TtlTimeCharacteristic timeCharacteristic = TtlTimeCharacteristic.ProcessingTime;
        private boolean fullSnapshot;
        private boolean background = true;
        private IncrementalCleanupStrategy incremental; // null if it was not asked for
        private RocksdbCompactFilterCleanupStrategy compaction; // null if it was not asked for

        /**
         * @deprecated use {@link StateTtlConfig#newBuilder(Duration)}
         */
        @Deprecated
        public Builder(Time ttl) {
            this(ttl.toDuration());
        }

        private Builder(Duration timeToLive) {
            this.timeToLive = Objects.requireNonNull(timeToLive, "The lifetime is null.");
        }

        private Builder(StateTtlConfig from) {
            this(from.timeToLive);
            this.updateType = from.updateType;
            this.visibility = from.visibility;
            this.timeCharacteristic = from.timeCharacteristic;
            this.fullSnapshot = from.cleanup.fullSnapshot;
            this.background = from.cleanup.background;
            this.incremental = from.cleanup.incremental;
            this.compaction = from.cleanup.compaction;
        }

        public Builder setUpdateType(UpdateType updateType) {
            this.updateType = Objects.requireNonNull(updateType, "The update type is null.");
            return this;
        }

        /** The default. */
        public Builder updateTtlOnCreateAndWrite() {
            return setUpdateType(UpdateType.OnCreateAndWrite);
        }

        public Builder updateTtlOnReadAndWrite() {
            return setUpdateType(UpdateType.OnReadAndWrite);
        }

        public Builder setStateVisibility(StateVisibility stateVisibility) {
            this.visibility = Objects.requireNonNull(stateVisibility, "The visibility is null.");
            return this;
        }

        public Builder returnExpiredIfNotCleanedUp() {
            return setStateVisibility(StateVisibility.ReturnExpiredIfNotCleanedUp);
        }

        /** The default. */
        public Builder neverReturnExpired() {
            return setStateVisibility(StateVisibility.NeverReturnExpired);
        }

        public Builder setTtlTimeCharacteristic(TtlTimeCharacteristic ttlTimeCharacteristic) {
            this.timeCharacteristic =
                    Objects.requireNonNull(ttlTimeCharacteristic, "The time is null.");
            return this;
        }

        /** The only clock there is. */
        public Builder useProcessingTime() {
            return setTtlTimeCharacteristic(TtlTimeCharacteristic.ProcessingTime);
        }

        /** Leaves what has expired out of full snapshots of state in memory. */
        public Builder cleanupFullSnapshot() {
            this.fullSnapshot = true;
            return this;
        }

        /**
         * Looks at some entries of state in memory whenever the state is used.
         *
         * @param cleanupSize entries to look at, at least 1
         * @param runCleanupForEveryRecord also for records that do not use the state
         */
        public Builder cleanupIncrementally(int cleanupSize, boolean runCleanupForEveryRecord) {
            this.incremental =
                    new IncrementalCleanupStrategy(cleanupSize, runCleanupForEveryRecord);
            return this;
        }

        /**
         * Removes what has expired from RocksDB, some entries whenever the state is used: the
         * method's name is of an engine that does it while files are compacted. On unless {@link
         * #disableCleanupInBackground} is called.
         *
         * @param queryTimeAfterNumEntries without effect: the clock is looked at each time
         */
        public Builder cleanupInRocksdbCompactFilter(long queryTimeAfterNumEntries) {
            return cleanupInRocksdbCompactFilter(queryTimeAfterNumEntries, COMPACTION_PERIOD);
        }

        /**
         * The same.
         *
         * @param queryTimeAfterNumEntries without effect: the clock is looked at each time
         * @param periodicCompactionTime without effect: all entries are looked at four times in a
         *     lifetime, or as often as the state's use allows
         */
        public Builder cleanupInRocksdbCompactFilter(
                long queryTimeAfterNumEntries, Duration periodicCompactionTime) {
            this.compaction =
                    new RocksdbCompactFilterCleanupStrategy(
                            queryTimeAfterNumEntries, periodicCompactionTime);
            return this;
        }

        /** Removes only what a reader meets, unless a strategy is asked for. */
        public Builder disableCleanupInBackground() {
            this.background = false;
            return this;
        }

        /**
         * @deprecated use {@link #setTimeToLive}
         */
        @Deprecated
        public Builder setTtl(Time ttl) {
            return setTimeToLive(ttl.toDuration());
        }

        public Builder setTimeToLive(Duration timeToLive) {
            this.timeToLive = Objects.requireNonNull(timeToLive, "The lifetime is null.");
            return this;
        }

        /**
         * @throws IllegalArgumentException if the lifetime is not more than zero
         */
        public StateTtlConfig build() {
            if (timeToLive.isZero() || timeToLive.isNegative()) {
                throw new IllegalArgumentException(
                        "The lifetime of a state is more than zero, not " + timeToLive + ".");
            }
            return new StateTtlConfig(this);
        }
    }

    /** How values are removed that nobody reads any more. Immutable. */
    public static class CleanupStrategies implements Serializable {
        private static final long serialVersionUID = 1L;

        private static final IncrementalCleanupStrategy DEFAULT_INCREMENTAL =
                new IncrementalCleanupStrategy(INCREMENTAL_ENTRIES, false);
        private static final RocksdbCompactFilterCleanupStrategy DEFAULT_COMPACTION =
                new RocksdbCompactFilterCleanupStrategy(COMPACTION_ENTRIES, COMPACTION_PERIOD);

        private final boolean fullSnapshot;
        private final boolean background;
        private final IncrementalCleanupStrategy incremental;
        private final RocksdbCompactFilterCleanupStrategy compaction;

        /** A way of removing. */
        public interface CleanupStrategy extends Serializable {}

        private CleanupStrategies(
                boolean fullSnapshot,
                boolean background,
                IncrementalCleanupStrategy incremental,
                RocksdbCompactFilterCleanupStrategy compaction) {
            this.fullSnapshot = fullSnapshot;
            this.background = background;
            this.incremental = incremental;
            this.compaction = compaction;
        }

        /** Whether full snapshots leave out what has expired. */
        public boolean inFullSnapshot() {
            return fullSnapshot;
        }

        /** Whether each back end removes in its own way, if no strategy is asked for. */
        public boolean isCleanupInBackground() {
            return background;
        }

        /** Null if state in memory is not cleaned as it is used. */
        public IncrementalCleanupStrategy getIncrementalCleanupStrategy() {
            return incremental == null && background ? DEFAULT_INCREMENTAL : incremental;
        }

        /** Whether RocksDB removes while it compacts. */
        public boolean inRocksdbCompactFilter() {
            return getRocksdbCompactFilterCleanupStrategy() != null;
        }

        /** Null if RocksDB is not looked through. */
        public RocksdbCompactFilterCleanupStrategy getRocksdbCompactFilterCleanupStrategy() {
            return compaction == null && background ? DEFAULT_COMPACTION : compaction;
        }

        @Override
        public String toString() {
            return "fullSnapshot="
                    + fullSnapshot
                    + ", background="
                    + background
                    + ", incremental="
                    + (getIncrementalCleanupStrategy() != null)
                    + ", compaction="
                    + inRocksdbCompactFilter();
        }
    }

    /** Removes a few entries of state in memory whenever it is used. Immutable. */
    public static class IncrementalCleanupStrategy implements CleanupStrategies.CleanupStrategy {
        private static final long serialVersionUID = 1L;

        private final int cleanupSize;
        private final boolean everyRecord;

        private IncrementalCleanupStrategy(int cleanupSize, boolean everyRecord) {
            if (cleanupSize < 1) {
                throw new IllegalArgumentException(
                        "The number of entries to look at is at least 1, not " + cleanupSize + ".");
            }
            this.cleanupSize = cleanupSize;
            this.everyRecord = everyRecord;
        }

        /** Entries. */
        public int getCleanupSize() {
            return cleanupSize;
        }

        /** Also for records that do not use the state. */
        public boolean runCleanupForEveryRecord() {
            return everyRecord;
        }
    }

    /** Removes entries from RocksDB while the state is used. Immutable. */
    public static class RocksdbCompactFilterCleanupStrategy
            implements CleanupStrategies.CleanupStrategy {
        private static final long serialVersionUID = 1L;

        private final long queryTimeAfterNumEntries;
        private final Duration periodicCompactionTime;

        private RocksdbCompactFilterCleanupStrategy(
                long queryTimeAfterNumEntries, Duration periodicCompactionTime) {
            this.queryTimeAfterNumEntries = queryTimeAfterNumEntries;
            this.periodicCompactionTime =
                    Objects.requireNonNull(periodicCompactionTime, "The period is null.");
        }

        /** Entries between two looks at the clock. */
        public long getQueryTimeAfterNumEntries() {
            return queryTimeAfterNumEntries;
        }

        /** Age at which files are compacted for the removal alone; zero for never. */
        public Duration getPeriodicCompactionTime() {
            return periodicCompactionTime;
        }
    }
}
