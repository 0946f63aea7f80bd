package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job of workers that live on while their tasks start again. */
@Timeout(120)
class LocalRecoveryTest {
    @TempDir private Path directory;

    private int statesOpenedByARestart(String backend, boolean fromLocal) throws Exception {
        try (ClusterFiles files = new ClusterFiles();
                LedgerRun run =
                        LedgerRun.in(directory)
                                .with("execution.checkpointing.dir", files.uri(directory))
                                // Nobody but who restores is to read.
                                .with("execution.checkpointing.verification-rate", "0")
                                .with(
                                        "execution.state-recovery.from-local",
                                        String.valueOf(fromLocal))
                                .with("state.backend.type", backend)
                                .with("restart.strategy", "fixed-delay")
                                .with("restart.attempts", "3")
                                .with("restart.delay", "10 ms")
                                .perCheckpoint(2_000)
                                .start()) {
            run.awaitCheckpoints(8);
            Ledger.FAIL.set(true);
            run.finish();
            assertThat(run.view().restarts()).isEqualTo(1);
            assertThat(run.view().checkpoints().restoredId()).isPositive();
            LedgerRun.assertAllLines();
            return files.statesOpened();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void tasksReadTheCopiesOnTheDisksOfTheirWorkers(String backend) throws Exception {
        assertThat(statesOpenedByARestart(backend, true)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void withoutCopiesTheyReadStorage(String backend) throws Exception {
        assertThat(statesOpenedByARestart(backend, false)).isPositive();
    }
}
