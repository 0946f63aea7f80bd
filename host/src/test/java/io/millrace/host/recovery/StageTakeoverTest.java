package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.accumulator.LongCounter;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Config;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.JobExecutionResult;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The coordinator of a batch job dies between two of its stages; its workers do not. */
@Timeout(120)
class StageTakeoverTest {
    private static final int RECORDS = 10_000;
    private static final AtomicInteger READ = new AtomicInteger();
    private static volatile CountDownLatch bothRead;

    @TempDir private Path directory;

    @BeforeEach
    void nothingHasRunYet() {
        READ.set(0);
        bothRead = new CountDownLatch(2);
    }

    @AfterEach
    void nothingCrashesAnyMore() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    private static JobExecutionResult program() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.setParallelism(2);
        env.fromSequence(0, RECORDS - 1)
                .map(new Reading())
                .keyBy(number -> number % 7, Types.LONG)
                .reduce(Long::sum)
                .map(new Summing())
                .sinkTo(new DiscardingSink<>());
        return env.execute();
    }

    /** Counts; the first two subtasks wait for each other, so that each worker has one of them. */
    private static final class Reading implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private boolean begun;

        @Override
        public Long map(Long number) throws Exception {
            if (!begun) {
                begun = true;
                bothRead.countDown();
                assertThat(bothRead.await(1, TimeUnit.MINUTES)).as("both read").isTrue();
            }
            READ.incrementAndGet();
            return number;
        }
    }

    /** What reaches the last stage. */
    private static final class Summing extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final LongCounter sum = new LongCounter();

        @Override
        public void open(OpenContext openContext) {
            getRuntimeContext().addAccumulator("sum", sum);
        }

        @Override
        public Long map(Long number) {
            sum.add(number);
            return number;
        }
    }

    private static void assertTheSum(JobExecutionResult result) {
        assertThat(result.<Long>getAccumulatorResult("sum"))
                .isEqualTo((long) RECORDS * (RECORDS - 1) / 2);
    }

    private static void dieAt(FaultPoint point) {
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
    }

    @Test
    void aFinishedStageDoesNotRunAgain() throws Exception {
        dieAt(FaultPoint.STAGES_JOURNALLED);
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, Config.empty())) {
            assertThatThrownBy(() -> leaders.lead(StageTakeoverTest::program))
                    .hasStackTraceContaining("STAGES_JOURNALLED");
            assertThat(READ).hasValue(RECORDS);

            assertTheSum(leaders.lead(StageTakeoverTest::program));

            assertThat(READ).as("records that the first stage has read").hasValue(RECORDS);
            assertThat(leaders.workersStarted()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(value = FaultPoint.class, names = "STAGES_.*", mode = EnumSource.Mode.MATCH_ALL)
    void nothingIsLostOrDoubledWhereverTheCoordinatorDies(FaultPoint point) throws Exception {
        dieAt(point);
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, Config.empty())) {
            assertThatThrownBy(() -> leaders.lead(StageTakeoverTest::program))
                    .hasStackTraceContaining(point.name());

            assertTheSum(leaders.lead(StageTakeoverTest::program));
        }
        assertThat(System.getProperty(FaultPoint.CRASH_AT)).as("it was reached").isNull();
    }

    @Test
    void whatAWorkerHadThatDoesNotComeBackIsWrittenAgain() throws Exception {
        dieAt(FaultPoint.STAGES_JOURNALLED);
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, Config.empty())) {
            assertThatThrownBy(() -> leaders.lead(StageTakeoverTest::program))
                    .hasStackTraceContaining("STAGES_JOURNALLED");
            leaders.endWorker("worker-1");

            assertTheSum(leaders.lead(StageTakeoverTest::program));

            assertThat(READ.get()).as("one of two").isBetween(RECORDS + 1, 2 * RECORDS - 1);
        }
    }

    @Test
    void withoutRecoveryTheJobBeginsAnew() throws Exception {
        dieAt(FaultPoint.STAGES_BEFORE_JOURNAL);
        Config config = Config.empty().with("execution.batch.job-recovery.enabled", "false");
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, config)) {
            assertTheSum(leaders.lead(StageTakeoverTest::program));
        }
        assertThat(System.getProperty(FaultPoint.CRASH_AT)).as("nothing is written").isNotNull();
    }
}
