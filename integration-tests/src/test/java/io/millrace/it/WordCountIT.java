package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** WordCount as a user runs it: the same jar embedded and on YARN, with exact counts. */
@ExtendWith(Sandbox.Resolver.class)
class WordCountIT {
    /** Of a task in a worker's container. */
    private static final Pattern REPORTED =
            Pattern.compile("\\.worker\\.container_\\S+ numbers\\.\\d+\\.numRecordsOut: [1-9]");

    private static final String WORD_COUNT = "io.millrace.examples.WordCount";

    @TempDir Path work;

    @Test
    void countsExactlyOnYarn(Sandbox sandbox) {
        Hdfs hdfs = sandbox.hdfs();
        String text = Words.text(1, 50_000);
        hdfs.write("/it/words/in/a.txt", text);

        Millrace.Outcome outcome =
                sandbox.millrace()
                        .run(
                                "run",
                                "-t",
                                "yarn",
                                "-p",
                                "4",
                                "-c",
                                WORD_COUNT,
                                Millrace.EXAMPLES.toString(),
                                "--input",
                                sandbox.fileSystem() + "/it/words/in",
                                "--output",
                                sandbox.fileSystem() + "/it/words/out")
                        .succeeded();

        assertThat(read(hdfs, "/it/words/out")).isEqualTo(Words.counts(text));
        assertThat(hdfs.list("/it/words/out")).noneMatch(name -> name.startsWith("."));
        Leftovers.none(sandbox);
        assertThat(outcome.out() + outcome.err()).contains("has finished");
    }

    @Test
    void theSameJarRunsEmbedded() throws IOException {
        String text = Words.text(2, 20_000);
        Path input = Files.writeString(work.resolve("in.txt"), text);
        Path output = work.resolve("out");

        Millrace.plain()
                .run(
                        "run",
                        "-t",
                        "local",
                        "-p",
                        "2",
                        "-c",
                        WORD_COUNT,
                        Millrace.EXAMPLES.toString(),
                        "--input",
                        input.toString(),
                        "--output",
                        output.toString())
                .succeeded();

        StringBuilder lines = new StringBuilder();
        try (var files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.append(Files.readString(file));
            }
        }
        assertThat(Words.parse(lines.toString())).isEqualTo(Words.counts(text));
    }

    @Test
    void aDetachedJobIsListedShownCancelledAndItsLogsAreThere(Sandbox sandbox) {
        Millrace millrace = sandbox.millrace();
        String id =
                millrace.run(
                                "run",
                                "-t",
                                "yarn",
                                "-d",
                                "-D",
                                "metrics.reporter.log.factory.class"
                                        + "=io.millrace.api.metric.Slf4jReporterFactory",
                                "-D",
                                "metrics.reporter.log.interval=200 ms",
                                "-c",
                                "io.millrace.examples.Counter",
                                Millrace.EXAMPLES.toString())
                        .succeeded()
                        .out()
                        .strip();
        assertThat(id).matches("application_\\d+_\\d+");

        Await.until(
                "the job runs",
                Duration.ofMinutes(3),
                () -> throughProxy(sandbox, id, "/v1/jobs"),
                body -> body.contains("\"RUNNING\""));
        assertThat(millrace.run("list").succeeded().out()).contains(id);
        assertThat(millrace.run("list", "--output", "json").succeeded().json().toString())
                .contains(id);
        JsonNode info = millrace.run("info", id, "--output", "json").succeeded().json();
        assertThat(info.toString()).contains("RUNNING").contains("numbers");
        assertThat(millrace.run("logs", id).succeeded().out())
                .as("while it runs: of the master and of its workers")
                .contains("_000001 millrace.log <==")
                .contains("_000002 millrace.log <==")
                .contains("Worker: Started: worker=container_");
        Await.until(
                "the workers' reporters tell of the tasks",
                Duration.ofMinutes(3),
                () -> millrace.run("logs", id).succeeded().out(),
                logs -> REPORTED.matcher(logs).find());

        millrace.run("cancel", id).succeeded();

        JsonNode application =
                Await.until(
                        "the application ends",
                        Duration.ofMinutes(3),
                        () -> sandbox.resourceManager().application(id),
                        app -> app.path("state").asText().equals("FINISHED"));
        assertThat(application.path("finalStatus").asText()).isEqualTo("KILLED");
        assertThat(application.path("diagnostics").asText()).startsWith("JOB_CANCELED: ");
        assertThat(millrace.run("logs", id).succeeded().out()).contains(id.substring(12));
        Leftovers.none(sandbox);
    }

    @Test
    void thePageAndTheRestInterfaceAreBehindTheProxyForReadingOnly(Sandbox sandbox) {
        Millrace millrace = sandbox.millrace();
        String id =
                millrace.run(
                                "run",
                                "-t",
                                "yarn",
                                "-d",
                                "-c",
                                "io.millrace.examples.Counter",
                                Millrace.EXAMPLES.toString())
                        .succeeded()
                        .out()
                        .strip();
        try {
            String jobs =
                    Await.until(
                            "the job runs",
                            Duration.ofMinutes(3),
                            () -> throughProxy(sandbox, id, "/v1/jobs"),
                            body -> body.contains("\"RUNNING\""));
            String job = jobs.replaceAll("(?s).*?\"id\"\\s*:\\s*\"([0-9a-f]{32})\".*", "$1");
            ResourceManager manager = sandbox.resourceManager();

            assertThat(manager.throughProxy(id, "GET", "/").body()).contains("<html");
            assertThat(manager.throughProxy(id, "GET", "/v1/jobs/" + job).body())
                    .contains("numbers");
            assertThat(manager.throughProxy(id, "GET", "/v1/overview").body()).contains("workers");
            assertThat(manager.throughProxy(id, "GET", "/v1/jobs/" + job + "/exceptions").body())
                    .contains("exceptions");
            assertThat(
                            manager.throughProxy(id, "GET", "/v1/jobs/" + job + "/yarn-cancel")
                                    .statusCode())
                    .isIn(401, 403);
        } finally {
            millrace.run("cancel", id).succeeded();
        }
    }

    private static String throughProxy(Sandbox sandbox, String id, String path) {
        return sandbox.resourceManager().throughProxy(id, "GET", path).body();
    }

    static Map<String, Integer> read(Hdfs hdfs, String directory) {
        List<String> files = hdfs.listDeep(directory);
        StringBuilder lines = new StringBuilder();
        files.forEach(file -> lines.append(hdfs.read(directory + "/" + file)));
        return new TreeMap<>(Words.parse(lines.toString()));
    }
}
