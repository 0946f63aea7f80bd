package io.millrace.api.async;

import java.io.Serializable;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/** Common retry strategies. */
public class AsyncRetryStrategies {
    /** One attempt, no other. */
    public static final NoRetryStrategy NO_RETRY_STRATEGY = new NoRetryStrategy();

    private AsyncRetryStrategies() {}

    /** See {@link #NO_RETRY_STRATEGY}. */
    public static final class NoRetryStrategy implements AsyncRetryStrategy<Object> {
        private static final long serialVersionUID = 1L;

        private NoRetryStrategy() {}

        @Override
        public boolean canRetry(int currentAttempts) {
            return false;
        }

        @Override
        public long getBackoffTimeMillis(int currentAttempts) {
            return -1;
        }

        @Override
        public AsyncRetryPredicate<Object> getRetryPredicate() {
            return new Reasons<>(null, null);
        }
    }

    /** The same pause before each attempt. */
    public static class FixedDelayRetryStrategy<OUT> implements AsyncRetryStrategy<OUT> {
        private static final long serialVersionUID = 1L;

        private final int maxAttempts;
        private final long backoffTimeMillis;
        private final Reasons<OUT> reasons;

        private FixedDelayRetryStrategy(
                int maxAttempts, long backoffTimeMillis, Reasons<OUT> reasons) {
            this.maxAttempts = maxAttempts;
            this.backoffTimeMillis = backoffTimeMillis;
            this.reasons = reasons;
        }

        @Override
        public boolean canRetry(int currentAttempts) {
            return currentAttempts < maxAttempts;
        }

        @Override
        public long getBackoffTimeMillis(int currentAttempts) {
            return backoffTimeMillis;
        }

        @Override
        public AsyncRetryPredicate<OUT> getRetryPredicate() {
            return reasons;
        }
    }

    /** Builds a {@link FixedDelayRetryStrategy}. */
    public static class FixedDelayRetryStrategyBuilder<OUT> {
        private final int maxAttempts;
        private final long backoffTimeMillis;
        private Predicate<Collection<OUT>> resultPredicate;
        private Predicate<Throwable> exceptionPredicate;

        /**
         * @param maxAttempts at least 1, the first one included
         * @param backoffTimeMillis pause before an attempt, at least 1
         */
        public FixedDelayRetryStrategyBuilder(int maxAttempts, long backoffTimeMillis) {
            require(maxAttempts > 0, "maxAttempts is at least 1, not " + maxAttempts);
            require(
                    backoffTimeMillis > 0,
                    "backoffTimeMillis is at least 1, not " + backoffTimeMillis);
            this.maxAttempts = maxAttempts;
            this.backoffTimeMillis = backoffTimeMillis;
        }

        /**
         * @param resultRetryPredicate serializable
         */
        public FixedDelayRetryStrategyBuilder<OUT> ifResult(
                Predicate<Collection<OUT>> resultRetryPredicate) {
            this.resultPredicate = resultRetryPredicate;
            return this;
        }

        /**
         * @param exceptionRetryPredicate serializable
         */
        public FixedDelayRetryStrategyBuilder<OUT> ifException(
                Predicate<Throwable> exceptionRetryPredicate) {
            this.exceptionPredicate = exceptionRetryPredicate;
            return this;
        }

        public FixedDelayRetryStrategy<OUT> build() {
            return new FixedDelayRetryStrategy<>(
                    maxAttempts,
                    backoffTimeMillis,
                    new Reasons<>(resultPredicate, exceptionPredicate));
        }
    }

    /** A pause that grows by a factor with each attempt, up to a longest one. */
    public static class ExponentialBackoffDelayRetryStrategy<OUT>
            implements AsyncRetryStrategy<OUT> {
        private static final long serialVersionUID = 1L;

        private final int maxAttempts;
        private final long initialDelay;
        private final long maxRetryDelay;
        private final double multiplier;
        private final Reasons<OUT> reasons;

        private ExponentialBackoffDelayRetryStrategy(
                int maxAttempts,
                long initialDelay,
                long maxRetryDelay,
                double multiplier,
                Reasons<OUT> reasons) {
            this.maxAttempts = maxAttempts;
            this.initialDelay = initialDelay;
            this.maxRetryDelay = maxRetryDelay;
            this.multiplier = multiplier;
            this.reasons = reasons;
        }

        @Override
        public boolean canRetry(int currentAttempts) {
            return currentAttempts < maxAttempts;
        }

        @Override
        public long getBackoffTimeMillis(int currentAttempts) {
            double delay = initialDelay * Math.pow(multiplier, Math.max(0, currentAttempts - 1));
            return (long) Math.min(delay, maxRetryDelay);
        }

        @Override
        public AsyncRetryPredicate<OUT> getRetryPredicate() {
            return reasons;
        }
    }

    /** Builds an {@link ExponentialBackoffDelayRetryStrategy}. */
    public static class ExponentialBackoffDelayRetryStrategyBuilder<OUT> {
        private final int maxAttempts;
        private final long initialDelay;
        private final long maxRetryDelay;
        private final double multiplier;
        private Predicate<Collection<OUT>> resultPredicate;
        private Predicate<Throwable> exceptionPredicate;

        /**
         * @param maxAttempts at least 1, the first one included
         * @param initialDelay milliseconds before the second attempt, at least 1
         * @param maxRetryDelay milliseconds, at least {@code initialDelay}
         * @param multiplier at least 1
         */
        public ExponentialBackoffDelayRetryStrategyBuilder(
                int maxAttempts, long initialDelay, long maxRetryDelay, double multiplier) {
            require(maxAttempts > 0, "maxAttempts is at least 1, not " + maxAttempts);
            require(initialDelay > 0, "initialDelay is at least 1, not " + initialDelay);
            require(
                    maxRetryDelay >= initialDelay,
                    "maxRetryDelay is at least the initial delay "
                            + initialDelay
                            + ", not "
                            + maxRetryDelay);
            require(multiplier >= 1, "multiplier is at least 1, not " + multiplier);
            this.maxAttempts = maxAttempts;
            this.initialDelay = initialDelay;
            this.maxRetryDelay = maxRetryDelay;
            this.multiplier = multiplier;
        }

        /**
         * @param resultRetryPredicate serializable
         */
        public ExponentialBackoffDelayRetryStrategyBuilder<OUT> ifResult(
                Predicate<Collection<OUT>> resultRetryPredicate) {
            this.resultPredicate = resultRetryPredicate;
            return this;
        }

        /**
         * @param exceptionRetryPredicate serializable
         */
        public ExponentialBackoffDelayRetryStrategyBuilder<OUT> ifException(
                Predicate<Throwable> exceptionRetryPredicate) {
            this.exceptionPredicate = exceptionRetryPredicate;
            return this;
        }

        public ExponentialBackoffDelayRetryStrategy<OUT> build() {
            return new ExponentialBackoffDelayRetryStrategy<>(
                    maxAttempts,
                    initialDelay,
                    maxRetryDelay,
                    multiplier,
                    new Reasons<>(resultPredicate, exceptionPredicate));
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise + ".");
        }
    }

    /** Two predicates, each null if there is none. */
    private record Reasons<OUT>(Predicate<Collection<OUT>> result, Predicate<Throwable> exception)
            implements AsyncRetryPredicate<OUT>, Serializable {
        @Override
        public Optional<Predicate<Collection<OUT>>> resultPredicate() {
            return Optional.ofNullable(result);
        }

        @Override
        public Optional<Predicate<Throwable>> exceptionPredicate() {
            return Optional.ofNullable(exception);
        }
    }
}
