package io.millrace.api.time;

import java.time.Duration;
import java.util.Objects;

/** A strategy whose splits become idle. Immutable. */
final class WatermarkStrategyWithIdleness<T> implements WatermarkStrategy<T> {
    private static final long serialVersionUID = 1L;

    private final WatermarkStrategy<T> base;
    private final Duration idleTimeout;

    WatermarkStrategyWithIdleness(WatermarkStrategy<T> base, Duration idleTimeout) {
        this.base = Objects.requireNonNull(base, "base");
        this.idleTimeout = WatermarksWithIdleness.checked(idleTimeout);
    }

    @Override
    public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return base.createTimestampAssigner(context);
    }

    @Override
    public WatermarkGenerator<T> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new WatermarksWithIdleness<>(
                base.createWatermarkGenerator(context),
                idleTimeout,
                context.getInputActivityClock());
    }

    @Override
    public WatermarkAlignmentParams getAlignmentParameters() {
        return base.getAlignmentParameters();
    }
}
