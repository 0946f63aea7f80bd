package io.millrace.host.recovery;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.ratelimit.RateLimiter;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.testing.Await;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.connector.datagen.DataGeneratorSource;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Programs that say what each window has: each line has one value, however often it is said again
 * after a failure. Numbers come in order, one each millisecond, with a pause behind every hundred.
 *
 * <p>Fields that are static are how tasks in this process tell the test; one program at a time.
 */
final class WindowLedger {
    static final long RECORDS = 24_000;
    private static final int KEYS = 20;
    private static final long SIZE = 400;
    private static final long SLIDE = 100;
    private static final long GAP = 150;
    private static final int COUNT = 7;
    private static final long NEAR = 30;

    static final ConcurrentLinkedQueue<String> LINES = new ConcurrentLinkedQueue<>();
    static final AtomicBoolean FAIL = new AtomicBoolean();

    // Read when a source starts, behind the test's writing it.
    private static volatile CompletableFuture<Void> secondHalf =
            CompletableFuture.completedFuture(null);

    private WindowLedger() {}

    /** What is done with the numbers of a key. */
    enum Kind {
        TUMBLING,
        SLIDING,
        SESSIONS,
        COLLECTED,
        COUNTED,
        INTERVAL_JOIN
    }

    /** Waits until a window has fired. */
    static void awaitLines() {
        Await.until("there are lines", LINES::size, lines -> lines > 0);
    }

    static void forget() {
        LINES.clear();
        FAIL.set(false);
        secondHalf = CompletableFuture.completedFuture(null);
    }

    /**
     * Until {@link #letSecondHalfGo}, or for ever: the job does not come to its end, and
     * checkpoints go on.
     */
    static void holdSecondHalf() {
        secondHalf = new CompletableFuture<>();
    }

    /** The job comes to its end, though {@link #holdSecondHalf} has held it. */
    static void letSecondHalfGo() {
        secondHalf.complete(null);
    }

    /** So many numbers for each checkpoint, and those of the second half when they may come. */
    private static final class Limiter<S extends SourceSplit> implements RateLimiter<S> {
        private final RateLimiter<S> perCheckpoint;
        private final CompletableFuture<Void> second = secondHalf;
        private long given;

        Limiter(RateLimiter<S> perCheckpoint) {
            this.perCheckpoint = perCheckpoint;
        }

        @Override
        public CompletionStage<Void> acquire(int numberOfEvents) {
            given += numberOfEvents;
            return given <= RECORDS / 2
                    ? perCheckpoint.acquire(numberOfEvents)
                    : second.thenCompose(nothing -> perCheckpoint.acquire(numberOfEvents));
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            perCheckpoint.notifyCheckpointComplete(checkpointId);
        }
    }

    private static <S extends SourceSplit> RateLimiterStrategy<S> limit(int perCheckpoint) {
        return parallelism ->
                new Limiter<>(
                        RateLimiterStrategy.<S>perCheckpoint(perCheckpoint)
                                .createRateLimiter(parallelism));
    }

    private static long timeOf(long number) {
        return number + number / 100 * 300;
    }

    /**
     * @param perCheckpoint numbers that come until the next checkpoint is complete
     */
    static void build(StreamExecutionEnvironment env, Kind kind, int perCheckpoint) {
        int parallelism = env.getParallelism();
        DataStream<Long> numbers =
                env.fromSource(
                                new DataGeneratorSource<>(
                                        index -> index, RECORDS, limit(perCheckpoint), Types.LONG),
                                WatermarkStrategy.<Long>forMonotonousTimestamps()
                                        .withTimestampAssigner((number, before) -> timeOf(number)),
                                "numbers")
                        .uid("numbers")
                        .setParallelism(1)
                        .map(new Tell())
                        .uid("tell")
                        .returns(Types.LONG)
                        .setParallelism(1);
        if (kind != Kind.COUNTED) { // which are by the order of arrival
            numbers =
                    numbers.rebalance()
                            .map(number -> number)
                            .uid("spread")
                            .returns(Types.LONG)
                            .setParallelism(parallelism);
        }
        lines(numbers.keyBy(number -> number % KEYS), kind)
                .map(
                        line -> {
                            LINES.add(line);
                            return line;
                        })
                .uid("lines");
    }

    private static DataStream<String> lines(KeyedStream<Long, Long> keyed, Kind kind) {
        return switch (kind) {
            case TUMBLING ->
                    keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(SIZE)))
                            .aggregate(new Adding(), new Labelled<>())
                            .uid("tested")
                            .returns(Types.STRING);
            case SLIDING ->
                    keyed.window(
                                    SlidingEventTimeWindows.of(
                                            Duration.ofMillis(SIZE), Duration.ofMillis(SLIDE)))
                            .aggregate(new Adding(), new Labelled<>())
                            .uid("tested")
                            .returns(Types.STRING);
            case SESSIONS ->
                    keyed.window(EventTimeSessionWindows.withGap(Duration.ofMillis(GAP)))
                            .aggregate(new Adding(), new Labelled<>())
                            .uid("tested")
                            .returns(Types.STRING);
            case COLLECTED ->
                    keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(SIZE)))
                            .process(new Labelled<>())
                            .uid("tested")
                            .returns(Types.STRING);
            case COUNTED ->
                    keyed.countWindow(COUNT)
                            .process(new FirstAndSum())
                            .uid("tested")
                            .returns(Types.STRING);
            case INTERVAL_JOIN ->
                    keyed.intervalJoin(keyed)
                            .between(Duration.ofMillis(1), Duration.ofMillis(NEAR))
                            .process(new Pairs())
                            .uid("tested")
                            .returns(Types.STRING);
        };
    }

    /** All lines that a run without failures has. */
    static Set<String> expected(Kind kind) {
        TreeSet<String> lines = new TreeSet<>();
        for (long key = 0; key < KEYS; key++) {
            long ofKey = key;
            switch (kind) {
                case TUMBLING, COLLECTED -> windows(ofKey, SIZE, lines);
                case SLIDING -> windows(ofKey, SLIDE, lines);
                case SESSIONS -> sessions(ofKey, lines);
                case COUNTED -> counted(ofKey, lines);
                case INTERVAL_JOIN -> joined(ofKey, lines);
            }
        }
        return lines;
    }

    private static void windows(long key, long slide, Set<String> lines) {
        TreeMap<Long, Long> sums = new TreeMap<>();
        for (long number = key; number < RECORDS; number += KEYS) {
            long last = Math.floorDiv(timeOf(number), slide) * slide;
            for (long start = last; start + SIZE > timeOf(number); start -= slide) {
                sums.merge(start, number, Long::sum);
            }
        }
        sums.forEach((start, sum) -> lines.add(line(key, start, start + SIZE, sum)));
    }

    private static void sessions(long key, Set<String> lines) {
        long start = timeOf(key);
        long last = start;
        long sum = 0;
        for (long number = key; number < RECORDS; number += KEYS) {
            if (timeOf(number) > last + GAP) {
                lines.add(line(key, start, last + GAP, sum));
                start = timeOf(number);
                sum = 0;
            }
            last = timeOf(number);
            sum += number;
        }
        lines.add(line(key, start, last + GAP, sum));
    }

    private static void counted(long key, Set<String> lines) {
        int count = 0;
        long first = 0;
        long sum = 0;
        for (long number = key; number < RECORDS; number += KEYS) {
            first = count == 0 ? number : first;
            sum += number;
            count++;
            if (count == COUNT) {
                lines.add(key + " from " + first + ": " + sum);
                count = 0;
                sum = 0;
            }
        }
    }

    private static void joined(long key, Set<String> lines) {
        for (long left = key; left < RECORDS; left += KEYS) {
            long right = left + KEYS;
            if (right < RECORDS && timeOf(right) - timeOf(left) <= NEAR) {
                lines.add(left + " and " + right);
            }
        }
    }

    private static String line(long key, long start, long end, long sum) {
        return key + " [" + start + "," + end + "): " + sum;
    }

    /** Says which checkpoints are complete, and fails when it is told to. */
    private static final class Tell extends RichMapFunction<Long, Long>
            implements CheckpointListener {
        private static final long serialVersionUID = 1L;

        @Override
        public Long map(Long number) {
            if (FAIL.compareAndSet(true, false)) {
                throw new IllegalStateException("fails as it was told to");
            }
            return number;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            Ledger.checkpoints.countDown();
        }
    }

    private static final class Adding implements AggregateFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Long value, Long sum) {
            return sum + value;
        }

        @Override
        public Long getResult(Long sum) {
            return sum;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }

    /** Adds up what there is, and says of which window it is. */
    private static final class Labelled<W extends TimeWindow>
            extends ProcessWindowFunction<Long, String, Long, W> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                Long key, Context context, Iterable<Long> numbers, Collector<String> out) {
            long sum = 0;
            for (Long number : numbers) {
                sum += number;
            }
            out.collect(line(key, context.window().getStart(), context.window().getEnd(), sum));
        }
    }

    private static final class FirstAndSum
            extends ProcessWindowFunction<Long, String, Long, GlobalWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                Long key, Context context, Iterable<Long> numbers, Collector<String> out) {
            long first = numbers.iterator().next();
            long sum = 0;
            for (Long number : numbers) {
                sum += number;
            }
            out.collect(key + " from " + first + ": " + sum);
        }
    }

    private static final class Pairs extends ProcessJoinFunction<Long, Long, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long left, Long right, Context ctx, Collector<String> out) {
            out.collect(left + " and " + right);
        }
    }
}
