package io.millrace.api.sink.async;

import java.time.Duration;

/** How a writer batches and how much it has under way. Immutable, but for the strategy in it. */
public class AsyncSinkWriterConfiguration {
    public static final long DEFAULT_REQUEST_TIMEOUT_MS = Duration.ofMinutes(10).toMillis();
    public static final boolean DEFAULT_FAIL_ON_TIMEOUT = false;

    private final int maxBatchSize;
    private final long maxBatchSizeInBytes;
    private final int maxInFlightRequests;
    private final int maxBufferedRequests;
    private final long maxTimeInBufferMS;
    private final long maxRecordSizeInBytes;
    private final long requestTimeoutMS;
    private final boolean failOnTimeout;
    private final RateLimitingStrategy rateLimitingStrategy;

    private AsyncSinkWriterConfiguration(AsyncSinkWriterConfigurationBuilder builder) {
        this.maxBatchSize = (int) atLeastOne("maxBatchSize", builder.maxBatchSize);
        this.maxBatchSizeInBytes = atLeastOne("maxBatchSizeInBytes", builder.maxBatchSizeInBytes);
        this.maxInFlightRequests =
                (int) atLeastOne("maxInFlightRequests", builder.maxInFlightRequests);
        this.maxBufferedRequests =
                (int) atLeastOne("maxBufferedRequests", builder.maxBufferedRequests);
        this.maxTimeInBufferMS = atLeastOne("maxTimeInBufferMS", builder.maxTimeInBufferMS);
        this.maxRecordSizeInBytes =
                atLeastOne("maxRecordSizeInBytes", builder.maxRecordSizeInBytes);
        this.requestTimeoutMS = atLeastOne("requestTimeoutMS", builder.requestTimeoutMS);
        this.failOnTimeout = builder.failOnTimeout;
        this.rateLimitingStrategy =
                builder.rateLimitingStrategy == null ? strategy() : builder.rateLimitingStrategy;
        if (maxBufferedRequests <= maxBatchSize) {
            throw new IllegalArgumentException(
                    "More entries must be able to wait than a request has: maxBufferedRequests is "
                            + maxBufferedRequests
                            + ", maxBatchSize "
                            + maxBatchSize
                            + ".");
        }
        if (maxBatchSizeInBytes < maxRecordSizeInBytes) {
            throw new IllegalArgumentException(
                    "A request must have room for the largest entry: maxBatchSizeInBytes is "
                            + maxBatchSizeInBytes
                            + ", maxRecordSizeInBytes "
                            + maxRecordSizeInBytes
                            + ".");
        }
    }

    private static long atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is at least 1, not " + value + ".");
        }
        return value;
    }

    private RateLimitingStrategy strategy() {
        int most = (int) Math.min((long) maxBatchSize * maxInFlightRequests, Integer.MAX_VALUE);
        return CongestionControlRateLimitingStrategy.builder()
                .setInitialMaxInFlightMessages(maxBatchSize)
                .setMaxInFlightRequests(maxInFlightRequests)
                .setScalingStrategy(AIMDScalingStrategy.builder(most).build())
                .build();
    }

    /** Begins with what has no default; the rest follows in its order. */
    public static ConfigurationMaxBatchSize builder() {
        return new AsyncSinkWriterConfigurationBuilder();
    }

    public int getMaxBatchSize() {
        return maxBatchSize;
    }

    public long getMaxBatchSizeInBytes() {
        return maxBatchSizeInBytes;
    }

    public int getMaxInFlightRequests() {
        return maxInFlightRequests;
    }

    public int getMaxBufferedRequests() {
        return maxBufferedRequests;
    }

    public long getMaxTimeInBufferMS() {
        return maxTimeInBufferMS;
    }

    public long getMaxRecordSizeInBytes() {
        return maxRecordSizeInBytes;
    }

    public long getRequestTimeoutMS() {
        return requestTimeoutMS;
    }

    public boolean isFailOnTimeout() {
        return failOnTimeout;
    }

    /** The one that was set; else one that begins with a full request and learns. */
    public RateLimitingStrategy getRateLimitingStrategy() {
        return rateLimitingStrategy;
    }

    /** The next thing that must be said. */
    public interface ConfigurationMaxBatchSize {
        /** Entries of a request, at most. */
        ConfigurationMaxBatchSizeInBytes setMaxBatchSize(int maxBatchSize);
    }

    /** The next thing that must be said. */
    public interface ConfigurationMaxBatchSizeInBytes {
        /** Bytes of a request, at most; a single entry may be of as many as a record. */
        ConfigurationMaxInFlightRequests setMaxBatchSizeInBytes(long maxBatchSizeInBytes);
    }

    /** The next thing that must be said. */
    public interface ConfigurationMaxInFlightRequests {
        /** Requests under way at a time, at most. */
        ConfigurationMaxBufferedRequests setMaxInFlightRequests(int maxInFlightRequests);
    }

    /** The next thing that must be said. */
    public interface ConfigurationMaxBufferedRequests {
        /** Entries that wait, at most: then the task waits, too. More than a request has. */
        ConfigurationMaxTimeInBufferMS setMaxBufferedRequests(int maxBufferedRequests);
    }

    /** The next thing that must be said. */
    public interface ConfigurationMaxTimeInBufferMS {
        /** Milliseconds that an entry waits for others, at most. */
        ConfigurationMaxRecordSizeInBytes setMaxTimeInBufferMS(long maxTimeInBufferMS);
    }

    /** The next thing that must be said. */
    public interface ConfigurationMaxRecordSizeInBytes {
        /** Bytes of a single entry, at most: a larger one fails the task. */
        AsyncSinkWriterConfigurationBuilder setMaxRecordSizeInBytes(long maxRecordSizeInBytes);
    }

    /** Collects what must be said, and what may. */
    public static class AsyncSinkWriterConfigurationBuilder
            implements ConfigurationMaxBatchSize,
                    ConfigurationMaxBatchSizeInBytes,
                    ConfigurationMaxInFlightRequests,
                    ConfigurationMaxBufferedRequests,
                    ConfigurationMaxTimeInBufferMS,
                    ConfigurationMaxRecordSizeInBytes {
        private int maxBatchSize;
        private long maxBatchSizeInBytes;
        private int maxInFlightRequests;
        private int maxBufferedRequests;
        private long maxTimeInBufferMS;
        private long maxRecordSizeInBytes;
        private long requestTimeoutMS = DEFAULT_REQUEST_TIMEOUT_MS;
        private boolean failOnTimeout = DEFAULT_FAIL_ON_TIMEOUT;
        private RateLimitingStrategy rateLimitingStrategy; // null: learned

        @Override
        public ConfigurationMaxBatchSizeInBytes setMaxBatchSize(int maxBatchSize) {
            this.maxBatchSize = maxBatchSize;
            return this;
        }

        @Override
        public ConfigurationMaxInFlightRequests setMaxBatchSizeInBytes(long maxBatchSizeInBytes) {
            this.maxBatchSizeInBytes = maxBatchSizeInBytes;
            return this;
        }

        @Override
        public ConfigurationMaxBufferedRequests setMaxInFlightRequests(int maxInFlightRequests) {
            this.maxInFlightRequests = maxInFlightRequests;
            return this;
        }

        @Override
        public ConfigurationMaxTimeInBufferMS setMaxBufferedRequests(int maxBufferedRequests) {
            this.maxBufferedRequests = maxBufferedRequests;
            return this;
        }

        @Override
        public ConfigurationMaxRecordSizeInBytes setMaxTimeInBufferMS(long maxTimeInBufferMS) {
            this.maxTimeInBufferMS = maxTimeInBufferMS;
            return this;
        }

        @Override
        public AsyncSinkWriterConfigurationBuilder setMaxRecordSizeInBytes(
                long maxRecordSizeInBytes) {
            this.maxRecordSizeInBytes = maxRecordSizeInBytes;
            return this;
        }

        /** Milliseconds after which a request counts as lost. */
        public AsyncSinkWriterConfigurationBuilder setRequestTimeoutMS(long requestTimeoutMS) {
            this.requestTimeoutMS = requestTimeoutMS;
            return this;
        }

        /** Whether a lost request fails the task; else it is sent again. */
        public AsyncSinkWriterConfigurationBuilder setFailOnTimeout(boolean failOnTimeout) {
            this.failOnTimeout = failOnTimeout;
            return this;
        }

        public AsyncSinkWriterConfigurationBuilder setRateLimitingStrategy(
                RateLimitingStrategy rateLimitingStrategy) {
            this.rateLimitingStrategy = rateLimitingStrategy;
            return this;
        }

        public AsyncSinkWriterConfiguration build() {
            return new AsyncSinkWriterConfiguration(this);
        }
    }
}
