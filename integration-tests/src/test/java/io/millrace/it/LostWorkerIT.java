package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers die in the middle of the work; the committed output does not show it. */
@ExtendWith(Sandbox.Resolver.class)
class LostWorkerIT {
    @TempDir Path work;

    @Test
    void aKilledWorkerIsReplacedAndTheCountsAreExact(Sandbox sandbox) {
        Hdfs hdfs = sandbox.hdfs();
        StringBuilder all = new StringBuilder();
        for (int file = 0; file < 4; file++) { // one for each subtask, so that each worker reads
            String text = Words.text(3 + file, 15_000);
            hdfs.write("/it/lost/in/" + file + ".txt", text);
            all.append(text);
        }
        Path programs = ProgramJar.build(work);

        try (Millrace.Running running =
                sandbox.millrace()
                        .start(
                                "run",
                                "-t",
                                "yarn",
                                "-p",
                                "4",
                                "-c",
                                "io.millrace.it.program.SlowWordCount",
                                programs.toString(),
                                sandbox.fileSystem() + "/it/lost/in",
                                sandbox.fileSystem() + "/it/lost/out",
                                "800000")) {
            String id = Applications.awaitOne(sandbox);
            String busy =
                    Await.until(
                            "a subtask reads",
                            Duration.ofMinutes(3),
                            () -> busyWorker(sandbox, id),
                            worker -> !worker.isEmpty());
            Workers.of(id).stream()
                    .filter(process -> Workers.containerOf(process).equals(busy))
                    .forEach(ProcessHandle::destroyForcibly);

            JsonNode restarted =
                    Await.until(
                            "the job has restarted",
                            Duration.ofMinutes(3),
                            () -> Applications.job(sandbox, id),
                            job -> job.path("restarts").asInt() > 0);
            assertThat(restarted.path("restarts").asInt()).isEqualTo(1);
            running.await().succeeded();
        }

        assertThat(WordCountIT.read(hdfs, "/it/lost/out")).isEqualTo(Words.counts(all.toString()));
        assertThat(hdfs.list("/it/lost/out")).noneMatch(name -> name.startsWith("."));
        Leftovers.none(sandbox);
    }

    /** Where a subtask of the first stage runs, while the job has read something. */
    private static String busyWorker(Sandbox sandbox, String id) {
        JsonNode job = Applications.job(sandbox, id);
        if (job.path("recordsIn").asLong() == 0) {
            return "";
        }
        String stage = "vertices/" + job.path("vertices").path(0).path("id").asInt();
        for (JsonNode subtask : Applications.page(sandbox, id, stage).path("subtasks")) {
            if (subtask.path("state").asText().equals("RUNNING")) {
                return subtask.path("worker").asText();
            }
        }
        return "";
    }
}
