package io.millrace.api.time;

/**
 * An assigner of the older kinds as a strategy: it stamps and says where time is, so assigner and
 * generator are one object in each task. Immutable but for that object.
 *
 * @param <T> the records
 */
@SuppressWarnings("deprecation") // for programs that still have them
public final class AssignerStrategy<T> implements WatermarkStrategy<T> {
    private static final long serialVersionUID = 1L;

    private final AssignerWithPeriodicWatermarks<T> periodic; // null if it is punctuated
    private final AssignerWithPunctuatedWatermarks<T> punctuated; // null if it is periodic

    public AssignerStrategy(AssignerWithPeriodicWatermarks<T> assigner) {
        this.periodic = assigner;
        this.punctuated = null;
    }

    public AssignerStrategy(AssignerWithPunctuatedWatermarks<T> assigner) {
        this.periodic = null;
        this.punctuated = assigner;
    }

    @Override
    public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return periodic == null ? punctuated : periodic;
    }

    @Override
    public WatermarkGenerator<T> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new WatermarkGenerator<>() {
            @Override
            public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
                if (punctuated != null) {
                    emit(punctuated.checkAndGetNextWatermark(event, eventTimestamp), output);
                }
            }

            @Override
            public void onPeriodicEmit(WatermarkOutput output) {
                if (periodic != null) {
                    emit(periodic.getCurrentWatermark(), output);
                }
            }
        };
    }

    private static void emit(Watermark watermark, WatermarkOutput output) {
        if (watermark != null) {
            output.emitWatermark(watermark);
        }
    }
}
