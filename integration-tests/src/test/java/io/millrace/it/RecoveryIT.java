package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Processes of a streaming job die between its checkpoints; its output has every number of every
 * key once.
 */
@ExtendWith(Sandbox.Resolver.class)
class RecoveryIT {
    private static final int RECORDS = 100_000;

    @Test
    void killedWorkersLoseAndDoubleNothing(Sandbox sandbox) {
        String directory = "/it/recovery/workers";
        try (Millrace.Running running = start(sandbox, directory, "rocksdb")) {
            String id = Applications.awaitOne(sandbox);
            for (int kill = 1; kill <= 2; kill++) {
                awaitCheckpoints(sandbox, directory, 2);
                Workers.of(id).get(0).destroyForcibly();
                int restarts = kill;
                Await.until(
                        "the job has restarted",
                        Duration.ofMinutes(3),
                        () -> Applications.job(sandbox, id),
                        job -> job.path("restarts").asInt() >= restarts);
            }
            running.await().succeeded();
        }
        assertEachNumberOnce(sandbox, directory + "/out");
    }

    @Test
    void aKilledApplicationMasterLosesAndDoublesNothing(Sandbox sandbox) {
        String directory = "/it/recovery/master";
        try (Millrace.Running running = start(sandbox, directory, "heap")) {
            String id = Applications.awaitOne(sandbox);
            awaitCheckpoints(sandbox, directory, 2);
            Workers.appMasterOf(id).get(0).destroyForcibly();
            running.await().succeeded();
        }
        assertEachNumberOnce(sandbox, directory + "/out");
    }

    private static Millrace.Running start(Sandbox sandbox, String directory, String backend) {
        return sandbox.millrace()
                .start(
                        "run",
                        "-t",
                        "yarn",
                        "-p",
                        "2",
                        "-D",
                        "execution.checkpointing.dir=" + sandbox.fileSystem() + directory + "/ckpt",
                        "-D",
                        "worker.slots=1", // two workers, one of which lives on
                        "-D",
                        "state.backend.type=" + backend,
                        "-c",
                        "io.millrace.examples.Sequences",
                        Millrace.EXAMPLES.toString(),
                        "--output",
                        sandbox.fileSystem() + directory + "/out",
                        "--records",
                        String.valueOf(RECORDS),
                        "--rate",
                        "5000",
                        "--interval",
                        "500");
    }

    private static void awaitCheckpoints(Sandbox sandbox, String directory, int more) {
        long before = Checkpoints.latest(sandbox.hdfs(), directory + "/ckpt");
        Await.until(
                more + " more checkpoints are complete",
                Duration.ofMinutes(3),
                () -> Checkpoints.latest(sandbox.hdfs(), directory + "/ckpt"),
                latest -> latest >= before + more);
    }

    private static void assertEachNumberOnce(Sandbox sandbox, String output) {
        List<String> lines = new ArrayList<>();
        for (String file : sandbox.hdfs().listDeep(output)) {
            assertThat(file)
                    .as("nothing staged is left")
                    .doesNotContain("/.")
                    .doesNotStartWith(".");
            sandbox.hdfs().read(output + "/" + file).lines().forEach(lines::add);
        }
        assertThat(lines).noneMatch(line -> line.startsWith("GAP"));
        assertThat(new HashSet<>(lines)).as("lost").hasSize(RECORDS);
        assertThat(lines).as("doubled").hasSize(RECORDS);
    }
}
