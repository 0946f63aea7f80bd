package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.option.Config;
import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.source.ratelimit.RateLimiter;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.testing.Await;
import io.millrace.api.time.Watermark;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkOutput;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import io.millrace.runtime.message.TaskTime.OriginTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source waits for a slower one of its watermark group: a whole job. */
@Timeout(60)
class AlignedSourcesTest {
    private static final int RECORDS = 5_000;
    private static final int FIRST_OF_SLOW = 5;
    private static final long DRIFT_MS = 100;
    // What a reader takes at once before it looks at what it may.
    private static final int MOST_AT_ONCE = 256;

    // How the tasks in this process hear from the test, and it from them.
    private static volatile CompletableFuture<Void> slowMayGoOn;
    private static volatile CompletableFuture<Void> fastMayBegin;
    private static final AtomicLong LAST_OF_FAST = new AtomicLong();
    private static final AtomicInteger ALL = new AtomicInteger();

    private final EmbeddedJobExecutor executor =
            new EmbeddedJobExecutor(
                    Config.of(Map.of("heartbeat.interval", "100 ms")), getClass().getClassLoader());

    @BeforeEach
    void forget() {
        slowMayGoOn = new CompletableFuture<>();
        fastMayBegin = new CompletableFuture<>();
        LAST_OF_FAST.set(-1);
        ALL.set(0);
        StreamExecutionEnvironment.runWith(executor);
    }

    @AfterEach
    void end() {
        slowMayGoOn.complete(null);
        fastMayBegin.complete(null);
        StreamExecutionEnvironment.clear();
        executor.close();
    }

    /** Each record moves time to where it is. */
    private static final class EachRecord implements WatermarkGenerator<Long> {
        @Override
        public void onEvent(Long event, long eventTimestamp, WatermarkOutput output) {
            output.emitWatermark(new Watermark(eventTimestamp));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Records say it.
        }
    }

    private static <T> CompletionStage<T> waiting(CompletableFuture<T> gate) {
        return gate.thenApply(nothing -> nothing); // a reader cancels what is its own
    }

    private static DataStream<Long> source(
            StreamExecutionEnvironment env, String name, int freely, boolean isFast) {
        RateLimiterStrategy<NumberSequenceSplit> limits =
                parallelism ->
                        new RateLimiter<>() {
                            private int given;

                            @Override
                            public CompletionStage<Void> acquire() {
                                if (given++ < freely) {
                                    return CompletableFuture.completedFuture(null);
                                }
                                return waiting(isFast ? fastMayBegin : slowMayGoOn);
                            }
                        };
        return env.fromSource(
                new DataGeneratorSource<>(index -> index, RECORDS, limits, Types.LONG),
                WatermarkStrategy.<Long>forGenerator(context -> new EachRecord())
                        .withTimestampAssigner((number, before) -> number)
                        .withWatermarkAlignment(
                                "group", Duration.ofMillis(DRIFT_MS), Duration.ofMillis(5)),
                name);
    }

    /** As last told. */
    private OriginTime of(String source) {
        return executor.view().jobs().stream()
                .flatMap(job -> job.vertices().stream())
                .flatMap(vertex -> vertex.subtasks().stream())
                .flatMap(subtask -> subtask.time().origins().stream())
                .filter(origin -> origin.operator().contains(source))
                .findFirst()
                .orElse(null);
    }

    private OriginTime await(String source, Predicate<OriginTime> wanted) {
        return Await.until(
                "the source " + source + " has come there",
                () -> of(source),
                now -> now != null && wanted.test(now));
    }

    @Test
    void theFastOneStopsUntilTheSlowOneGoesOn() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        source(env, "slow", FIRST_OF_SLOW, false)
                .union(
                        source(env, "fast", 0, true)
                                .map(
                                        number -> {
                                            LAST_OF_FAST.set(number);
                                            return number;
                                        })
                                .returns(Types.LONG))
                .map(
                        number -> {
                            ALL.incrementAndGet();
                            return number;
                        })
                .returns(Types.LONG);
        JobClient job = env.executeAsync("aligned");
        // Each has heard of the other: nobody has come further than the one that has not begun.
        await("slow", origin -> origin.limitMs() == Long.MIN_VALUE + DRIFT_MS);
        await("fast", origin -> origin.limitMs() == Long.MIN_VALUE + DRIFT_MS);

        fastMayBegin.complete(null);
        long limitMs = FIRST_OF_SLOW - 1 + DRIFT_MS;
        OriginTime stopped =
                await(
                        "fast",
                        origin -> origin.limitMs() == limitMs && origin.watermarkMs() > limitMs);

        assertThat(stopped.watermarkMs()).isLessThanOrEqualTo(limitMs + MOST_AT_ONCE);
        assertThat(stopped.slowest()).allMatch(split -> split.paused());
        assertThat(LAST_OF_FAST.get()).isEqualTo(stopped.watermarkMs());

        slowMayGoOn.complete(null);
        job.getJobExecutionResult().get();
        assertThat(ALL).hasValue(2 * RECORDS);
    }
}
