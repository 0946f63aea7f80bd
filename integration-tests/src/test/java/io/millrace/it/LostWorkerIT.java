package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers die in the middle of the work; the committed output does not show it. */
@ExtendWith(Sandbox.Resolver.class)
class LostWorkerIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path work;

    @Test
    void aKilledWorkerIsReplacedAndTheCountsAreExact(Sandbox sandbox) {
        Hdfs hdfs = sandbox.hdfs();
        String text = Words.text(3, 60_000);
        hdfs.write("/it/lost/in/a.txt", text);
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
                                "200000")) {
            String id =
                    Await.until(
                                    "the application is there",
                                    Duration.ofMinutes(1),
                                    () -> sandbox.resourceManager().unfinished(),
                                    ids -> ids.size() == 1)
                            .get(0);
            Await.until(
                    "the job is in the middle",
                    Duration.ofMinutes(1),
                    () -> job(sandbox, id),
                    job ->
                            job.path("state").asText().equals("RUNNING")
                                    && job.path("recordsIn").asLong() > 0);
            List<ProcessHandle> workers = Workers.of(id);
            assertThat(workers).hasSize(2);

            workers.get(0).destroyForcibly();

            JsonNode restarted =
                    Await.until(
                            "the job has restarted",
                            Duration.ofMinutes(1),
                            () -> job(sandbox, id),
                            job -> job.path("restarts").asInt() > 0);
            assertThat(restarted.path("restarts").asInt()).isEqualTo(1);
            running.await().succeeded();
        }

        assertThat(WordCountIT.read(hdfs, "/it/lost/out")).isEqualTo(Words.counts(text));
        assertThat(hdfs.list("/it/lost/out")).noneMatch(name -> name.startsWith("."));
        Leftovers.none(sandbox);
    }

    /** The one job of an application; an empty node while it cannot be asked. */
    private static JsonNode job(Sandbox sandbox, String id) {
        try {
            String jobs = sandbox.resourceManager().throughProxy(id, "GET", "/v1/jobs").body();
            if (!jobs.startsWith("{")) {
                return JSON.createObjectNode();
            }
            JsonNode first = JSON.readTree(jobs).path("jobs").path(0);
            if (first.isMissingNode()) {
                return JSON.createObjectNode();
            }
            String body =
                    sandbox.resourceManager()
                            .throughProxy(id, "GET", "/v1/jobs/" + first.path("id").asText())
                            .body();
            return body.startsWith("{") ? JSON.readTree(body) : JSON.createObjectNode();
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
