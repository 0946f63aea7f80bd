package io.millrace.benchmarks.millrace;

import io.millrace.api.option.Config;
import io.millrace.batch.BatchOperators;
import io.millrace.batch.shuffle.DiskExchange;
import io.millrace.batch.shuffle.ShuffleSettings;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.task.WorkLoopExecutor;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.worker.CoordinatorLink;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerProcess;
import io.millrace.worker.WorkerProfile;
import io.millrace.worker.WorkerSettings;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A worker process as on a cluster, but for Hadoop: a parts list. */
public final class WorkerMain {
    private WorkerMain() {}

    /**
     * @param args host and port of the coordinator, the worker's name, its slots
     */
    public static void main(String[] args) throws InterruptedException {
        System.exit(WorkerProcess.run(() -> start(args)));
    }

    private static Worker start(String[] args) {
        AppSecret secret =
                AppSecret.of(HexFormat.of().parseHex(System.getenv(ProcessWorkers.SECRET)));
        WorkerSettings settings =
                WorkerSettings.from(Config.of(Map.of("worker.bind-host", "127.0.0.1")));
        UserLoaders loaders = new UserLoaders(Plugins.none(), WorkerMain.class.getClassLoader());
        return Worker.start(
                settings,
                new WorkerProfile(
                        args[2],
                        "localhost",
                        Integer.parseInt(args[3]),
                        Runtime.getRuntime().maxMemory()),
                secret,
                CoordinatorLink.overNetwork(
                        args[0], Integer.parseInt(args[1]), secret, settings.connectTimeout()),
                (self, exchange, results, listener, fatal) ->
                        new WorkLoopExecutor(
                                self,
                                settings.tasks(),
                                exchange,
                                DiskExchange.start(
                                        self,
                                        ShuffleSettings.from(
                                                Config.empty(),
                                                List.of(settings.tasks().spillDirectory())),
                                        results),
                                new BatchOperators(),
                                loaders,
                                listener,
                                fatal));
    }
}
