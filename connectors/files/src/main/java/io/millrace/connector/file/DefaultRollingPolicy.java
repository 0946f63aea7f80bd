package io.millrace.connector.file;

import io.millrace.api.option.MemorySize;
import java.io.IOException;
import java.time.Duration;

/** Closes a file by its size, its age, or the time since its last record. Immutable. */
public final class DefaultRollingPolicy<IN, BucketID> implements RollingPolicy<IN, BucketID> {
    private static final long serialVersionUID = 1L;

    private final long partSizeBytes;
    private final long rolloverMs;
    private final long inactivityMs;

    private DefaultRollingPolicy(long partSizeBytes, long rolloverMs, long inactivityMs) {
        this.partSizeBytes = partSizeBytes;
        this.rolloverMs = rolloverMs;
        this.inactivityMs = inactivityMs;
    }

    public static PolicyBuilder builder() {
        return new PolicyBuilder(128L << 20, 60_000L, 60_000L);
    }

    /**
     * @deprecated use {@link #builder()}
     */
    @Deprecated
    public static PolicyBuilder create() {
        return builder();
    }

    /** Bytes. */
    public long getMaxPartSize() {
        return partSizeBytes;
    }

    /** Milliseconds. */
    public long getRolloverInterval() {
        return rolloverMs;
    }

    /** Milliseconds. */
    public long getInactivityInterval() {
        return inactivityMs;
    }

    @Override
    public boolean shouldRollOnCheckpoint(PartFileInfo<BucketID> partFileState) throws IOException {
        return partFileState.getSize() > partSizeBytes;
    }

    @Override
    public boolean shouldRollOnEvent(PartFileInfo<BucketID> partFileState, IN element)
            throws IOException {
        return partFileState.getSize() > partSizeBytes;
    }

    @Override
    public boolean shouldRollOnProcessingTime(
            PartFileInfo<BucketID> partFileState, long currentTime) {
        return currentTime - partFileState.getCreationTime() >= rolloverMs
                || currentTime - partFileState.getLastUpdateTime() >= inactivityMs;
    }

    /** Settings of the policy: 128 MB, 60 s and 60 s unless set. Immutable. */
    public static final class PolicyBuilder {
        private final long partSizeBytes;
        private final long rolloverMs;
        private final long inactivityMs;

        private PolicyBuilder(long partSizeBytes, long rolloverMs, long inactivityMs) {
            if (partSizeBytes < 1 || rolloverMs < 1 || inactivityMs < 1) {
                throw new IllegalArgumentException(
                        "The size and times of a rolling policy are more than 0, not "
                                + partSizeBytes
                                + " bytes, "
                                + rolloverMs
                                + " ms and "
                                + inactivityMs
                                + " ms.");
            }
            this.partSizeBytes = partSizeBytes;
            this.rolloverMs = rolloverMs;
            this.inactivityMs = inactivityMs;
        }

        public PolicyBuilder withMaxPartSize(MemorySize size) {
            return new PolicyBuilder(size.getBytes(), rolloverMs, inactivityMs);
        }

        public PolicyBuilder withRolloverInterval(Duration interval) {
            return new PolicyBuilder(partSizeBytes, interval.toMillis(), inactivityMs);
        }

        public PolicyBuilder withInactivityInterval(Duration interval) {
            return new PolicyBuilder(partSizeBytes, rolloverMs, interval.toMillis());
        }

        /**
         * @param sizeBytes bytes
         * @deprecated use {@link #withMaxPartSize(MemorySize)}
         */
        @Deprecated
        public PolicyBuilder withMaxPartSize(long sizeBytes) {
            return new PolicyBuilder(sizeBytes, rolloverMs, inactivityMs);
        }

        /**
         * @param intervalMs milliseconds
         * @deprecated use {@link #withRolloverInterval(Duration)}
         */
        @Deprecated
        public PolicyBuilder withRolloverInterval(long intervalMs) {
            return new PolicyBuilder(partSizeBytes, intervalMs, inactivityMs);
        }

        /**
         * @param intervalMs milliseconds
         * @deprecated use {@link #withInactivityInterval(Duration)}
         */
        @Deprecated
        public PolicyBuilder withInactivityInterval(long intervalMs) {
            return new PolicyBuilder(partSizeBytes, rolloverMs, intervalMs);
        }

        public <IN, BucketID> DefaultRollingPolicy<IN, BucketID> build() {
            return new DefaultRollingPolicy<>(partSizeBytes, rolloverMs, inactivityMs);
        }
    }
}
