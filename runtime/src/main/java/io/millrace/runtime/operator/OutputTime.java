package io.millrace.runtime.operator;

import io.millrace.api.time.Watermark;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkOutput;
import io.millrace.runtime.time.ActivityClock;

/** How far one output of a source has come: the reader's, or that of a split. Confined. */
final class OutputTime implements WatermarkOutput {
    private final SourceTime time;
    private final WatermarkGenerator<Object> generator;
    private final ActivityClock activity;
    private long watermarkMs = Long.MIN_VALUE;
    // The generator ends its own idleness only: its next watermark may be about earlier records.
    private boolean idleBySource;
    private boolean idleByGenerator;
    private boolean used;
    private SplitMetrics metrics; // null for the reader's own output
    private boolean paused;
    private boolean stands;

    OutputTime(SourceTime time, WatermarkGenerator<Object> generator, ActivityClock activity) {
        this.time = time;
        this.generator = generator;
        this.activity = activity;
    }

    /** Tells how it is of what comes from here on; once. */
    void measure(SplitMetrics with) {
        metrics = with;
    }

    /** What could come waits for others, or does so no longer. */
    void pause(boolean now) {
        paused = now;
        if (now) {
            activity.pause();
        } else {
            activity.resume();
        }
        tell();
    }

    /** The whole reader waits for others, or does so no longer. */
    void stand(boolean now) {
        stands = now;
        tell();
    }

    private void changed(long before) {
        tell();
        time.onChange(before);
    }

    private void tell() {
        if (metrics != null) {
            metrics.onWatermark(watermarkMs);
            metrics.onState(isIdle(), paused || stands);
        }
    }

    /** The highest so far. */
    long watermarkMs() {
        return watermarkMs;
    }

    boolean isIdle() {
        return idleBySource || idleByGenerator;
    }

    /** Whether a record, or a watermark of the source, has come here. */
    boolean isUsed() {
        return used;
    }

    /** Stands still while no record can come here. */
    ActivityClock activity() {
        return activity;
    }

    /** Before a record of an idle output goes on. */
    void wake() {
        idleBySource = false;
        idleByGenerator = false;
        changed(Long.MIN_VALUE);
    }

    void onRecord(Object record, long timestampMs) {
        used = true;
        generator.onEvent(record, timestampMs, this);
    }

    void tick() {
        generator.onPeriodicEmit(this);
    }

    /** A watermark that the generator did not make. */
    void onSourceWatermark(long timestampMs) {
        used = true;
        boolean woke = idleBySource;
        idleBySource = false;
        advanceTo(timestampMs, woke);
    }

    void onSourceIdle() {
        boolean before = isIdle();
        idleBySource = true;
        if (!before) {
            changed(Long.MIN_VALUE);
        }
    }

    void onSourceActive() {
        if (idleBySource) {
            idleBySource = false;
            changed(Long.MIN_VALUE);
        }
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        boolean woke = idleByGenerator;
        idleByGenerator = false;
        advanceTo(watermark.getTimestamp(), woke);
    }

    private void advanceTo(long timestampMs, boolean woke) {
        long before = watermarkMs;
        watermarkMs = Math.max(before, timestampMs);
        if (woke) {
            changed(Long.MIN_VALUE);
        } else if (watermarkMs > before) {
            changed(before);
        }
    }

    @Override
    public void markIdle() {
        boolean before = isIdle();
        idleByGenerator = true;
        if (!before) {
            changed(Long.MIN_VALUE);
        }
    }

    @Override
    public void markActive() {
        if (idleByGenerator) {
            idleByGenerator = false;
            changed(Long.MIN_VALUE);
        }
    }
}
