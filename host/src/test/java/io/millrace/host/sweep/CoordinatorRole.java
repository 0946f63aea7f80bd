package io.millrace.host.sweep;

import io.millrace.api.file.LocalFileSystem;
import io.millrace.api.option.Config;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.journal.JournalCodec;
import io.millrace.coordinator.resource.ResourceDriver;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.host.CoordinatorHost;
import io.millrace.host.HostSettings;
import io.millrace.host.checkpoint.CheckpointPlaces;
import io.millrace.host.submit.EarlierJobs;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.wire.AppSecret;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that leads, with nothing of a cluster: what it wants of one it says, and what happens
 * it hears.
 *
 * <p>{@code LISTEN port}, {@code WANT count}, {@code RELEASE worker}, {@code OUTCOME state path} of
 * a {@link Request} and {@code RESULT outcome text} go out, {@code ENDED worker} comes in.
 */
final class CoordinatorRole {
    private static final int EXIT_AGAIN = 70;

    private CoordinatorRole() {}

    /**
     * @param args the application's directory, epoch, secret, program and output
     */
    static int run(List<String> args) throws Exception {
        Path directory = Path.of(args.get(0));
        return lead(
                directory,
                Long.parseLong(args.get(1)),
                Options.secret(args.get(2)),
                () -> SweepJob.run(args.get(3), args.get(4), directory.getParent()));
    }

    /** Builds the job and waits for its end. */
    private interface Run {
        void run() throws Exception;
    }

    private static int lead(Path directory, long epoch, AppSecret secret, Run job)
            throws Exception {
        Config config = Options.read(directory);
        FileJournal journal = new FileJournal(directory.resolve("journal"), epoch);
        EarlierJobs earlier = EarlierJobs.of(JournalCodec.decodeAll(journal.readAll()));
        Cluster cluster = new Cluster();
        ClassLoader loader = CoordinatorRole.class.getClassLoader();
        try (CoordinatorHost host =
                CoordinatorHost.start(
                        HostSettings.listening(
                                config, new WorkerSpec(1, 64, 1), "127.0.0.1", "127.0.0.1"),
                        leader -> cluster,
                        journal,
                        secret,
                        epoch,
                        places(directory, epoch),
                        graph -> loader,
                        error -> Runtime.getRuntime().halt(EXIT_AGAIN))) {
            ProcessMain.say("LISTEN " + host.controlAddress().getPort());
            Thread asks = Request.ask(directory, host);
            String result = resultOf(job, config, earlier, host, loader);
            if (Request.isIn(directory)) {
                asks.join(TimeUnit.SECONDS.toMillis(60));
            }
            asks.interrupt();
            ProcessMain.say("RESULT " + result);
            return 0;
        }
    }

    private static CheckpointPlaces places(Path directory, long epoch) {
        String pointers = directory.resolve("pointers").toString();
        return new CheckpointPlaces(
                new FilePointerStore(
                        LocalFileSystem.getSharedInstance(),
                        new io.millrace.api.file.Path(pointers),
                        epoch),
                directory.resolve("checkpoints").toString(),
                "application " + directory.getFileName(),
                epoch);
    }

    /** Runs the program, or awaits what an earlier leader has left to do. */
    private static String resultOf(
            Run job, Config config, EarlierJobs earlier, CoordinatorHost host, ClassLoader loader) {
        if (!earlier.jobs().isEmpty() && !earlier.anyResumes()) {
            JobResult result = host.result(earlier.jobs().get(0).graph().jobId()).join();
            return result.outcome()
                    + (result.failure() == null ? "" : " " + result.failure().summary());
        }
        StreamExecutionEnvironment.runWith(host.executor(config, List.of(), loader, earlier));
        try {
            job.run();
            return "FINISHED";
        } catch (Exception e) {
            e.printStackTrace(System.out);
            return "FAILED " + e;
        } finally {
            StreamExecutionEnvironment.clear();
        }
    }

    /** The cluster is whoever reads the output. */
    private static final class Cluster implements ResourceDriver {
        @Override
        public void start(Listener listener, WorkerSpec spec) {
            ProcessMain.listen(
                    line ->
                            listener.onWorkerEnded(
                                    line.substring("ENDED ".length()), "its process ended"));
        }

        @Override
        public void want(int workers) {
            ProcessMain.say("WANT " + workers);
        }

        @Override
        public void release(String workerId, String reason) {
            ProcessMain.say("RELEASE " + workerId);
        }

        @Override
        public void close() {
            ProcessMain.listen(line -> {});
        }
    }
}
