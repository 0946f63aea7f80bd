package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.job.Job;
import io.millrace.benchmarks.job.Rounds;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs a workload in this process, on one task manager that stays up between rounds, so that no
 * round pays for the start of a cluster.
 */
public final class FlinkEmbedded {
    private static final int SLOTS = 8;

    private FlinkEmbedded() {}

    public static void main(String[] args) throws Exception {
        Job first = Job.of(args);
        MiniClusterConfiguration configuration =
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(Configuration.fromMap(first.options()))
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager((int) first.parameter("slots", SLOTS))
                        .withRandomPorts()
                        .build();
        try (MiniCluster cluster = new MiniCluster(configuration)) {
            cluster.start();
            Rounds.serve(args, job -> run(cluster, job));
        }
    }

    private static void run(MiniCluster cluster, Job job) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(job.options()));
        FlinkPrograms.build(env, job);
        cluster.executeJobBlocking(env.getStreamGraph().getJobGraph());
    }
}
