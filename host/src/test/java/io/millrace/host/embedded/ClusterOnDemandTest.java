package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the checkpoints of a process when its clusters come and go. */
@Timeout(60)
class ClusterOnDemandTest {
    private static CountDownLatch mayEnd;

    private EmbeddedJobExecutor executor;

    @BeforeEach
    void begin() {
        mayEnd = new CountDownLatch(1);
        executor = new EmbeddedJobExecutor(Config.empty(), getClass().getClassLoader());
        StreamExecutionEnvironment.runWith(executor);
    }

    @AfterEach
    void end() {
        mayEnd.countDown();
        StreamExecutionEnvironment.clear();
        executor.close();
    }

    @Test
    void aClusterThatEndsLeavesTheCheckpointsToItsSuccessor() throws Exception {
        Path root = checkpointRoot();
        JobClient running = jobWithCheckpoints();
        Path marker = root.resolve(running.getJobID().toHexString()).resolve("job");
        Await.until("the job's marker is there", () -> Files.exists(marker), there -> there);

        cluster().removeDirectoryIfUnused(); // as the one before does when it is closed

        assertThat(marker).exists();
        mayEnd.countDown();
        running.getJobExecutionResult().get(30, TimeUnit.SECONDS);
    }

    @Test
    void theLastClusterTakesTheCheckpointsWithIt() throws Exception {
        Path root = checkpointRoot();
        JobClient running = jobWithCheckpoints();
        Await.until("the checkpoints' root is there", () -> Files.exists(root), there -> there);
        mayEnd.countDown();
        running.getJobExecutionResult().get(30, TimeUnit.SECONDS);

        executor.close();

        assertThat(root).doesNotExist();
        assertThat(root.getParent()).doesNotExist();
    }

    private ClusterOnDemand cluster() {
        return (ClusterOnDemand) executor.jobs();
    }

    private Path checkpointRoot() {
        return Path.of(cluster().checkpointRoot().getPath());
    }

    private static JobClient jobWithCheckpoints() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.enableCheckpointing(50);
        env.fromSequence(0, 1)
                .map(
                        number -> {
                            mayEnd.await();
                            return number;
                        })
                .print();
        return env.executeAsync("waits");
    }
}
