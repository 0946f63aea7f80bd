package io.millrace.api.time;

import java.time.Duration;

/**
 * How the records of a source get timestamps, and how watermarks follow from them. Serialized with
 * the job; makes an assigner and generators in each task.
 *
 * <p>Start with one of the static methods and refine it: each {@code with…} method gives a new
 * strategy and leaves this one as it is.
 *
 * @param <T> the records
 */
public interface WatermarkStrategy<T>
        extends TimestampAssignerSupplier<T>, WatermarkGeneratorSupplier<T> {
    @Override
    WatermarkGenerator<T> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context);

    /** Without an own one, records keep the timestamps that they have. */
    @Override
    default TimestampAssigner<T> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return new RecordTimestampAssigner<>();
    }

    /** How far this source may run ahead of others; disabled unless it was asked for. */
    default WatermarkAlignmentParams getAlignmentParameters() {
        return WatermarkAlignmentParams.WATERMARK_ALIGNMENT_DISABLED;
    }

    default WatermarkStrategy<T> withTimestampAssigner(TimestampAssignerSupplier<T> assigner) {
        return new WatermarkStrategyWithAssigner<>(this, assigner);
    }

    /**
     * @param assigner must be serializable; a lambda is
     */
    default WatermarkStrategy<T> withTimestampAssigner(SerializableTimestampAssigner<T> assigner) {
        return withTimestampAssigner(TimestampAssignerSupplier.of(assigner));
    }

    /**
     * A split, or a subtask, that brings no record for so long no longer holds back the time of
     * those behind it. Time in which it could not have brought any, because what is behind is full
     * or alignment has paused it, does not count.
     *
     * @param idleTimeout positive
     */
    default WatermarkStrategy<T> withIdleness(Duration idleTimeout) {
        return new WatermarkStrategyWithIdleness<>(this, idleTimeout);
    }

    /**
     * Like {@link #withWatermarkAlignment(String, Duration, Duration)}, telling each other once a
     * second.
     */
    default WatermarkStrategy<T> withWatermarkAlignment(
            String watermarkGroup, Duration maxAllowedWatermarkDrift) {
        return withWatermarkAlignment(
                watermarkGroup, maxAllowedWatermarkDrift, Duration.ofSeconds(1));
    }

    /**
     * Pauses splits, and whole readers, whose watermark is ahead of the lowest one of the group by
     * more than the drift. For sources of {@code fromSource}; behind {@code
     * assignTimestampsAndWatermarks} there is no reader to pause, and it has no effect.
     *
     * @param watermarkGroup sources of a job with this name go together
     * @param maxAllowedWatermarkDrift not negative
     * @param updateInterval how often each subtask tells where it is; positive
     */
    default WatermarkStrategy<T> withWatermarkAlignment(
            String watermarkGroup, Duration maxAllowedWatermarkDrift, Duration updateInterval) {
        return new WatermarkStrategyWithAlignment<>(
                this,
                new WatermarkAlignmentParams(
                        maxAllowedWatermarkDrift.toMillis(),
                        watermarkGroup,
                        updateInterval.toMillis()));
    }

    /** For timestamps that never go back within a split. */
    static <T> WatermarkStrategy<T> forMonotonousTimestamps() {
        return context -> new AscendingTimestampsWatermarks<>();
    }

    /** For timestamps that go back by no more than {@code maxOutOfOrderness}. */
    static <T> WatermarkStrategy<T> forBoundedOutOfOrderness(Duration maxOutOfOrderness) {
        return context -> new BoundedOutOfOrdernessWatermarks<>(maxOutOfOrderness);
    }

    static <T> WatermarkStrategy<T> forGenerator(WatermarkGeneratorSupplier<T> generators) {
        return generators::createWatermarkGenerator;
    }

    /** Event time stands still until the end of the input. */
    static <T> WatermarkStrategy<T> noWatermarks() {
        return context -> new NoWatermarksGenerator<>();
    }
}
