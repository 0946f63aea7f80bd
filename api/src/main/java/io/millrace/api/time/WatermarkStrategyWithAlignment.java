package io.millrace.api.time;

import java.util.Objects;

/** A strategy whose source waits for others. Immutable. */
final class WatermarkStrategyWithAlignment<T> implements WatermarkStrategy<T> {
    private static final long serialVersionUID = 1L;

    private final WatermarkStrategy<T> base;
    private final WatermarkAlignmentParams alignment;

    WatermarkStrategyWithAlignment(WatermarkStrategy<T> base, WatermarkAlignmentParams alignment) {
        this.base = Objects.requireNonNull(base, "base");
        this.alignment = alignment;
    }

    @Override
    public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return base.createTimestampAssigner(context);
    }

    @Override
    public WatermarkGenerator<T> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return base.createWatermarkGenerator(context);
    }

    @Override
    public WatermarkAlignmentParams getAlignmentParameters() {
        return alignment;
    }
}
