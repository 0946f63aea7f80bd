package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            String id = Applications.awaitOne(sandbox);
            Await.until(
                    "the job is in the middle",
                    Duration.ofMinutes(1),
                    () -> Applications.job(sandbox, id),
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
                            () -> Applications.job(sandbox, id),
                            job -> job.path("restarts").asInt() > 0);
            assertThat(restarted.path("restarts").asInt()).isEqualTo(1);
            running.await().succeeded();
        }

        assertThat(WordCountIT.read(hdfs, "/it/lost/out")).isEqualTo(Words.counts(text));
        assertThat(hdfs.list("/it/lost/out")).noneMatch(name -> name.startsWith("."));
        Leftovers.none(sandbox);
    }
}
