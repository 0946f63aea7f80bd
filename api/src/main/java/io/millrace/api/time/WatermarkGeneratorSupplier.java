package io.millrace.api.time;

import java.io.Serializable;

/** Makes the watermark generator of a task, or of each split. */
@FunctionalInterface
public interface WatermarkGeneratorSupplier<T> extends Serializable {
    WatermarkGenerator<T> createWatermarkGenerator(Context context);

    /** What the generator may know of its task; empty for now. */
    interface Context {}
}
