package io.millrace.client;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.client.job.JobView;
import io.millrace.client.job.ProgressDisplay;
import io.millrace.coordinator.ClusterView;
import io.millrace.hdfs.HadoopFileSystemFactory;
import io.millrace.hdfs.KerberosSettings;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs a program in this process, on the embedded cluster, with the class loaders that it would
 * have on YARN. Paths without a scheme are local; {@code hdfs://} works where {@code
 * HADOOP_CONF_DIR} or the path itself names a cluster.
 *
 * <p>{@code main} runs on the calling thread; one daemon thread shows progress.
 */
final class EmbeddedRun {
    private static final long LOOK_EVERY_MS = 500;

    private EmbeddedRun() {}

    /** As {@link Surroundings.LocalEngine#run}. */
    static void run(Program program, Surroundings surroundings) {
        FileSystem.install(
                List.of(new HadoopFileSystemFactory(KerberosSettings.from(program.config()))),
                URI.create("file:///"));
        Plugins plugins =
                Plugins.load(
                        surroundings.home().resolve("plugins"), FileSystem.class.getClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (UserLoaders loaders = new UserLoaders(plugins, before);
                URLClassLoader user = loaders.open(program.name(), List.of(program.jar()));
                EmbeddedJobExecutor executor = new EmbeddedJobExecutor(program.config(), user)) {
            MainMethod main = MainMethod.of(program.jar(), program.mainClass(), user);
            StreamExecutionEnvironment.runWith(executor);
            thread.setContextClassLoader(user);
            ScheduledExecutorService watch = watch(surroundings, executor::view);
            try {
                main.call(program.args());
                awaitJobs(executor);
            } finally {
                watch.shutdownNow();
                executor.view().jobs().forEach(job -> sayHowItEnded(job, surroundings));
                thread.setContextClassLoader(before);
                StreamExecutionEnvironment.clear();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * Jobs that {@code main} submitted without waiting for them end before the process does, and
     * how they end counts.
     */
    private static void awaitJobs(EmbeddedJobExecutor executor) {
        for (ClusterView.JobView job : executor.view().jobs()) {
            if (job.result() != null) {
                continue; // main has seen how it ended
            }
            ClusterView.JobView seen = job;
            while (seen != null && seen.result() == null) {
                try {
                    TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS / 5);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                seen = executor.view().job(job.id()).orElse(null);
            }
            if (seen != null && seen.failure() != null) {
                throw new MillraceException(seen.failure().code(), seen.failure().summary());
            }
        }
    }

    private static void sayHowItEnded(ClusterView.JobView job, Surroundings surroundings) {
        surroundings.err().println(JobView.of(job, System.currentTimeMillis()).summary());
        surroundings.err().flush();
    }

    private static ScheduledExecutorService watch(
            Surroundings surroundings, Supplier<ClusterView> view) {
        // Lines, no block: what the program prints would be overwritten.
        ProgressDisplay display = new ProgressDisplay(surroundings.err(), false, System::nanoTime);
        ScheduledExecutorService watch =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "progress");
                            thread.setDaemon(true);
                            return thread;
                        });
        watch.scheduleWithFixedDelay(
                () ->
                        view.get()
                                .jobs()
                                .forEach(
                                        job ->
                                                display.show(
                                                        JobView.of(
                                                                job, System.currentTimeMillis()))),
                LOOK_EVERY_MS,
                LOOK_EVERY_MS,
                TimeUnit.MILLISECONDS);
        return watch;
    }
}
