package io.millrace.api.time;

/** A strategy with another timestamp assigner. Immutable. */
final class WatermarkStrategyWithAssigner<T> implements WatermarkStrategy<T> {
    private static final long serialVersionUID = 1L;

    private final WatermarkStrategy<T> base;
    private final TimestampAssignerSupplier<T> assigner;

    WatermarkStrategyWithAssigner(
            WatermarkStrategy<T> base, TimestampAssignerSupplier<T> assigner) {
        this.base = base;
        this.assigner = assigner;
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
}
