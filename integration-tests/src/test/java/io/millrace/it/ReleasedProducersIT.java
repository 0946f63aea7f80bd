package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a stage has written is there for the next one, with its workers or without them. */
@ExtendWith(Sandbox.Resolver.class)
class ReleasedProducersIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir Path work;

    @Test
    void theNodeServesResultsWhenAllContainersThatWroteThemAreGivenBack(Sandbox sandbox) {
        String base = "/it/released-node";
        String text = write(sandbox, base);
        try (Millrace.Running running = start(sandbox, base, "auto")) {
            String id = Applications.awaitOne(sandbox);
            JsonNode overview = awaitProducers(sandbox, id);
            assertThat(overview.at("/workers/0/shuffle").asText()).matches("localhost:\\d+");
            Await.until(
                    "only the worker of the task that waits is left",
                    LIMIT,
                    () -> Workers.of(id),
                    workers -> workers.size() == 1);

            sandbox.hdfs().write(base + "/go", "now");
            running.await().succeeded();

            assertThat(WordCountIT.read(sandbox.hdfs(), base + "/out"))
                    .isEqualTo(Words.counts(text));
            assertThat(sandbox.millrace().run("logs", id).succeeded().out())
                    .contains("results are served by=node and worker")
                    .doesNotContain("RESULT_LOST");
        }
        Leftovers.none(sandbox);
    }

    @Test
    void workersThatServeTheirResultsThemselvesAreKept(Sandbox sandbox) {
        String base = "/it/released-worker";
        String text = write(sandbox, base);
        try (Millrace.Running running = start(sandbox, base, "worker")) {
            String id = Applications.awaitOne(sandbox);
            JsonNode overview = awaitProducers(sandbox, id);
            assertThat(overview.at("/workers/0/shuffle").isNull()).isTrue();
            List<ProcessHandle> producers = new ArrayList<>(Workers.of(id));
            assertThat(producers).hasSize(3);

            sandbox.hdfs().write(base + "/go", "now");
            running.await().succeeded();

            assertThat(WordCountIT.read(sandbox.hdfs(), base + "/out"))
                    .isEqualTo(Words.counts(text));
            assertThat(sandbox.millrace().run("logs", id).succeeded().out())
                    .contains("results are served by=worker alone")
                    .doesNotContain("RESULT_LOST");
        }
        Leftovers.none(sandbox);
    }

    /** Returns all that is to be counted. */
    private static String write(Sandbox sandbox, String base) {
        StringBuilder all = new StringBuilder();
        for (int file = 0; file < 2; file++) {
            String text = Words.text(30 + file, 20_000);
            sandbox.hdfs().write(base + "/in/" + file + ".txt", text);
            all.append(text);
        }
        sandbox.hdfs().write(base + "/held/0.txt", "one line that waits\n");
        return all.append("one line that waits\n").toString();
    }

    private Millrace.Running start(Sandbox sandbox, String base, String server) {
        String root = sandbox.fileSystem() + base;
        return sandbox.millrace()
                .start(
                        "run",
                        "-t",
                        "yarn",
                        "-p",
                        "2",
                        "-D",
                        "yarn.worker.slots=1",
                        "-D",
                        "resource.idle-timeout=200 ms",
                        "-D",
                        "batch.shuffle-service=" + server,
                        "-c",
                        "io.millrace.it.program.HeldWordCount",
                        ProgramJar.build(work).toString(),
                        root + "/in",
                        root + "/held",
                        root + "/go",
                        root + "/out");
    }

    /** Until all that can be read has been; returns what the application shows of its workers. */
    private static JsonNode awaitProducers(Sandbox sandbox, String id) {
        Await.until(
                "one subtask runs, two have finished",
                LIMIT,
                () -> Applications.job(sandbox, id),
                job -> tasks(job, "FINISHED") == 2 && tasks(job, "RUNNING") == 1);
        return Applications.overview(sandbox, id);
    }

    private static int tasks(JsonNode job, String state) {
        int tasks = 0;
        for (JsonNode vertex : job.path("vertices")) {
            tasks += vertex.path("tasks").path(state).asInt();
        }
        return tasks;
    }
}
