package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.MapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that do not end when their job is canceled, on the embedded cluster. */
@Timeout(60)
class HangingProgramTest {
    private static volatile CountDownLatch hanging;

    /** The number of the latest run whose function may end. */
    private static volatile int letGo;

    private static int runs;

    private static StreamExecutionEnvironment environment(String threads) {
        return StreamExecutionEnvironment.getExecutionEnvironment(
                Configuration.fromMap(
                        Map.of(
                                "task.threads",
                                threads,
                                "task.cancel-grace",
                                "20 ms",
                                "task.cancel-timeout",
                                "300 ms",
                                "worker.shutdown-timeout",
                                "1 s")));
    }

    private static void hangUntilLetGo(int run) {
        hanging.countDown();
        while (letGo < run) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted(); // hears none
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loops", "dedicated"})
    void aCancelEndsWithinItsTimeoutAndTheProcessGoesOn(String threads) throws Exception {
        hanging = new CountDownLatch(1);
        int run = ++runs;
        try {
            StreamExecutionEnvironment env = environment(threads);
            MapFunction<Long, Long> deaf =
                    number -> {
                        hangUntilLetGo(run);
                        return number;
                    };
            env.fromSequence(1, 10).map(deaf).name("deaf").sinkTo(new DiscardingSink<>());
            JobClient job = env.executeAsync("hangs");
            assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();

            assertEndsAsCanceled(job);
            assertThat(sumOfTen(threads)).isEqualTo(55);
        } finally {
            letGo = run;
        }
    }

    private static void assertEndsAsCanceled(JobClient job) throws Exception {
        job.cancel().get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> job.getJobExecutionResult().get(30, TimeUnit.SECONDS))
                .hasMessageContaining("JOB_CANCELED");
        assertThat(job.getJobStatus().get(30, TimeUnit.SECONDS)).isEqualTo(JobStatus.CANCELED);
    }

    private static long sumOfTen(String threads) throws Exception {
        List<Long> numbers = new ArrayList<>();
        environment(threads).fromSequence(1, 10).executeAndCollect().forEachRemaining(numbers::add);
        return numbers.stream().mapToLong(n -> n).sum();
    }

    @Test
    void anInterruptEndsAFunctionThatOnlyWaits() throws Exception {
        hanging = new CountDownLatch(1);
        StreamExecutionEnvironment env = environment("loops");
        MapFunction<Long, Long> waiting =
                number -> {
                    hanging.countDown();
                    new CountDownLatch(1).await();
                    return number;
                };
        env.fromSequence(1, 10).map(waiting).sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync("waits");
        assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();

        assertEndsAsCanceled(job);
    }
}
