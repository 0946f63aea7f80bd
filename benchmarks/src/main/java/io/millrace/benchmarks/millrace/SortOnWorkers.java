package io.millrace.benchmarks.millrace;

import io.millrace.api.option.Config;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobExecutionResult;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.benchmarks.batch.BatchJob;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.host.CoordinatorHost;
import io.millrace.host.HostSettings;
import io.millrace.runtime.wire.AppSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The sort on a coordinator in this process and two workers in processes of their own, of which one
 * is killed if that is asked for.
 */
public final class SortOnWorkers {
    private static final long LOOK_MS = 20;
    private static final long TICK_MS = 10; // of /proc
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private SortOnWorkers() {}

    /**
     * @param args those of a {@link BatchJob}, then after how many milliseconds a worker is killed;
     *     0 for never
     */
    public static void main(String[] args) throws Exception {
        BatchJob job = BatchJob.of(args);
        long killAtMs = Long.parseLong(args[7]);
        AppSecret secret = AppSecret.random();
        ClassLoader user = SortOnWorkers.class.getClassLoader();
        ProcessWorkers[] workers = new ProcessWorkers[1];
        // Six tenths of a worker are its heap.
        int workerMb = job.memoryMb() / BatchJob.PARALLELISM * 10 / 6;
        long jobMs;
        Duration killed = Duration.ZERO;
        LostWork lost = new LostWork();
        try (CoordinatorHost host =
                CoordinatorHost.start(
                        HostSettings.listening(
                                Config.of(Map.of("resource.idle-timeout", "1 h")),
                                new WorkerSpec(1, workerMb, 1),
                                "127.0.0.1",
                                "localhost"),
                        made -> workers[0] = new ProcessWorkers(made::controlAddress, secret),
                        MillraceCluster.journal(),
                        secret,
                        1,
                        MillraceCluster.places(),
                        graph -> user,
                        error -> Runtime.getRuntime().halt(1))) {
            StreamExecutionEnvironment.runWith(host.executor(Config.empty(), List.of(), user));
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.getExecutionEnvironment(
                            Configuration.fromMap(Map.of()));
            env.setParallelism(BatchJob.PARALLELISM);
            env.setRuntimeMode(RuntimeExecutionMode.BATCH);
            MillraceBatch.sort(env, job);
            long began = System.nanoTime();
            JobClient client = env.executeAsync("sort");
            CompletableFuture<JobExecutionResult> result = client.getJobExecutionResult();
            boolean kills = killAtMs > 0;
            while (!result.isDone()) {
                Thread.sleep(LOOK_MS);
                long nowMs = (System.nanoTime() - began) / 1_000_000;
                lost.look(host.view(), nowMs);
                if (kills && nowMs >= killAtMs) {
                    killed = workers[0].killOne();
                    System.out.println("KILLED a worker after " + nowMs + " ms");
                    kills = false;
                }
            }
            result.get();
            jobMs = (System.nanoTime() - began) / 1_000_000;
            if (kills) {
                throw new IllegalStateException(
                        "the job was through after "
                                + jobMs
                                + " ms, before its worker was killed, after "
                                + killAtMs);
            }
        }
        ProcessHandle.current().children().forEach(child -> child.onExit().join());
        System.out.print(lost.text());
        System.out.println(
                "MEASURED cpuMs="
                        + (BatchJob.cpuMs() + cpuMsOfChildren())
                        + " jobMs="
                        + jobMs
                        + " killedCpuMs="
                        + killed.toMillis()
                        + " lostMs="
                        + lost.ms());
        System.exit(0);
    }

    /** Of all that have ended, however they did. */
    private static long cpuMsOfChildren() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] figures = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return TICK_MS
                * (Long.parseLong(figures[CHILDREN_USER])
                        + Long.parseLong(figures[CHILDREN_SYSTEM]));
    }
}
