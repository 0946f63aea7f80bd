package io.millrace.benchmarks.millrace;

import io.millrace.api.option.Configuration;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.benchmarks.job.Job;
import io.millrace.benchmarks.job.Rounds;

/** Runs a workload in this process. The cluster in it ends between two rounds far apart. */
public final class MillraceEmbedded {
    private MillraceEmbedded() {}

    public static void main(String[] args) throws Exception {
        Rounds.serve(args, MillraceEmbedded::run);
    }

    static void run(Job job) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(job.options()));
        MillracePrograms.build(env, job);
        env.execute(job.workload());
    }
}
