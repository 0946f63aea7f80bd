package io.millrace.testutils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.ConfigOptions;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class MiniClusterExtensionTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @Test
    void programsRunOnTheClusterWithOneSubtaskForEachSlot() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        assertThat(env.getParallelism()).isEqualTo(4);

        try (CollectingSink<Long> sink = new CollectingSink<>()) {
            env.fromSequence(1, 1_000).map(x -> x * 2).rebalance().sinkTo(sink);
            env.execute();

            assertThat(sink.results())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 1_000).mapToObj(x -> x * 2).toList());
        }
    }

    @Test
    void jobsThatATestLeavesRunningAreCancelled(MiniCluster cluster) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(1, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync();

        cluster.cancelAllJobs();

        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void aFailureEndsAJobThatMustNotRestart() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        RestartStrategyUtils.configureNoRestartStrategy(env);
        env.fromSequence(1, 10)
                .map(
                        x -> {
                            if (x == 7) {
                                throw new IllegalStateException("seven");
                            }
                            return x;
                        })
                .sinkTo(new DiscardingSink<>());

        assertThatThrownBy(env::execute).hasStackTraceContaining("seven");
    }

    @Test
    void restartStrategiesAreOptionsOfTheEnvironment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        RestartStrategyUtils.configureFixedDelayRestartStrategy(env, 3, 20L);

        assertThat(textOf(env, "restart.strategy")).isEqualTo("fixed-delay");
        assertThat(textOf(env, "restart.attempts")).isEqualTo("3");
        assertThat(textOf(env, "restart.delay")).isEqualTo("20 ms");
    }

    private static String textOf(StreamExecutionEnvironment env, String key) {
        return env.getConfiguration().get(ConfigOptions.key(key).stringType().noDefaultValue());
    }

    /** Shares the cluster of the class around it. */
    @Nested
    class InNestedClasses {
        @Test
        void programsRunToo() throws Exception {
            List<Integer> results =
                    StreamExecutionEnvironment.getExecutionEnvironment()
                            .fromData(1, 2, 3)
                            .executeAndCollect(10);
            assertThat(results).containsExactlyInAnyOrder(1, 2, 3);
        }
    }
}
