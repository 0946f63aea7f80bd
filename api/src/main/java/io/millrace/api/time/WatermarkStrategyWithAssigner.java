package io.millrace.api.time;

import java.util.Objects;

/** A strategy with another timestamp assigner. Immutable. */
final class WatermarkStrategyWithAssigner<T> implements WatermarkStrategy<T> {
    private static final long serialVersionUID = 1L;

    private final WatermarkStrategy<T> base;
    private final TimestampAssignerSupplier<T> assigner;

    WatermarkStrategyWithAssigner(
            WatermarkStrategy<T> base, TimestampAssignerSupplier<T> assigner) {
        this.base = Objects.requireNonNull(base, "base");
        this.assigner = Objects.requireNonNull(assigner, "assigner");
    }

    @Override
    public WatermarkGenerator<T> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return base.createWatermarkGenerator(context);
    }

    @Override
    public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return assigner.createTimestampAssigner(context);
    }

    @Override
    public WatermarkAlignmentParams getAlignmentParameters() {
        return base.getAlignmentParameters();
    }
}
