package io.millrace.api.sink.async;

/**
 * Additive increase, multiplicative decrease, as TCP has it: up by a step, down by a factor.
 * Immutable.
 */
public class AIMDScalingStrategy implements ScalingStrategy<Integer> {
    private static final int STEP = 10;
    private static final double FACTOR = 0.5;

    private final int increaseRate;
    private final double decreaseFactor;
    private final int rateThreshold;

    /**
     * @param increaseRate the step up, at least 1
     * @param decreaseFactor between 0 and 1, both excluded
     * @param rateThreshold the highest limit, at least the step
     */
    public AIMDScalingStrategy(int increaseRate, double decreaseFactor, int rateThreshold) {
        if (increaseRate < 1) {
            throw new IllegalArgumentException(
                    "The step up is at least 1, not " + increaseRate + ".");
        }
        if (!(decreaseFactor > 0 && decreaseFactor < 1)) {
            throw new IllegalArgumentException(
                    "The factor down is between 0 and 1, not " + decreaseFactor + ".");
        }
        if (rateThreshold < increaseRate) {
            throw new IllegalArgumentException(
                    "The highest limit, "
                            + rateThreshold
                            + ", is at least the step up, which is "
                            + increaseRate
                            + ".");
        }
        this.increaseRate = increaseRate;
        this.decreaseFactor = decreaseFactor;
        this.rateThreshold = rateThreshold;
    }

    @Override
    public Integer scaleUp(Integer currentRate) {
        return (int) Math.min((long) currentRate + increaseRate, rateThreshold);
    }

    /** At least 1. */
    @Override
    public Integer scaleDown(Integer currentRate) {
        return (int) Math.max(1, Math.round(currentRate * decreaseFactor));
    }

    /**
     * @param rateThreshold the highest limit
     */
    public static AIMDScalingStrategyBuilder builder(int rateThreshold) {
        return new AIMDScalingStrategyBuilder(rateThreshold);
    }

    /** With a step of 10, or of the highest limit if that is less, and a factor of a half. */
    public static class AIMDScalingStrategyBuilder {
        private final int rateThreshold;
        private int increaseRate;
        private double decreaseFactor = FACTOR;

        public AIMDScalingStrategyBuilder(int rateThreshold) {
            this.rateThreshold = rateThreshold;
            this.increaseRate = Math.max(1, Math.min(STEP, rateThreshold));
        }

        public AIMDScalingStrategyBuilder setIncreaseRate(int increaseRate) {
            this.increaseRate = increaseRate;
            return this;
        }

        public AIMDScalingStrategyBuilder setDecreaseFactor(double decreaseFactor) {
            this.decreaseFactor = decreaseFactor;
            return this;
        }

        public AIMDScalingStrategy build() {
            return new AIMDScalingStrategy(increaseRate, decreaseFactor, rateThreshold);
        }
    }
}
