package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.FlinkCluster;
import io.millrace.benchmarks.Setup;
import io.millrace.benchmarks.job.Job;
import io.millrace.benchmarks.job.Rounds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs a workload on a job manager and two task managers of one slot in processes of their own, all
 * on the loopback network. This process is the client; the property {@code benchmarks.checkout}
 * says where the jars are.
 */
public final class FlinkOnCluster {
    private FlinkOnCluster() {}

    public static void main(String[] args) throws Exception {
        Setup setup = Setup.ofCheckout(Path.of(System.getProperty("benchmarks.checkout")));
        try (FlinkCluster cluster = FlinkCluster.start(setup, 1, List.of(), Map.of())) {
            Rounds.serve(args, job -> run(cluster.restPort(), job));
        }
    }

    private static void run(int restPort, Job job) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createRemoteEnvironment(
                        "localhost", restPort, Configuration.fromMap(job.options()));
        FlinkPrograms.build(env, job);
        env.execute(job.workload());
    }
}
