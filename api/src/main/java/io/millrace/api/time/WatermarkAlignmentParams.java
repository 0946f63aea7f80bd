package io.millrace.api.time;

import java.io.Serializable;
import java.util.Objects;

/** How far a source may run ahead of the others of its group. Immutable. */
public final class WatermarkAlignmentParams implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Never waits for others. */
    public static final WatermarkAlignmentParams WATERMARK_ALIGNMENT_DISABLED =
            new WatermarkAlignmentParams();

    private final long maxAllowedWatermarkDriftMs;
    private final String watermarkGroup;
    private final long updateIntervalMs;

    private WatermarkAlignmentParams() {
        this.maxAllowedWatermarkDriftMs = Long.MAX_VALUE;
        this.watermarkGroup = "";
        this.updateIntervalMs = 0;
    }

    /**
     * @param maxAllowedWatermarkDrift milliseconds of event time, not negative
     * @param watermarkGroup names the group within the job
     * @param updateInterval milliseconds between two reports of a subtask, positive
     */
    public WatermarkAlignmentParams(
            long maxAllowedWatermarkDrift, String watermarkGroup, long updateInterval) {
        this.watermarkGroup = Objects.requireNonNull(watermarkGroup, "watermarkGroup");
        if (maxAllowedWatermarkDrift < 0) {
            throw new IllegalArgumentException(
                    "Sources of the watermark group '"
                            + watermarkGroup
                            + "' may be apart by "
                            + maxAllowedWatermarkDrift
                            + " ms; the drift must not be negative.");
        }
        if (updateInterval <= 0) {
            throw new IllegalArgumentException(
                    "Sources of the watermark group '"
                            + watermarkGroup
                            + "' report every "
                            + updateInterval
                            + " ms; the interval must be at least 1 ms.");
        }
        this.maxAllowedWatermarkDriftMs = maxAllowedWatermarkDrift;
        this.updateIntervalMs = updateInterval;
    }

    public boolean isEnabled() {
        return maxAllowedWatermarkDriftMs < Long.MAX_VALUE;
    }

    /** Milliseconds of event time; {@code Long.MAX_VALUE} if disabled. */
    public long getMaxAllowedWatermarkDrift() {
        return maxAllowedWatermarkDriftMs;
    }

    /** Empty if disabled. */
    public String getWatermarkGroup() {
        return watermarkGroup;
    }

    /** Milliseconds; 0 if disabled. */
    public long getUpdateInterval() {
        return updateIntervalMs;
    }
}
