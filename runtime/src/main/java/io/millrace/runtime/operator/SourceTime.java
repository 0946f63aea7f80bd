package io.millrace.runtime.operator;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.time.NoWatermarksGenerator;
import io.millrace.api.time.RecordTimestampAssigner;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.TimestampAssignerSupplier;
import io.millrace.api.time.Watermark;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkGeneratorSupplier;
import io.millrace.api.time.WatermarkOutput;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.RecordChunk;
import java.util.HashMap;
import java.util.Map;

/**
 * The event time of one source subtask: one generator for the reader and one for each split that
 * has an output of its own; time is that of the slowest that is not idle. Confined to the task.
 *
 * <p>A batch job has no time before its end, so no generator runs there.
 */
public final class SourceTime {
    private static final TimestampAssignerSupplier.Context ASSIGNER_CONTEXT =
            new TimestampAssignerSupplier.Context() {};
    private static final WatermarkGeneratorSupplier.Context GENERATOR_CONTEXT =
            new WatermarkGeneratorSupplier.Context() {};

    private final WatermarkStrategy<Object> strategy;
    private final Receiver next;
    private final boolean generating;
    private final boolean stamping;
    private final long intervalMs;
    private final Clock main;
    private final Map<String, SplitOutput> splits = new HashMap<>();
    private long emittedMs = Long.MIN_VALUE;
    private boolean emittedIdle;
    private long nextEmitMs = Long.MIN_VALUE;

    SourceTime(WatermarkStrategy<Object> strategy, TaskScope scope, Receiver next) {
        this.strategy = strategy;
        this.next = next;
        WatermarkGenerator<Object> generator = strategy.createWatermarkGenerator(GENERATOR_CONTEXT);
        TimestampAssigner<Object> assigner = strategy.createTimestampAssigner(ASSIGNER_CONTEXT);
        this.generating =
                scope.mode() == ExecutionMode.STREAMING
                        && !(generator instanceof NoWatermarksGenerator<?>);
        this.stamping = generating || !(assigner instanceof RecordTimestampAssigner<?>);
        this.intervalMs = scope.config().get(ProgramOptions.AUTO_WATERMARK_INTERVAL).toMillis();
        this.main = new Clock(generator);
    }

    /**
     * Null if records keep the timestamps that the source gives and no generator wants to see them.
     */
    TimestampAssigner<Object> assigner() {
        return stamping ? strategy.createTimestampAssigner(ASSIGNER_CONTEXT) : null;
    }

    boolean needsSplits() {
        return stamping;
    }

    void onRecord(Object record, long timestampMs) {
        if (generating) {
            main.onRecord(record, timestampMs);
        }
    }

    SourceOutput<Object> outputOf(String splitId, Receiver operator) {
        return splits.computeIfAbsent(splitId, id -> new SplitOutput(operator));
    }

    void release(String splitId) {
        splits.remove(splitId);
        advance();
    }

    /** A watermark of the source's own; it counts only where the strategy generates none. */
    void onSourceWatermark(long timestampMs) {
        if (!generating) {
            main.advanceTo(timestampMs);
        }
    }

    /** All time is over; no watermark comes behind this one. */
    void onEnd() {
        if (emittedMs < Long.MAX_VALUE) {
            emittedMs = Long.MAX_VALUE;
            next.watermark(Long.MAX_VALUE);
        }
    }

    void onSourceIdle() {
        main.idle = true;
        advance();
    }

    /** When {@link #onTick} wants to be called next, in milliseconds since the epoch; or never. */
    public long nextTickMs(long nowMs) {
        if (!generating || intervalMs == 0) {
            return Long.MAX_VALUE;
        }
        if (nextEmitMs == Long.MIN_VALUE) {
            nextEmitMs = nowMs + intervalMs;
        }
        return nextEmitMs;
    }

    /** Lets the generators emit if the interval is over. */
    public void onTick(long nowMs) {
        if (nowMs < nextTickMs(nowMs)) {
            return;
        }
        nextEmitMs = nowMs + intervalMs;
        main.tick();
        splits.values().forEach(split -> split.clock.tick());
    }

    private void advance() {
        // The reader's own output counts only if nothing goes through outputs of splits.
        boolean bySplit = !splits.isEmpty();
        long lowest = Long.MAX_VALUE;
        boolean anyActive = false;
        if (!bySplit || main.used) {
            anyActive = !main.idle;
            lowest = main.idle ? lowest : main.watermarkMs;
        }
        for (SplitOutput split : splits.values()) {
            if (!split.clock.idle) {
                anyActive = true;
                lowest = Math.min(lowest, split.clock.watermarkMs);
            }
        }
        if (anyActive) {
            emittedIdle = false;
            if (lowest > emittedMs) {
                emittedMs = lowest;
                next.watermark(lowest);
            }
        } else if (!emittedIdle) {
            emittedIdle = true;
            next.idle();
        }
    }

    /** How far one generator has come. */
    private final class Clock implements WatermarkOutput {
        private final WatermarkGenerator<Object> generator;
        private long watermarkMs = Long.MIN_VALUE;
        private boolean idle;
        private boolean used;

        Clock(WatermarkGenerator<Object> generator) {
            this.generator = generator;
        }

        void onRecord(Object record, long timestampMs) {
            used = true;
            idle = false;
            generator.onEvent(record, timestampMs, this);
        }

        void tick() {
            generator.onPeriodicEmit(this);
        }

        void advanceTo(long timestampMs) {
            idle = false;
            if (timestampMs > watermarkMs) {
                watermarkMs = timestampMs;
                advance();
            }
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            advanceTo(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            idle = true;
            advance();
        }

        @Override
        public void markActive() {
            idle = false;
        }
    }

    /** The output of one split: its own generator, the chain of all. */
    private final class SplitOutput implements SourceOutput<Object> {
        private final Receiver operator;
        private final TimestampAssigner<Object> assigner;
        private final Clock clock = new Clock(strategy.createWatermarkGenerator(GENERATOR_CONTEXT));

        SplitOutput(Receiver operator) {
            this.operator = operator;
            this.assigner = strategy.createTimestampAssigner(ASSIGNER_CONTEXT);
        }

        @Override
        public void collect(Object record) {
            collect(record, RecordChunk.NO_TIMESTAMP);
        }

        @Override
        public void collect(Object record, long timestamp) {
            long stampedMs = assigner.extractTimestamp(record, timestamp);
            operator.push(record, stampedMs);
            if (generating) {
                clock.onRecord(record, stampedMs);
            }
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            if (!generating) {
                clock.advanceTo(watermark.getTimestamp());
            }
        }

        @Override
        public void markIdle() {
            clock.markIdle();
        }

        @Override
        public void markActive() {
            clock.markActive();
        }
    }
}
