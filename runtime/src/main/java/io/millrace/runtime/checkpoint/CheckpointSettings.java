package io.millrace.runtime.checkpoint;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.CheckpointingMode;
import io.millrace.api.checkpoint.ExternalizedCheckpointRetention;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.option.Option;
import io.millrace.runtime.plan.JobGraph;
import java.time.Duration;
import java.util.Optional;

/**
 * When a job's checkpoints are taken, how, and which are kept. Immutable.
 *
 * @param intervalMs between the starts of two; 0 if none are taken
 * @param backlogIntervalMs the same while a source works off a backlog; 0 if none are taken then
 * @param timeoutMs after which one is given up
 * @param minPauseMs from the end of one to the start of the next
 * @param maxConcurrent on their way at a time; 1 if there is a pause
 * @param tolerableFailures in a row, before the job restarts
 * @param afterTasksFinish whether they go on when some tasks have finished
 * @param incremental whether they may refer to files of earlier ones
 * @param retained complete ones that are kept
 * @param retention what becomes of them when the job ends
 * @param inlineBytes so much of a task's state may lie in the manifest
 */
public record CheckpointSettings(
        long intervalMs,
        long backlogIntervalMs,
        long timeoutMs,
        long minPauseMs,
        int maxConcurrent,
        int tolerableFailures,
        boolean afterTasksFinish,
        boolean incremental,
        int retained,
        ExternalizedCheckpointRetention retention,
        int inlineBytes,
        Alignment alignment) {
    private static final long LEAST_INTERVAL_MS = 10;

    /**
     * How tasks wait for barriers.
     *
     * @param exactlyOnce whether channels wait behind their barriers
     * @param mayOvertake whether barriers may overtake records
     * @param overtakeAfterMs how long barriers wait behind records before that; 0 for not at all
     * @param everyChannel whether records may be overtaken also where a program's own partitioner
     *     has dealt them out
     */
    public record Alignment(
            boolean exactlyOnce, boolean mayOvertake, long overtakeAfterMs, boolean everyChannel) {}

    /**
     * Of a job as it is to run. One of bounded stages takes no checkpoints: it repeats its stages.
     *
     * @throws MillraceException {@code INVALID_OPTION} naming the key, its value and what fits
     */
    public static CheckpointSettings of(JobGraph graph) {
        CheckpointSettings configured = from(Config.of(graph.config()));
        return graph.mode() == ExecutionMode.BATCH ? configured.switchedOff() : configured;
    }

    /**
     * As configured, whatever the mode of the job.
     *
     * @throws MillraceException {@code INVALID_OPTION} naming the key, its value and what fits
     */
    public static CheckpointSettings from(Config config) {
        long intervalMs = intervalMs(config, CheckpointOptions.INTERVAL).orElse(0L);
        long minPauseMs = config.get(CheckpointOptions.MIN_PAUSE).toMillis();
        int maxConcurrent = config.get(CheckpointOptions.MAX_CONCURRENT);
        return new CheckpointSettings(
                intervalMs,
                intervalMs(config, CheckpointOptions.INTERVAL_DURING_BACKLOG).orElse(intervalMs),
                config.get(CheckpointOptions.TIMEOUT).toMillis(),
                minPauseMs,
                minPauseMs > 0 ? 1 : maxConcurrent,
                config.get(CheckpointOptions.TOLERABLE_FAILURES),
                config.get(CheckpointOptions.AFTER_TASKS_FINISH),
                config.get(CheckpointOptions.INCREMENTAL),
                config.get(CheckpointOptions.RETAINED),
                config.get(CheckpointOptions.RETENTION),
                (int) config.get(CheckpointOptions.INLINE_THRESHOLD).getBytes(),
                alignment(config, maxConcurrent));
    }

    private static Optional<Long> intervalMs(Config config, Option<Duration> option) {
        Optional<Long> intervalMs = config.find(option).map(Duration::toMillis);
        intervalMs
                .filter(ms -> ms > 0 && ms < LEAST_INTERVAL_MS)
                .ifPresent(
                        ms -> {
                            throw invalid(
                                    "option '"
                                            + option.key()
                                            + "' is '"
                                            + ms
                                            + " ms', but must be at least 10 ms, or 0 for no"
                                            + " checkpoints.");
                        });
        return intervalMs;
    }

    private static Alignment alignment(Config config, int maxConcurrent) {
        boolean exactlyOnce = config.get(CheckpointOptions.MODE) == CheckpointingMode.EXACTLY_ONCE;
        boolean askedFor =
                config.contains(CheckpointOptions.UNALIGNED)
                        && config.get(CheckpointOptions.UNALIGNED);
        if (askedFor && exactlyOnce && maxConcurrent > 1) {
            throw invalid(
                    "option '"
                            + CheckpointOptions.MAX_CONCURRENT.key()
                            + "' is '"
                            + maxConcurrent
                            + "', but must be 1 with unaligned checkpoints. Set '"
                            + CheckpointOptions.UNALIGNED.key()
                            + "' to false, or leave one of the two out.");
        }
        boolean mayOvertake =
                exactlyOnce && maxConcurrent == 1 && config.get(CheckpointOptions.UNALIGNED);
        boolean atOnce = askedFor && !config.contains(CheckpointOptions.ALIGNMENT_TIMEOUT);
        return new Alignment(
                exactlyOnce,
                mayOvertake,
                atOnce ? 0 : config.get(CheckpointOptions.ALIGNMENT_TIMEOUT).toMillis(),
                config.get(CheckpointOptions.UNALIGNED_FORCED));
    }

    private static MillraceException invalid(String message) {
        return new MillraceException(ErrorCode.INVALID_OPTION, message);
    }

    public boolean isEnabled() {
        return intervalMs > 0;
    }

    /** Whether a job that has failed leaves its checkpoints. */
    public boolean keepsAfterFailure() {
        return retention != ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS;
    }

    /** Whether a job that was cancelled leaves its checkpoints. */
    public boolean keepsAfterCancel() {
        return retention == ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION;
    }

    private CheckpointSettings switchedOff() {
        return new CheckpointSettings(
                0,
                0,
                timeoutMs,
                minPauseMs,
                maxConcurrent,
                tolerableFailures,
                afterTasksFinish,
                incremental,
                retained,
                retention,
                inlineBytes,
                alignment);
    }
}
