package io.millrace.benchmarks.millrace;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.option.Config;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.benchmarks.updates.Seat;
import io.millrace.benchmarks.updates.UpdatePlan;
import io.millrace.coordinator.ClusterView.CheckpointView;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.host.CoordinatorHost;
import io.millrace.host.HostSettings;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.wire.AppSecret;
import java.util.List;
import java.util.Map;

/** The updates on a coordinator in this process and two workers in processes of their own. */
public final class UpdatesOnMillrace {
    private UpdatesOnMillrace() {}

    public static void main(String[] args) throws Exception {
        Seat.serve(args, UpdatesOnMillrace::start);
        System.exit(0);
    }

    private static Seat.Running start(UpdatePlan plan, Map<String, String> options)
            throws Exception {
        AppSecret secret = AppSecret.random();
        ClassLoader user = UpdatesOnMillrace.class.getClassLoader();
        ProcessWorkers[] workers = new ProcessWorkers[1];
        int workerMb = Integer.getInteger("benchmarks.worker-mb");
        CoordinatorHost host =
                CoordinatorHost.start(
                        HostSettings.listening(
                                Config.of(Map.of()),
                                new WorkerSpec(plan.slots(), workerMb, 1),
                                "127.0.0.1",
                                "localhost"),
                        made -> workers[0] = new ProcessWorkers(made::controlAddress, secret),
                        MillraceCluster.journal(),
                        secret,
                        1,
                        MillraceCluster.places(),
                        graph -> user,
                        error -> Runtime.getRuntime().halt(1));
        StreamExecutionEnvironment.runWith(host.executor(Config.empty(), List.of(), user));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(options));
        env.setParallelism(plan.parallelism());
        UpdateJob.build(env, plan);
        JobClient client = env.executeAsync("updates");
        return new OnHost(host, workers[0], client);
    }

    /** The job on its host. Confined to the main thread. */
    private static final class OnHost implements Seat.Running {
        private final CoordinatorHost host;
        private final ProcessWorkers workers;
        private final JobClient client;
        private final JobId jobId;

        OnHost(CoordinatorHost host, ProcessWorkers workers, JobClient client) {
            this.host = host;
            this.workers = workers;
            this.client = client;
            this.jobId = new JobId(client.getJobID().toString());
        }

        @Override
        public Seat.Done latest() {
            JobView job = host.view().job(jobId).orElse(null);
            if (job == null || job.checkpoints() == null || job.checkpoints().latest() == null) {
                return null;
            }
            CheckpointView latest = job.checkpoints().latest();
            return new Seat.Done(
                    latest.id(),
                    latest.durationMs(),
                    latest.share().writtenBytes(),
                    latest.totalBytes(),
                    latest.share().turnMs());
        }

        @Override
        public void killWorker() {
            workers.killOne();
        }

        @Override
        public String savepoint(boolean canonical, String directory) throws Exception {
            return client.triggerSavepoint(
                            directory,
                            canonical ? SavepointFormatType.CANONICAL : SavepointFormatType.NATIVE)
                    .get();
        }

        @Override
        public String end() {
            return host.view().job(jobId).map(JobView::result).map(Object::toString).orElse(null);
        }

        @Override
        public void close() {
            host.close();
        }
    }
}
