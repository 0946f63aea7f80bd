package io.millrace.it;

import java.util.List;
import java.util.Map;

/** What happens to a job of the {@link Chaos}. */
enum Blow {
    WORKERS_KILLED(Map.of("state.backend.type", "heap")) {
        @Override
        void fall(ChaosJob job) {
            job.killWorkers();
        }
    },
    WORKERS_KILLED_ROCKSDB(Map.of("state.backend.type", "rocksdb")) {
        @Override
        void fall(ChaosJob job) {
            job.killWorkers();
        }
    },
    MASTER_KILLED(Map.of("state.backend.type", "rocksdb")) {
        @Override
        void fall(ChaosJob job) {
            job.killMaster();
        }
    },
    MASTER_AND_WORKER_KILLED(Map.of("state.backend.type", "heap")) {
        @Override
        void fall(ChaosJob job) {
            job.killMasterAndWorker();
        }
    },
    /** For longer than the heartbeat time-out; then it wakes, if YARN has let it live. */
    WORKER_PAUSED(Map.of("heartbeat.timeout", "15 s")) {
        @Override
        void fall(ChaosJob job) {
            job.pauseWorker();
        }
    },
    /** For longer than its session in ZooKeeper. */
    MASTER_PAUSED(Map.of()) {
        @Override
        void fall(ChaosJob job) {
            job.pauseMaster();
        }
    },
    NAMENODE_RESTARTED(Map.of()) {
        @Override
        void fall(ChaosJob job) {
            job.restartNameNode();
        }
    },
    /** The directory of checkpoints may take no byte more for a while. */
    HDFS_FULL(Map.of()) {
        @Override
        void fall(ChaosJob job) {
            job.fillHdfs();
        }
    },
    /** The disk of the workers' state takes no byte more for a while. */
    LOCAL_DISK_FULL(Map.of("state.backend.type", "rocksdb")) {
        @Override
        List<String> options(ChaosJob job) {
            return List.of("-D", "task.spill-directory=" + job.mountDisk());
        }

        @Override
        void fall(ChaosJob job) {
            job.fillDisk();
        }
    },
    /** A bit of what a worker wrote for the latest checkpoint flips before it dies. */
    FILE_CORRUPTED(
            Map.of(
                    "execution.checkpointing.verification-rate",
                    "0",
                    "execution.checkpointing.data-inline-threshold",
                    "0")) {
        @Override
        int intervalMs() {
            return LONG_INTERVAL_MS;
        }

        @Override
        void fall(ChaosJob job) {
            job.corruptCheckpoint();
        }
    },
    /** The same of a worker that lives on: its tasks start again from its copy. */
    FILE_OF_SURVIVOR_CORRUPTED(
            Map.of(
                    "execution.checkpointing.verification-rate",
                    "0",
                    "execution.checkpointing.data-inline-threshold",
                    "0")) {
        @Override
        int intervalMs() {
            return LONG_INTERVAL_MS;
        }

        @Override
        void fall(ChaosJob job) {
            job.corruptFileOfSurvivor();
        }
    },
    /** The job is cancelled, and another one goes on from its checkpoint at another parallelism. */
    RESUMED_ELSEWHERE(
            Map.of(
                    "execution.checkpointing.externalized-checkpoint-retention",
                    "RETAIN_ON_CANCELLATION")) {
        @Override
        void fall(ChaosJob job) {
            job.resumeElsewhere();
        }
    };

    /** So that no other checkpoint comes between the damage and the death. */
    private static final int LONG_INTERVAL_MS = 5_000;

    private final Map<String, String> options;

    Blow(Map<String, String> options) {
        this.options = options;
    }

    /** Of the job, for the command line. */
    List<String> options(ChaosJob job) {
        return options.entrySet().stream()
                .flatMap(o -> List.of("-D", o.getKey() + "=" + o.getValue()).stream())
                .toList();
    }

    /** Between two checkpoints. */
    int intervalMs() {
        return 1_000;
    }

    abstract void fall(ChaosJob job);
}
