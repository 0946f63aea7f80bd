package io.millrace.connector.jdbc;

import java.io.Serializable;
import java.util.Objects;

/** How statements are sent: how many at once, how long they wait, how often again. Immutable. */
public class JdbcExecutionOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final int DEFAULT_MAX_RETRY_TIMES = 3;
    public static final int DEFAULT_SIZE = 5000;
    private static final long DEFAULT_INTERVAL_MS = 0;

    private final long batchIntervalMs;
    private final int batchSize;
    private final int maxRetries;
    private final RefusedRecords refusedRecords;

    private JdbcExecutionOptions(Builder builder) {
        this.batchIntervalMs = builder.intervalMs;
        this.batchSize = builder.size;
        this.maxRetries = builder.maxRetries;
        this.refusedRecords = builder.refusedRecords;
    }

    /** The longest that a record waits for others; 0 if it waits for the batch or a checkpoint. */
    public long getBatchIntervalMs() {
        return batchIntervalMs;
    }

    /** Records of a batch, at least 1. */
    public int getBatchSize() {
        return batchSize;
    }

    /** How often a batch is sent again, each time over a new connection if the old one is gone. */
    public int getMaxRetries() {
        return maxRetries;
    }

    public RefusedRecords getRefusedRecords() {
        return refusedRecords;
    }

    public static JdbcExecutionOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JdbcExecutionOptions that
                && batchIntervalMs == that.batchIntervalMs
                && batchSize == that.batchSize
                && maxRetries == that.maxRetries
                && refusedRecords == that.refusedRecords;
    }

    @Override
    public int hashCode() {
        return Objects.hash(batchIntervalMs, batchSize, maxRetries, refusedRecords);
    }

    /** Not thread-safe. */
    public static final class Builder {
        private long intervalMs = DEFAULT_INTERVAL_MS;
        private int size = DEFAULT_SIZE;
        private int maxRetries = DEFAULT_MAX_RETRY_TIMES;
        private RefusedRecords refusedRecords = RefusedRecords.FAIL;

        /**
         * @param size at least 1
         */
        public Builder withBatchSize(int size) {
            if (size < 1) {
                throw new IllegalArgumentException(
                        "A batch has at least 1 record, not "
                                + size
                                + ": what is not sent is kept in memory.");
            }
            this.size = size;
            return this;
        }

        /**
         * @param intervalMs 0 for none
         */
        public Builder withBatchIntervalMs(long intervalMs) {
            if (intervalMs < 0) {
                throw new IllegalArgumentException(
                        "The interval of batches is 0 (none) or more, not " + intervalMs + " ms.");
            }
            this.intervalMs = intervalMs;
            return this;
        }

        /**
         * @param maxRetries 0 for none
         */
        public Builder withMaxRetries(int maxRetries) {
            if (maxRetries < 0) {
                throw new IllegalArgumentException(
                        "A batch is retried 0 times (never) or more, not " + maxRetries + ".");
            }
            this.maxRetries = maxRetries;
            return this;
        }

        /** The default is {@link RefusedRecords#FAIL}. */
        public Builder withRefusedRecords(RefusedRecords refusedRecords) {
            this.refusedRecords = Objects.requireNonNull(refusedRecords, "refused records");
            return this;
        }

        public JdbcExecutionOptions build() {
            return new JdbcExecutionOptions(this);
        }
    }
}
