package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.option.Config;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that has changed is started from a checkpoint of what it was before. */
@Timeout(120)
class ChangedProgramTest {
    private static final AtomicLong PROCESSED = new AtomicLong();
    private static volatile CountDownLatch complete;

    @TempDir private Path directory;

    @BeforeEach
    void forget() {
        PROCESSED.set(0);
        complete = new CountDownLatch(2);
    }

    @AfterEach
    void clear() {
        StreamExecutionEnvironment.clear();
    }

    private EmbeddedJobExecutor executor(String backend, String from) {
        Map<String, String> options = new TreeMap<>();
        options.put("execution.checkpointing.dir", directory.toUri().toString());
        options.put("execution.checkpointing.interval", "20 ms");
        options.put(
                "execution.checkpointing.externalized-checkpoint-retention",
                "RETAIN_ON_CANCELLATION");
        options.put("state.backend.type", backend);
        if (from != null) {
            options.put("execution.state-recovery.path", from);
        }
        return new EmbeddedJobExecutor(Config.of(options), getClass().getClassLoader());
    }

    /** Keeps the last value of each key, as the type of this version of the program. */
    private static final class Last<T> extends KeyedProcessFunction<Long, Long, Long>
            implements CheckpointListener {
        private static final long serialVersionUID = 1L;

        /** A number as this version of the program keeps it. */
        interface Form<T> extends java.io.Serializable {
            T of(Long number);
        }

        private final TypeInformation<T> type;
        private final Form<T> form;
        private transient ValueState<T> last;

        Last(TypeInformation<T> type, Form<T> form) {
            this.type = type;
            this.form = form;
        }

        @Override
        public void open(OpenContext context) {
            last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", type));
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out)
                throws Exception {
            PROCESSED.incrementAndGet();
            last.update(form.of(number));
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            complete.countDown();
        }
    }

    private static <T> JobClient start(
            EmbeddedJobExecutor executor, TypeInformation<T> type, Last.Form<T> form)
            throws Exception {
        StreamExecutionEnvironment.runWith(executor);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.fromSource(
                        new DataGeneratorSource<>(
                                index -> index,
                                Long.MAX_VALUE,
                                RateLimiterStrategy.perSecond(2_000),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .keyBy(number -> number % 10)
                .process(new Last<>(type, form))
                .name("keeper")
                .uid("keep")
                .returns(Types.LONG);
        return env.executeAsync("changed");
    }

    /** Runs the program until it has a checkpoint, and gives the path of its checkpoints. */
    private <T> String run(String backend, TypeInformation<T> type, Last.Form<T> form)
            throws Exception {
        try (EmbeddedJobExecutor executor = executor(backend, null)) {
            JobClient job = start(executor, type, form);
            complete.await();
            job.cancel().get();
            job.getJobExecutionResult().handle((result, failure) -> failure).get();
            return directory.resolve(job.getJobID().toHexString()).toUri().toString();
        }
    }

    private static MillraceException failureOf(JobClient job) throws Exception {
        Throwable failure = job.getJobExecutionResult().handle((result, thrown) -> thrown).get();
        while (!(failure instanceof MillraceException)) {
            failure = failure.getCause();
        }
        return (MillraceException) failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aStateOfATypeThatCannotBeReadIsNamedBeforeAnyRecordIsProcessed(String backend)
            throws Exception {
        String path = run(backend, Types.LONG, number -> number);
        PROCESSED.set(0);

        try (EmbeddedJobExecutor executor = executor(backend, path)) {
            MillraceException failure =
                    failureOf(start(executor, Types.STRING, number -> "n" + number));

            assertThat(failure.code()).as("%s", failure).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE);
            assertThat(failure.getMessage())
                    .contains("keeper", "'last'")
                    .containsIgnoringCase("long")
                    .containsIgnoringCase("string");
            assertThat(executor.view().jobs().get(0).restarts()).isZero();
        }
        assertThat(PROCESSED).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void theFieldThatCannotBeReadIsNamed(String backend) throws Exception {
        String path =
                run(
                        backend,
                        Types.TUPLE(Types.LONG, Types.LONG),
                        number -> Tuple2.of(number, number));

        try (EmbeddedJobExecutor executor = executor(backend, path)) {
            MillraceException failure =
                    failureOf(
                            start(
                                    executor,
                                    Types.TUPLE(Types.LONG, Types.STRING),
                                    number -> Tuple2.of(number, "n" + number)));

            assertThat(failure.code()).as("%s", failure).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE);
            assertThat(failure.getMessage()).contains("keeper", "'last'", "f1");
        }
    }

    @Test
    void theJobGoesOnAsItWasWhenTheOldProgramIsStartedAgain() throws Exception {
        String path = run("hashmap", Types.LONG, number -> number);
        try (EmbeddedJobExecutor executor = executor("hashmap", path)) {
            failureOf(start(executor, Types.STRING, number -> "n" + number));
        }
        forget();

        try (EmbeddedJobExecutor executor = executor("hashmap", path)) {
            JobClient job = start(executor, Types.LONG, number -> number);
            complete.await();
            job.cancel().get();
            job.getJobExecutionResult().handle((result, failure) -> failure).get();

            assertThat(executor.view().jobs().get(0).checkpoints().restoredId()).isPositive();
        }
    }

    @Test
    void twoOperatorsOfOneUidAreRefusedWhenTheJobIsSubmitted() {
        try (EmbeddedJobExecutor executor = executor("hashmap", null)) {
            StreamExecutionEnvironment.runWith(executor);
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.fromSequence(1, 10)
                    .map(number -> number + 1)
                    .name("first")
                    .uid("same")
                    .map(number -> number + 1)
                    .name("second")
                    .uid("same");

            assertThatThrownBy(env::execute)
                    .hasMessageContaining("'first'")
                    .hasMessageContaining("'second'")
                    .hasMessageContaining("'same'");
        }
    }
}
