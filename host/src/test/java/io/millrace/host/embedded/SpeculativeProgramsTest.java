package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.connector.file.FileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batch jobs with a subtask that stalls, on the embedded cluster. */
@Timeout(60)
class SpeculativeProgramsTest {
    private static final int RECORDS = 4_000;
    private static final int STALLING = 1;

    private static final Set<Integer> ATTEMPTS = new ConcurrentSkipListSet<>();
    private static CountDownLatch stall;
    private static CountDownLatch wentOn;

    @TempDir private java.nio.file.Path directory;

    @BeforeEach
    void nothingHasRunYet() {
        ATTEMPTS.clear();
        wentOn = new CountDownLatch(1);
    }

    private static StreamExecutionEnvironment environment() {
        Configuration options = new Configuration();
        options.setString("embedded.workers", "2");
        options.setString("execution.batch.speculative.enabled", "true");
        options.setString("slow-task-detector.check-interval", "20 ms");
        options.setString("slow-task-detector.execution-time.baseline-lower-bound", "100 ms");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.setParallelism(4);
        return env;
    }

    private static DataStream<Long> read(StreamExecutionEnvironment env) {
        return env.fromSequence(0, RECORDS - 1).rebalance();
    }

    private static List<Long> all() {
        return LongStream.range(0, RECORDS).boxed().toList();
    }

    /**
     * Stands still at its first record, in the first attempt of one subtask, until the latch is
     * open; whoever interrupts it does not change that.
     */
    private static final class Stalling extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final boolean untilAnotherCloses;
        private boolean stalls;
        private boolean mine;

        Stalling(boolean untilAnotherCloses) {
            this.untilAnotherCloses = untilAnotherCloses;
        }

        @Override
        public void open(OpenContext openContext) {
            int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
            mine = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == STALLING;
            stalls = mine && attempt == 0;
            if (mine) {
                ATTEMPTS.add(attempt);
            }
        }

        @Override
        public Long map(Long number) {
            if (stalls) {
                stalls = false;
                awaitUninterruptibly(stall);
                wentOn.countDown();
            }
            return number;
        }

        @Override
        public void close() {
            if (mine && untilAnotherCloses) {
                stall.countDown();
            }
        }

        private static void awaitUninterruptibly(CountDownLatch latch) {
            boolean interrupted = false;
            while (latch.getCount() > 0) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Stands still at the first number, in whichever subtask has it, in its first attempt, until
     * another attempt that has had the number ends.
     */
    private static final class StallingAtZero extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private int attempt;
        private boolean had;

        @Override
        public void open(OpenContext openContext) {
            attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        }

        @Override
        public Long map(Long number) {
            if (number == 0) {
                had = true;
                ATTEMPTS.add(attempt);
                if (attempt == 0) {
                    Stalling.awaitUninterruptibly(stall);
                }
            }
            return number;
        }

        @Override
        public void close() {
            if (had) {
                stall.countDown();
            }
        }
    }

    /** Lets the stalled attempt go on with the last record. */
    private static final class LettingGo extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long map(Long number) {
            stall.countDown();
            return number;
        }
    }

    private static List<Long> results(DataStream<Long> stream) throws Exception {
        List<Long> collected = new ArrayList<>();
        try (CloseableIterator<Long> results = stream.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        collected.sort(null);
        return collected;
    }

    @Test
    void theSecondAttemptFinishesAndTheFirstThatComesLateChangesNothing() throws Exception {
        stall = new CountDownLatch(RECORDS);
        DataStream<Long> stalled = read(environment()).map(new Stalling(false));
        assertThat(results(stalled.keyBy(number -> number % 64).map(new LettingGo())))
                .as("all records are through before the first attempt goes on")
                .isEqualTo(all());
        assertThat(ATTEMPTS).containsExactly(0, 1);
        assertThat(wentOn.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSourceReadsTheSameInItsSecondAttempt() throws Exception {
        stall = new CountDownLatch(1);
        DataStream<Long> stalled =
                environment().fromSequence(0, RECORDS - 1).map(new StallingAtZero());
        assertThat(results(stalled.keyBy(number -> number % 64).map(n -> n, Types.LONG)))
                .isEqualTo(all());
        assertThat(ATTEMPTS).containsExactly(0, 1);
    }

    @Test
    void bothAttemptsMayEndAtTheSameTime() throws Exception {
        stall = new CountDownLatch(1);
        DataStream<Long> stalled = read(environment()).map(new Stalling(true));
        assertThat(results(stalled.keyBy(number -> number % 64).map(n -> n, Types.LONG)))
                .isEqualTo(all());
        assertThat(ATTEMPTS).containsExactly(0, 1);
    }

    @Test
    void nothingOfTheLoserIsInTheFilesOfASink() throws Exception {
        stall = new CountDownLatch(1);
        StreamExecutionEnvironment env = environment();
        read(env)
                .map(new Stalling(true))
                .map(String::valueOf, Types.STRING)
                .sinkTo(
                        FileSink.forRowFormat(
                                        new Path(directory.toUri()),
                                        new SimpleStringEncoder<String>())
                                .build());
        env.execute();
        assertThat(ATTEMPTS).containsExactly(0, 1);
        assertThat(written()).isEqualTo(all());
    }

    /** The numbers in all files that are visible or not. */
    private List<Long> written() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = Files.walk(directory)) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(file)) {
                    numbers.add(Long.parseLong(line));
                }
            }
        }
        numbers.sort(null);
        return numbers;
    }
}
