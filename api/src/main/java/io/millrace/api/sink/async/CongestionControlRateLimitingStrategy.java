package io.millrace.api.sink.async;

import java.util.Objects;

/**
 * At most so many requests under way, and at most so many entries in them; the second limit moves
 * with what becomes of the requests. Confined to the task of its writer.
 */
public class CongestionControlRateLimitingStrategy implements RateLimitingStrategy {
    private final int maxInFlightRequests;
    private final ScalingStrategy<Integer> scalingStrategy;
    private int maxInFlightMessages;
    private int inFlightRequests;
    private int inFlightMessages;

    private CongestionControlRateLimitingStrategy(
            int maxInFlightRequests,
            int initialMaxInFlightMessages,
            ScalingStrategy<Integer> scalingStrategy) {
        this.maxInFlightRequests = atLeastOne("maxInFlightRequests", maxInFlightRequests);
        this.maxInFlightMessages =
                atLeastOne("initialMaxInFlightMessages", initialMaxInFlightMessages);
        this.scalingStrategy = Objects.requireNonNull(scalingStrategy, "no scalingStrategy");
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is at least 1, not " + value + ".");
        }
        return value;
    }

    @Override
    public void registerInFlightRequest(RequestInfo requestInfo) {
        inFlightRequests++;
        inFlightMessages += requestInfo.getBatchSize();
    }

    @Override
    public void registerCompletedRequest(ResultInfo resultInfo) {
        inFlightRequests--;
        inFlightMessages -= resultInfo.getBatchSize();
        maxInFlightMessages =
                resultInfo.getFailedMessages() > 0
                        ? scalingStrategy.scaleDown(maxInFlightMessages)
                        : scalingStrategy.scaleUp(maxInFlightMessages);
    }

    @Override
    public boolean shouldBlock(RequestInfo requestInfo) {
        return inFlightRequests >= maxInFlightRequests
                || inFlightMessages + requestInfo.getBatchSize() > maxInFlightMessages;
    }

    @Override
    public int getMaxBatchSize() {
        return maxInFlightMessages;
    }

    public static CongestionControlRateLimitingStrategyBuilder builder() {
        return new CongestionControlRateLimitingStrategyBuilder();
    }

    /** All three must be set. */
    public static class CongestionControlRateLimitingStrategyBuilder {
        private int maxInFlightRequests;
        private int initialMaxInFlightMessages;
        private ScalingStrategy<Integer> scalingStrategy;

        public CongestionControlRateLimitingStrategyBuilder setMaxInFlightRequests(
                int maxInFlightRequests) {
            this.maxInFlightRequests = maxInFlightRequests;
            return this;
        }

        public CongestionControlRateLimitingStrategyBuilder setInitialMaxInFlightMessages(
                int initialMaxInFlightMessages) {
            this.initialMaxInFlightMessages = initialMaxInFlightMessages;
            return this;
        }

        public CongestionControlRateLimitingStrategyBuilder setScalingStrategy(
                ScalingStrategy<Integer> scalingStrategy) {
            this.scalingStrategy = scalingStrategy;
            return this;
        }

        public CongestionControlRateLimitingStrategy build() {
            return new CongestionControlRateLimitingStrategy(
                    maxInFlightRequests, initialMaxInFlightMessages, scalingStrategy);
        }
    }
}
