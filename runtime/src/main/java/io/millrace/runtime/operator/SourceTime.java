package io.millrace.runtime.operator;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.metric.Gauge;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.time.NoWatermarksGenerator;
import io.millrace.api.time.RecordTimestampAssigner;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.message.TaskTime.OriginTime;
import io.millrace.runtime.message.TaskTime.SplitTime;
import io.millrace.runtime.time.ActivityClock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The event time of one source subtask: one generator for the reader and one for each split that
 * has an output of its own; time is that of the slowest that is not idle. Confined to the task.
 *
 * <p>A split that wakes, or comes, with a watermark behind the subtask's holds time where it is
 * until it has caught up: time never goes back.
 *
 * <p>A batch job has no time before its end, so no generator runs there.
 */
public final class SourceTime {
    private static final int SPLITS_IN_REPORT = 10;
    private static final String SPLIT = "split";

    private final WatermarkStrategy<Object> strategy;
    private final OperatorContext context;
    private final Receiver next;
    private final boolean generating;
    private final boolean stamping;
    private final long intervalMs;
    private final OutputTime main;
    private final Map<String, SplitOutput> splits = new LinkedHashMap<>();
    // Written by the task, read by reporters.
    private volatile long emittedMs = Long.MIN_VALUE;
    private boolean lagIsMeasured;
    private boolean emittedIdle;
    // The lowest of all outputs that are not idle, as of the last look.
    private long lowestMs = Long.MIN_VALUE;
    private boolean ticking;
    private SourceAlignment alignment; // null if the source waits for nobody

    SourceTime(WatermarkStrategy<Object> strategy, OperatorContext context, Receiver next) {
        this.strategy = strategy;
        this.context = context;
        this.next = next;
        ActivityClock activity = new ActivityClock(context.steady().activity());
        TimeScope scope = scope(activity);
        WatermarkGenerator<Object> generator = generator(scope);
        TimestampAssigner<Object> assigner = assigner(scope);
        this.generating =
                context.mode() == ExecutionMode.STREAMING
                        && !(generator instanceof NoWatermarksGenerator<?>);
        this.stamping = generating || !(assigner instanceof RecordTimestampAssigner<?>);
        this.intervalMs = context.config().get(ProgramOptions.AUTO_WATERMARK_INTERVAL).toMillis();
        this.main = new OutputTime(this, generator, activity);
    }

    private TimeScope scope(ActivityClock activity) {
        return new TimeScope(context.runtimeContext().getMetricGroup(), activity);
    }

    /**
     * Null if records keep the timestamps that the source gives and no generator wants to see them.
     */
    TimestampAssigner<Object> assigner() {
        return stamping ? assigner(scope(main.activity())) : null;
    }

    private WatermarkGenerator<Object> generator(TimeScope scope) {
        try {
            return Returned.by(
                    strategy, "createWatermarkGenerator", strategy.createWatermarkGenerator(scope));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private TimestampAssigner<Object> assigner(TimeScope scope) {
        try {
            return Returned.by(
                    strategy, "createTimestampAssigner", strategy.createTimestampAssigner(scope));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** What keeps the source near others, if its strategy asks for that; before it starts. */
    void align(SourceAlignment with) {
        alignment = with;
    }

    /** The highest that has been passed on. */
    long emittedMs() {
        return emittedMs;
    }

    /** Whether all outputs are idle. */
    boolean isAllIdle() {
        return emittedIdle;
    }

    /** Null if no watermarks are made here. */
    OriginTime origin(TimeSince since) {
        if (!generating && !main.isUsed() && splits.isEmpty()) {
            return null;
        }
        List<SplitTime> slowest =
                splits.entrySet().stream()
                        .sorted(Comparator.comparing(split -> order(split.getValue().time())))
                        .limit(SPLITS_IN_REPORT)
                        .map(split -> splitTime(split.getKey(), split.getValue().time(), since))
                        .toList();
        return new OriginTime(
                context.name(),
                emittedMs,
                emittedIdle,
                since.since("operator " + context.operatorIndex(), emittedMs, emittedIdle),
                alignment == null ? Long.MAX_VALUE : alignment.limitMs(),
                splits.size(),
                slowest);
    }

    /** Those that time waits for first. */
    private static long order(OutputTime split) {
        return split.isIdle() ? Long.MAX_VALUE : split.watermarkMs();
    }

    private SplitTime splitTime(String id, OutputTime split, TimeSince since) {
        return new SplitTime(
                id,
                split.watermarkMs(),
                split.isIdle(),
                alignment != null && alignment.waitsFor(id),
                since.since(
                        "split " + context.operatorIndex() + "/" + id,
                        split.watermarkMs(),
                        split.isIdle()));
    }

    /** The whole reader waits: what does not come now is not silence. */
    void stand() {
        main.activity().pause();
        splits.values().forEach(split -> split.time().stand(true));
    }

    /** After {@link #stand}. */
    void goOn() {
        main.activity().resume();
        splits.values().forEach(split -> split.time().stand(false));
    }

    /**
     * Finds the splits that have come further than they may, and those of {@code paused} that have
     * not; a single split is not paused, since its reader is.
     */
    void splitsAround(
            long limitMs, Set<String> paused, List<String> toPause, List<String> toResume) {
        for (Map.Entry<String, SplitOutput> split : splits.entrySet()) {
            boolean isPaused = paused.contains(split.getKey());
            boolean ahead = split.getValue().time().watermarkMs() > limitMs && splits.size() > 1;
            if (ahead && !isPaused) {
                toPause.add(split.getKey());
            } else if (!ahead && isPaused) {
                toResume.add(split.getKey());
            }
        }
    }

    void pauseSplits(List<String> toPause, List<String> toResume) {
        toPause.forEach(id -> splits.get(id).time().pause(true));
        toResume.forEach(id -> splits.get(id).time().pause(false));
    }

    /** Lets the generators emit at intervals; once, when the operator is opened. */
    void start() {
        if (generating && intervalMs > 0) {
            scheduleTick();
        }
    }

    private void scheduleTick() {
        context.steady().after(intervalMs, this::tick);
    }

    private void tick() {
        ticking = true;
        try {
            main.tick();
            for (SplitOutput split : splits.values()) {
                split.time().tick();
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        } finally {
            ticking = false;
        }
        advance();
        if (alignment != null) {
            alignment.apply();
        }
        scheduleTick();
    }

    /** Whether splits have outputs of their own. */
    boolean needsSplits() {
        return context.mode() == ExecutionMode.STREAMING || stamping;
    }

    /** Whether the reader's output is idle; the record that ends that is told before it goes on. */
    boolean isIdle() {
        return main.isIdle();
    }

    void wake() {
        main.wake();
    }

    void onRecord(Object record, long timestampMs) {
        if (generating) {
            main.onRecord(record, timestampMs);
        }
    }

    SourceOutput<Object> outputOf(String splitId, Receiver operator) {
        return splits.computeIfAbsent(splitId, id -> newOutput(id, operator));
    }

    private SplitOutput newOutput(String splitId, Receiver operator) {
        ActivityClock activity = new ActivityClock(main.activity());
        TimeScope scope = scope(activity);
        OutputTime time = new OutputTime(this, generator(scope), activity);
        if (context.mode() == ExecutionMode.STREAMING) {
            SplitMetrics metrics = new SplitMetrics(context.steady()::relativeTimeNanos);
            metrics.registerIn(context.metrics().addSplit(splitId));
            time.measure(metrics);
        }
        return new SplitOutput(operator, stamping ? assigner(scope) : null, time, generating);
    }

    void release(String splitId) {
        if (splits.remove(splitId) == null) {
            return;
        }
        context.metrics().dropGroup(SPLIT, splitId);
        advance();
        if (alignment != null) {
            alignment.release(splitId);
            alignment.apply();
        }
    }

    /** A watermark of the source's own; it counts only where the strategy generates none. */
    void onSourceWatermark(long timestampMs) {
        if (!generating) {
            main.onSourceWatermark(timestampMs);
        }
    }

    /** All time is over; no watermark comes behind this one. */
    void onEnd() {
        if (alignment != null) {
            alignment.onEnd();
        }
        if (emittedMs < Long.MAX_VALUE) {
            emittedMs = Long.MAX_VALUE;
            next.watermark(Long.MAX_VALUE);
        }
    }

    void onSourceIdle() {
        main.onSourceIdle();
    }

    void onSourceActive() {
        main.onSourceActive();
    }

    /**
     * An output has changed.
     *
     * @param before its watermark, if only that has grown; else {@code Long.MIN_VALUE}
     */
    void onChange(long before) {
        // Not looking at all splits for each watermark of one that holds nobody back.
        if (!ticking && (before <= lowestMs || emittedIdle)) {
            advance();
        }
        if (!ticking && alignment != null) {
            alignment.apply();
        }
    }

    private void advance() {
        // The reader's own output counts only if nothing goes through outputs of splits.
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        boolean anyActive = false;
        if (splits.isEmpty() || main.isUsed()) {
            highest = main.watermarkMs();
            anyActive = !main.isIdle();
            lowest = main.isIdle() ? lowest : main.watermarkMs();
        }
        for (SplitOutput split : splits.values()) {
            if (!generating && main.isUsed() && split.time().watermarkMs() == Long.MIN_VALUE) {
                continue; // the reader speaks for its splits
            }
            highest = Math.max(highest, split.time().watermarkMs());
            if (!split.time().isIdle()) {
                anyActive = true;
                lowest = Math.min(lowest, split.time().watermarkMs());
            }
        }
        lowestMs = anyActive ? lowest : Long.MIN_VALUE;
        if (anyActive && emittedIdle) {
            emittedIdle = false;
            next.active();
        }
        // Nobody waits for any output that is idle: time is where the furthest one is.
        long nowMs = anyActive ? lowest : highest;
        if (nowMs > emittedMs) {
            emittedMs = nowMs;
            measureLag();
            emittedIdle = false; // a watermark ends it for those behind
            next.watermark(nowMs);
        }
        if (!anyActive && !emittedIdle) {
            emittedIdle = true;
            next.idle();
        }
    }

    /** How far time is behind the wall clock, as soon as there is any. */
    private void measureLag() {
        if (!lagIsMeasured) {
            lagIsMeasured = true;
            Gauge<Long> lag =
                    () ->
                            emittedMs == Long.MAX_VALUE
                                    ? 0
                                    : context.clockMs().getAsLong() - emittedMs;
            context.metrics().gauge("watermarkLag", lag);
        }
    }
}
