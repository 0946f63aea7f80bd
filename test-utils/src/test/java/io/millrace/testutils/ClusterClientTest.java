package io.millrace.testutils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ExceptionUtils;
import io.millrace.api.function.MapFunction;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.JobID;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.util.concurrent.ExecutionException;
import org.junit.ClassRule;
import org.junit.Test;

/** Jobs that tests submit by the client of their cluster, as those with JUnit 4 do. */
public class ClusterClientTest {
    @ClassRule
    public static final MiniClusterWithClientResource CLUSTER =
            new MiniClusterWithClientResource(
                    new MiniClusterResourceConfiguration.Builder().build());

    private static StreamGraph job(MapFunction<Integer, Integer> function) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        RestartStrategyUtils.configureNoRestartStrategy(env);
        env.fromData(1).map(function).sinkTo(new DiscardingSink<>());
        return env.getStreamGraph().getJobGraph();
    }

    private static void run(StreamGraph job) throws Exception {
        TestUtils.submitJobAndWaitForResult(
                CLUSTER.getClusterClient(), job, ClusterClientTest.class.getClassLoader());
    }

    @Test
    public void aJobThatFinishesPasses() {
        assertThatCode(() -> run(job(number -> number))).doesNotThrowAnyException();
    }

    @Test
    public void aFunctionsSuccessIsFoundAmongTheCauses() {
        assertThatThrownBy(
                        () ->
                                run(
                                        job(
                                                number -> {
                                                    throw new SuccessException();
                                                })))
                .isInstanceOf(ExecutionException.class)
                .satisfies(
                        failure ->
                                assertThat(
                                                ExceptionUtils.findThrowable(
                                                        failure, SuccessException.class))
                                        .isPresent());
    }

    @Test
    public void aFailureIsThrownAsItIs() {
        assertThatThrownBy(
                        () ->
                                run(
                                        job(
                                                number -> {
                                                    throw new IllegalStateException("broken");
                                                })))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("broken");
    }

    @Test
    public void theClientKnowsTheJobsThatItSubmitted() throws Exception {
        ClusterClient<?> client = CLUSTER.getClusterClient();
        JobID job = client.submitJob(job(number -> number)).get();

        assertThat(client.getJobStatus(job).get()).isInstanceOf(JobStatus.class);
        assertThatThrownBy(() -> client.getJobStatus(JobID.generate()).get())
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }
}
