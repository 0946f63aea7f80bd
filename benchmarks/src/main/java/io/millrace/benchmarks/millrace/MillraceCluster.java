package io.millrace.benchmarks.millrace;

import io.millrace.api.file.LocalFileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.benchmarks.job.Rounds;
import io.millrace.coordinator.journal.JournalStore;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.host.CoordinatorHost;
import io.millrace.host.HostSettings;
import io.millrace.host.checkpoint.CheckpointPlaces;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.wire.AppSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Runs a workload on a coordinator in this process and workers of one slot in processes of their
 * own, all on the loopback network.
 */
public final class MillraceCluster {
    private static final int WORKER_MB = 1280;

    private MillraceCluster() {}

    public static void main(String[] args) throws Exception {
        AppSecret secret = AppSecret.random();
        ClassLoader user = MillraceCluster.class.getClassLoader();
        try (CoordinatorHost host =
                CoordinatorHost.start(
                        HostSettings.listening(
                                // As Flink's task managers do, workers stay between rounds.
                                Config.of(Map.of("resource.idle-timeout", "1 h")),
                                new WorkerSpec(1, WORKER_MB, 1),
                                "127.0.0.1",
                                "localhost"),
                        made -> new ProcessWorkers(made::controlAddress, secret),
                        journal(),
                        secret,
                        1,
                        places(),
                        graph -> user,
                        error -> Runtime.getRuntime().halt(1))) {
            StreamExecutionEnvironment.runWith(host.executor(Config.empty(), List.of(), user));
            Rounds.serve(args, MillraceEmbedded::run);
        }
    }

    /** Of an application that nobody takes over. */
    static JournalStore journal() {
        return new Journal();
    }

    static CheckpointPlaces places() {
        Path root =
                new Path(System.getProperty("java.io.tmpdir"), "checkpoints-" + UUID.randomUUID());
        return new CheckpointPlaces(
                new FilePointerStore(
                        LocalFileSystem.getSharedInstance(), new Path(root, "pointers"), 1),
                root.toString(),
                "benchmark",
                1);
    }

    /** Nobody takes over from this coordinator. Confined to its thread. */
    private static final class Journal implements JournalStore {
        private final List<byte[]> entries = new ArrayList<>();

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
