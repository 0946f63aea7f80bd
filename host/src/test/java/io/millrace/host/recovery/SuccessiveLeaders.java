package io.millrace.host.recovery;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.LocalFileSystem;
import io.millrace.api.option.Config;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.batch.BatchOperators;
import io.millrace.batch.shuffle.DiskExchange;
import io.millrace.batch.shuffle.ShuffleSettings;
import io.millrace.coordinator.journal.JournalCodec;
import io.millrace.coordinator.journal.JournalStore;
import io.millrace.coordinator.resource.ResourceDriver;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.host.CoordinatorHost;
import io.millrace.host.HostSettings;
import io.millrace.host.checkpoint.CheckpointPlaces;
import io.millrace.host.submit.EarlierJobs;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.task.WorkLoopExecutor;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.worker.CoordinatorLink;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerProfile;
import io.millrace.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An application whose coordinator dies and is followed by the next one, in one process: the
 * journal and the workers stay. Thread-safe.
 */
final class SuccessiveLeaders implements AutoCloseable {
    private final Path directory;
    private final Config config;
    private final AppSecret secret = AppSecret.random();
    private final ClassLoader loader = SuccessiveLeaders.class.getClassLoader();
    private final UserLoaders loaders = new UserLoaders(Plugins.none(), loader);
    private final List<byte[]> entries = new CopyOnWriteArrayList<>();
    private final Map<String, Worker> workers = new LinkedHashMap<>(); // guarded by this
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final List<CoordinatorHost> dead = new ArrayList<>();
    private volatile CoordinatorHost leader; // null while there is none; asked by workers
    private int started; // guarded by this
    private long epoch;

    /** A worker's end of a connection. */
    private record Link(CoordinatorHost to, CoordinatorLink.Receiver receiver) {}

    SuccessiveLeaders(Path directory, Config config) {
        this.directory = directory;
        this.config =
                config.with("worker.bind-host", "127.0.0.1")
                        .with("worker.slots", "1")
                        // Workers that die here leave theirs.
                        .with("task.spill-directory", directory.resolve("spilled").toString());
    }

    /**
     * Begins to lead in the next epoch, and runs the program, until that ends or the leader dies.
     */
    <R> R lead(Callable<R> program) throws Exception {
        EarlierJobs earlier = EarlierJobs.of(JournalCodec.decodeAll(entries));
        epoch++;
        AtomicReference<CoordinatorHost> self = new AtomicReference<>();
        CoordinatorHost host =
                CoordinatorHost.start(
                        HostSettings.inProcess(config, new WorkerSpec(1, 64, 1)),
                        made -> {
                            self.set(made);
                            leader = made;
                            return new Driver();
                        },
                        new Journal(),
                        secret,
                        epoch,
                        places(),
                        graph -> loader,
                        error -> die(self.get()));
        StreamExecutionEnvironment.runWith(host.executor(config, List.of(), loader, earlier));
        try {
            return program.call();
        } finally {
            StreamExecutionEnvironment.clear();
            dead.add(host);
        }
    }

    private CheckpointPlaces places() {
        String pointers = directory.resolve("pointers").toString();
        return new CheckpointPlaces(
                new FilePointerStore(
                        LocalFileSystem.getSharedInstance(),
                        new io.millrace.api.file.Path(pointers),
                        epoch),
                directory.resolve("checkpoints").toString(),
                "a test",
                epoch);
    }

    /** Its connections break as those of a killed process do. */
    private void die(CoordinatorHost host) {
        if (leader == host) {
            leader = null;
        }
        for (Link link : links) {
            if (link.to() == host) {
                link.receiver().onClosed(new IOException("the coordinator was killed"));
            }
        }
    }

    /** Ends a worker, and waits for that. */
    void endWorker(String workerId) {
        Worker worker;
        synchronized (this) {
            worker = workers.remove(workerId);
        }
        worker.close();
    }

    /** The one that leads; null while there is none. */
    CoordinatorHost leader() {
        return leader;
    }

    synchronized int workersStarted() {
        return started;
    }

    private synchronized void startWorkers(int count) {
        while (workers.size() < count) {
            String id = "worker-" + ++started;
            workers.put(id, start(id));
        }
    }

    private Worker start(String id) {
        WorkerSettings settings = WorkerSettings.from(config);
        return Worker.start(
                settings,
                new WorkerProfile(id, "localhost", 1, Runtime.getRuntime().maxMemory()),
                secret,
                receiver -> connect(id, receiver),
                (self, exchange, results, listener, fatal) ->
                        new WorkLoopExecutor(
                                self,
                                settings.tasks(),
                                exchange,
                                DiskExchange.start(
                                        self,
                                        ShuffleSettings.from(config, List.of(directory)),
                                        results),
                                new BatchOperators(),
                                loaders,
                                listener,
                                fatal));
    }

    private CoordinatorLink connect(String id, CoordinatorLink.Receiver receiver) {
        CoordinatorHost now = leader;
        if (now == null) {
            throw new MillraceException(ErrorCode.CLUSTER_UNREACHABLE, "nobody leads.");
        }
        links.add(new Link(now, receiver));
        return CoordinatorLink.inProcess(id, now::acceptWorker).connect(receiver);
    }

    @Override
    public void close() {
        dead.forEach(CoordinatorHost::close);
        List<Worker> left;
        synchronized (this) {
            left = List.copyOf(workers.values());
        }
        left.forEach(Worker::close);
        loaders.close();
    }

    /** The cluster, as one leader sees it. */
    private final class Driver implements ResourceDriver {
        private volatile Listener listener; // set before the leader's thread starts
        private boolean decided; // which workers are kept; confined to the leader's thread

        @Override
        public void start(Listener listener, WorkerSpec spec) {
            this.listener = listener;
        }

        @Override
        public void want(int count) {
            if (!decided) {
                keep(List.of());
            }
            new Thread(() -> startWorkers(count), "cluster").start();
        }

        @Override
        public void keep(List<String> workerIds) {
            decided = true;
            List<String> before;
            synchronized (SuccessiveLeaders.this) {
                before = List.copyOf(workers.keySet());
            }
            before.stream()
                    .filter(id -> !workerIds.contains(id))
                    .forEach(id -> release(id, "it is not kept"));
            workerIds.stream()
                    .filter(id -> !before.contains(id))
                    .forEach(id -> listener.onWorkerEnded(id, "it has ended"));
        }

        @Override
        public void release(String workerId, String reason) {
            Worker worker;
            synchronized (SuccessiveLeaders.this) {
                worker = workers.remove(workerId);
            }
            if (worker != null) {
                worker.stop(reason);
            }
        }

        @Override
        public void close() {}
    }

    /** Outlives its leaders. */
    private final class Journal implements JournalStore {
        @Override
        public void append(byte[] entry) {
            entries.add(entry);
        }

        @Override
        public List<byte[]> readAll() {
            return List.copyOf(entries);
        }

        @Override
        public void close() {}
    }
}
