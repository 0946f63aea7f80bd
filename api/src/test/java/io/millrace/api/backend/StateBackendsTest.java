package io.millrace.api.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.OptionCheck;
import io.millrace.api.option.TernaryBoolean;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // programs use the older classes too
class StateBackendsTest {
    private static Configuration written(StateBackend backend) {
        Configuration values = new Configuration();
        backend.writeTo(values);
        OptionCheck.ofEngine(StateBackendsTest.class.getClassLoader()).check(values.toConfig());
        return values;
    }

    @Test
    void stateInMemoryIsOneOption() {
        assertThat(written(new HashMapStateBackend()).toMap())
                .containsOnlyKeys("state.backend.type")
                .containsValue("hashmap");
    }

    @Test
    void rocksDbLeavesIncrementalToTheConfigurationUnlessItSays() {
        assertThat(written(new EmbeddedRocksDBStateBackend()).toMap())
                .containsOnlyKeys("state.backend.type")
                .containsValue("rocksdb");
        assertThat(
                        written(new EmbeddedRocksDBStateBackend(false))
                                .get(CheckpointOptions.INCREMENTAL))
                .isFalse();
    }

    @Test
    void rocksDbCarriesItsTuning() {
        EmbeddedRocksDBStateBackend rocks = new EmbeddedRocksDBStateBackend(TernaryBoolean.TRUE);
        rocks.setDbStoragePaths("/data1/rocks", "/data2/rocks");
        rocks.setPredefinedOptions(PredefinedOptions.SPINNING_DISK_OPTIMIZED);
        rocks.setNumberOfTransferThreads(3);
        rocks.getMemoryConfiguration().setWriteBufferRatio(0.4);
        rocks.getMemoryConfiguration().setFixedMemoryPerSlot("64 mb");

        assertThat(written(rocks).toMap())
                .containsEntry("state.backend.rocksdb.localdir", "/data1/rocks,/data2/rocks")
                .containsEntry(
                        "state.backend.rocksdb.predefined-options", "SPINNING_DISK_OPTIMIZED")
                .containsEntry("state.backend.rocksdb.checkpoint.transfer.thread.num", "3")
                .containsEntry("state.backend.rocksdb.memory.write-buffer-ratio", "0.4")
                .containsEntry("state.backend.rocksdb.memory.fixed-per-slot", "64 mb");
        assertThat(rocks.getDbStoragePaths()).containsExactly("/data1/rocks", "/data2/rocks");
        assertThat(rocks.isIncrementalCheckpointsEnabled()).isTrue();
    }

    @Test
    void rocksDbTakesFromAConfigurationWhatItDoesNotSay() {
        EmbeddedRocksDBStateBackend rocks = new EmbeddedRocksDBStateBackend();
        rocks.setNumberOfTransferThreads(3);
        Configuration given = new Configuration();
        given.set(RocksDBOptions.CHECKPOINT_TRANSFER_THREAD_NUM, 7);
        given.set(RocksDBOptions.LOCAL_DIRECTORIES, "/data/rocks");

        EmbeddedRocksDBStateBackend configured = rocks.configure(given, null);

        assertThat(configured.getNumberOfTransferThreads()).isEqualTo(3);
        assertThat(configured.getDbStoragePaths()).containsExactly("/data/rocks");
        assertThat(rocks.getDbStoragePaths()).isNull();
    }

    @Test
    void rocksDbRefusesWhatCannotWork() {
        EmbeddedRocksDBStateBackend rocks = new EmbeddedRocksDBStateBackend();

        assertThatThrownBy(() -> rocks.setDbStoragePath("relative/path"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'relative/path'");
        assertThatThrownBy(() -> rocks.setNumberOfTransferThreads(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rocks.getMemoryConfiguration().setWriteBufferRatio(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
    }

    @Test
    void theOlderClassesSayBackEndAndStorage() {
        assertThat(written(new FsStateBackend("hdfs://nn/checkpoints", true)).toMap())
                .containsEntry("state.backend.type", "hashmap")
                .containsEntry("execution.checkpointing.storage", "filesystem")
                .containsEntry("execution.checkpointing.dir", "hdfs://nn/checkpoints");
        assertThat(written(new MemoryStateBackend(1_000)).toMap())
                .containsEntry("state.backend.type", "hashmap")
                .containsEntry("execution.checkpointing.storage", "jobmanager");
        assertThat(
                        written(
                                        new FsStateBackend(
                                                URI.create("hdfs://nn/checkpoints"),
                                                URI.create("hdfs://nn/savepoints")))
                                .get(CheckpointOptions.SAVEPOINT_DIRECTORY))
                .isEqualTo("hdfs://nn/savepoints");
    }

    @Test
    void storageOfFilesNeedsADirectory() {
        assertThatThrownBy(
                        () ->
                                FileSystemCheckpointStorage.createFromConfig(
                                        new Configuration(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("execution.checkpointing.dir");
    }

    @Test
    void storageOfFilesIsComparedByWhatItSays() {
        FileSystemCheckpointStorage storage = new FileSystemCheckpointStorage("hdfs:///c");

        assertThat(storage).isEqualTo(new FileSystemCheckpointStorage(URI.create("hdfs:///c")));
        assertThat(storage).isNotEqualTo(new FileSystemCheckpointStorage("hdfs:///d"));
        assertThat(storage.getMinFileSizeThreshold()).isEqualTo(20 * 1024);
        assertThat(storage.getWriteBufferSize()).isEqualTo(4096);
    }

    @Test
    void forStIsRocksDbByAnotherName() {
        ForStStateBackend forst = new ForStStateBackend();
        forst.setDbStoragePath("/data/forst");
        Configuration values = written(forst);
        values.set(
                ForStOptions.TIMER_SERVICE_FACTORY, ForStStateBackend.PriorityQueueStateType.HEAP);

        assertThat(values.toMap()).containsEntry("state.backend.type", "rocksdb");
        assertThat(values.get(ForStOptions.LOCAL_DIRECTORIES)).isEqualTo("/data/forst");
        assertThat(OptionCheck.ofEngine(getClass().getClassLoader()).idle(values.toConfig()))
                .containsOnlyKeys("state.backend.forst.timer-service.factory");
    }

    @Test
    void theOlderRocksDbSaysWhereCheckpointsGoAsWell() {
        RocksDBStateBackend rocks = new RocksDBStateBackend("file:///checkpoints", true);
        rocks.setDbStoragePath("/data/rocks");

        assertThat(written(rocks).toMap())
                .containsEntry("state.backend.type", "rocksdb")
                .containsEntry("execution.checkpointing.storage", "filesystem")
                .containsEntry("execution.checkpointing.dir", "file:/checkpoints")
                .containsEntry("state.backend.rocksdb.localdir", "/data/rocks");
        assertThat(written(rocks).get(CheckpointOptions.INCREMENTAL)).isTrue();
    }

    @Test
    void theOlderRocksDbKeepsItsStorageWhenItIsConfigured() {
        Configuration given = new Configuration();
        given.set(RocksDBOptions.LOCAL_DIRECTORIES, "/data/rocks");
        AbstractStateBackend memory = new MemoryStateBackend();

        RocksDBStateBackend configured =
                new RocksDBStateBackend(memory, false).configure(given, null);

        assertThat(configured.getCheckpointBackend()).isSameAs(memory);
        assertThat(configured.getDbStoragePaths()).containsExactly("/data/rocks");
        assertThat(configured.isIncrementalCheckpointsEnabled()).isFalse();
    }

    @Test
    void theOlderRocksDbRefusesABackendThatNamesNoStorage() {
        StateBackend heap = new HashMapStateBackend();

        assertThatThrownBy(() -> new RocksDBStateBackend(heap))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HashMapStateBackend")
                .hasMessageContaining("setCheckpointStorage");
    }

    @Test
    void metricsOfRocksDbAreKeptAsTheyAreEnabled() {
        Configuration given = new Configuration();
        given.set(RocksDBNativeMetricOptions.ESTIMATE_NUM_KEYS, true);
        given.set(RocksDBNativeMetricOptions.MONITOR_BYTES_READ, true);

        RocksDBNativeMetricOptions options = RocksDBNativeMetricOptions.fromConfig(given);
        options.enableIsWriteStopped();

        assertThat(options.getProperties())
                .containsExactly("estimate-num-keys", "is-write-stopped");
        assertThat(options.getMonitorTickerTypes()).containsExactly("bytes-read");
        assertThat(options.isStatisticsEnabled()).isTrue();
        assertThat(new RocksDBNativeMetricOptions().isEnabled()).isFalse();
    }

    @Test
    void aChangelogIsConfiguredInVain() {
        Configuration values = new Configuration();

        FsStateChangelogStorageFactory.configure(
                values, new File("changelog"), Duration.ofMinutes(1), 10);

        assertThat(OptionCheck.ofEngine(getClass().getClassLoader()).idle(values.toConfig()))
                .containsOnlyKeys("state.changelog.storage");
    }
}
