package io.millrace.host.sweep;

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
import io.millrace.worker.WorkerExit;
import io.millrace.worker.WorkerProfile;
import io.millrace.worker.WorkerSettings;
import java.nio.file.Path;
import java.util.List;

/** A process that is a worker. */
final class WorkerRole {
    private WorkerRole() {}

    /**
     * @param args the application's directory, the worker's name, the coordinator's port, secret
     */
    static int run(List<String> args) throws InterruptedException {
        WorkerExit exit = start(args).awaitExit();
        if (exit == WorkerExit.TASKS_STUCK || exit == WorkerExit.DEFECT) {
            Runtime.getRuntime().halt(exit.code()); // as a process does that is only this worker
        }
        return exit.code();
    }

    private static Worker start(List<String> args) {
        Config config = Options.read(Path.of(args.get(0)));
        AppSecret secret = Options.secret(args.get(3));
        WorkerSettings settings = WorkerSettings.from(config);
        UserLoaders loaders = new UserLoaders(Plugins.none(), WorkerRole.class.getClassLoader());
        return Worker.start(
                settings,
                new WorkerProfile(args.get(1), "127.0.0.1", 1, Runtime.getRuntime().maxMemory()),
                secret,
                CoordinatorLink.overNetwork(
                        "127.0.0.1",
                        Integer.parseInt(args.get(2)),
                        secret,
                        settings.connectTimeout()),
                (self, exchange, results, listener, fatal) ->
                        new WorkLoopExecutor(
                                self,
                                settings.tasks(),
                                exchange,
                                DiskExchange.start(
                                        self,
                                        ShuffleSettings.from(
                                                config, List.of(settings.tasks().spillDirectory())),
                                        results),
                                new BatchOperators(),
                                loaders,
                                listener,
                                fatal));
    }
}
