package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.testing.Await;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jobs as schedulers run them: by tag, detached, awaited again, killed from outside. */
@ExtendWith(Sandbox.Resolver.class)
class ScheduledIT {
    private static final Path OOZIE = Millrace.CHECKOUT.resolve("examples/oozie");

    @TempDir Path work;

    @Test
    void aTagHasOneApplicationThatOutlivesThoseWhoWaitAndThenItsWorkRunsAnew(Sandbox sandbox) {
        Millrace millrace = sandbox.millrace();
        String[] counter = {
            "run",
            "-t",
            "yarn",
            "--detach",
            "--output",
            "json",
            "--tag",
            "Counting",
            "-c",
            "io.millrace.examples.Counter",
            Millrace.EXAMPLES.toString()
        };
        String id;
        try (Millrace.Running one = millrace.start(counter);
                Millrace.Running other = millrace.start(counter)) {
            List<JsonNode> results =
                    List.of(one.await().succeeded().json(), other.await().succeeded().json());
            id = results.get(0).path("applicationId").asText();
            assertThat(results)
                    .allMatch(result -> result.path("applicationId").asText().equals(id));
            assertThat(results)
                    .extracting(result -> result.path("origin").asText())
                    .containsExactlyInAnyOrder("NEW", "RUNNING");
        }
        assertThat(sandbox.resourceManager().unfinished()).containsExactly(id);

        try (Millrace.Running toldToEnd = millrace.start("wait", "--tag", "counting");
                Millrace.Running waiting = millrace.start("wait", id, "--output", "json")) {
            Await.until(
                    "the wait shows the job",
                    Duration.ofMinutes(3),
                    toldToEnd::err,
                    said -> said.contains("Counter  RUNNING"));
            toldToEnd.terminate();
            Millrace.Outcome ended = toldToEnd.await();
            assertThat(ended.exitCode()).as("%s", ended).isEqualTo(143);
            assertThat(ended.err()).contains(id + " runs on");

            // Nobody here has the secret, so YARN kills it as an administrator would.
            millrace.and("MILLRACE_JAVA_OPTS", Millrace.QUICK_START + " -Duser.home=" + work)
                    .run("cancel", id)
                    .succeeded();
            Millrace.Outcome killed = waiting.await().failedWith(7, "JOB_CANCELED");
            assertThat(killed.json().path("state").asText()).isEqualTo("KILLED");
        }

        counter[9] = "io.millrace.it.program.BadPrograms$MapThrows";
        counter[10] = ProgramJar.build(work).toString();
        JsonNode anew = millrace.run(counter).succeeded().json();
        assertThat(anew.path("origin").asText()).isEqualTo("NEW");
        failsAsYarnSays(sandbox, anew.path("applicationId").asText());
        Leftovers.none(sandbox);
        assertThat(sandbox.hdfs().listDeep(home() + "/.millrace/tags"))
                .noneMatch(file -> file.contains("application_"));
    }

    private static void failsAsYarnSays(Sandbox sandbox, String id) {
        Millrace.Outcome failed =
                sandbox.millrace()
                        .run("wait", id, "--output", "json")
                        .failedWith(1, "USER_CODE_FAILED");
        JsonNode application = sandbox.resourceManager().application(id);
        assertThat(application.path("finalStatus").asText()).isEqualTo("FAILED");
        List<String> lines = application.path("diagnostics").asText().lines().toList();
        assertThat(lines.get(0)).startsWith("USER_CODE_FAILED: ").contains("price items");
        assertThat(lines.get(1)).startsWith("Job 'MapThrows' (").contains(") failed after");
        assertThat(lines.get(2)).isEqualTo("Logs: millrace logs " + id);
        assertThat(failed.err())
                .contains(lines.get(0))
                .contains(lines.get(1))
                .contains(lines.get(2))
                .contains("cannot price item 54321");
        assertThat(failed.json().path("message").asText()).isEqualTo(lines.get(0));
        assertThat(lines.get(1)).contains(failed.json().path("jobId").asText());
    }

    /** What the launchers of Oozie do with the actions of the example, on this machine. */
    @Test
    void theActionsOfTheWorkflowForOozieRunAndTellWhatOozieCaptures(Sandbox sandbox)
            throws Exception {
        sandbox.hdfs().write("/it/oozie/in/a.txt", Words.text(7, 200));
        Files.copy(OOZIE.resolve("run-millrace.sh"), work.resolve("run-millrace.sh"));
        Files.copy(Millrace.EXAMPLES, work.resolve("word-count.jar"));
        Files.createSymbolicLink(work.resolve("millrace"), Millrace.HOME);
        Path configuration =
                Files.writeString(
                        work.resolve("action.xml"),
                        "<configuration><property><name>oozie.child.mapreduce.job.tags</name>"
                                + "<value>oozie-4711</value></property></configuration>");

        ProcessBuilder shell =
                new ProcessBuilder(
                        "./run-millrace.sh",
                        "word-count.jar",
                        "--input",
                        "/it/oozie/in",
                        "--output",
                        "/it/oozie/out");
        shell.environment().put("MILLRACE_TAG", "0000007-W-count-words");
        shell.environment().put("MILLRACE_CLASS", "io.millrace.examples.WordCount");
        shell.environment()
                .put("MILLRACE_OPTIONS", "--once -D yarn.queue=default -D parallelism.default=1");
        shell.environment().put("OOZIE_ACTION_CONF_XML", configuration.toString());
        Properties captured = captured(sandbox, shell);
        assertThat(captured)
                .containsEntry("state", "SUCCEEDED")
                .containsEntry("origin", "NEW")
                .containsEntry("exitCode", "0")
                .containsEntry("tag", "0000007-w-count-words");
        assertThat(captured.getProperty("jobId")).matches("[0-9a-f]{32}");
        String id = captured.getProperty("applicationId");
        assertThat(sandbox.resourceManager().application(id).path("applicationTags").asText())
                .contains("oozie-4711")
                .contains("run:0000007-w-count-words");
        assertThat(captured(sandbox, shell))
                .as("the launcher is started again")
                .containsEntry("applicationId", id)
                .containsEntry("origin", "DONE");

        assertThat(javaAction(sandbox, configuration)).containsEntry("state", "FAILED");
        Leftovers.none(sandbox);
    }

    /** The same output again, which exists: the action fails, and says why. */
    private Properties javaAction(Sandbox sandbox, Path configuration) throws Exception {
        Path file = work.resolve("output.properties");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Doozie.action.output.properties=" + file,
                                "-Doozie.action.conf.xml=" + configuration,
                                OOZIE.resolve("MillraceAction.java").toString()));
        command.addAll(
                List.of(
                        "millrace/bin/millrace",
                        "run",
                        "-t",
                        "yarn",
                        "--tag",
                        "0000007-W-count-counts",
                        "-c",
                        "io.millrace.examples.WordCount",
                        "word-count.jar",
                        "--input",
                        "/it/oozie/in",
                        "--output",
                        "/it/oozie/out"));
        Path err = work.resolve("java.err");
        ProcessBuilder java = new ProcessBuilder(command).redirectError(err.toFile());
        start(sandbox, java);
        assertThat(Files.readString(err))
                .contains("millrace ended with 3: OUTPUT_EXISTS: ")
                .contains("/it/oozie/out");
        Properties captured = new Properties();
        captured.load(new StringReader(Files.readString(file)));
        return captured;
    }

    private Properties captured(Sandbox sandbox, ProcessBuilder shell) throws Exception {
        Path err = work.resolve("shell.err");
        String out = start(sandbox, shell.redirectError(err.toFile()));
        assertThat(out.lines()).as(Files.readString(err)).allMatch(line -> line.contains("="));
        assertThat(out).hasSizeBetween(1, 2048);
        Properties captured = new Properties();
        captured.load(new StringReader(out));
        return captured;
    }

    private String start(Sandbox sandbox, ProcessBuilder builder)
            throws IOException, InterruptedException {
        Map<String, String> environment = builder.environment();
        environment.put("HADOOP_CONF_DIR", sandbox.conf().toString());
        Process process = builder.directory(work.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return out;
    }

    private static String home() {
        return "/user/" + System.getProperty("user.name");
    }
}
