package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong outside of the engine: one clear error with a code, the exit code of the table,
 * and nothing left behind.
 */
@ExtendWith(Sandbox.Resolver.class)
class BadInputIT {
    private static final String BAD = "io.millrace.it.program.BadPrograms$";

    @TempDir Path work;
    private Sandbox sandbox;
    private Path programs;

    @BeforeEach
    void prepare(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.programs = ProgramJar.build(work);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        Leftovers.none(sandbox);
    }

    @Test
    void aMissingInputPath() {
        Millrace.Outcome outcome =
                wordCount("/it/bad/nothing-here", "/it/bad/out-missing")
                        .failedWith(3, "PATH_NOT_FOUND");
        assertThat(outcome.err()).contains("/it/bad/nothing-here");
        assertThat(sandbox.hdfs().exists("/it/bad/out-missing")).isFalse();
    }

    @Test
    void anInputThatMayNotBeRead() {
        Hdfs hdfs = sandbox.hdfs();
        hdfs.write("/it/bad/secret/a.txt", "a");
        hdfs.setOwner("/it/bad/secret", "somebody");
        hdfs.setPermission("/it/bad/secret", "700");
        for (String shared : List.of("/user", "/it", "/it/bad")) {
            hdfs.makeDirectory(shared, "755");
            hdfs.setPermission(shared, "755");
        }
        hdfs.makeDirectory("/user/stranger", "700");
        hdfs.setOwner("/user/stranger", "stranger");

        Millrace.Outcome outcome =
                sandbox.millrace()
                        .and("HADOOP_USER_NAME", "stranger")
                        .run(wordCountArguments("/it/bad/secret", "/it/bad/out-secret"))
                        .failedWith(3, "PERMISSION_DENIED");
        assertThat(outcome.err()).contains("/it/bad/secret").contains("stranger");
    }

    @Test
    void anOutputThatExists() {
        sandbox.hdfs().write("/it/bad/in/a.txt", "a");
        sandbox.hdfs().write("/it/bad/exists/older", "x");
        Millrace.Outcome outcome =
                wordCount("/it/bad/in", "/it/bad/exists").failedWith(3, "OUTPUT_EXISTS");
        assertThat(outcome.err()).contains("/it/bad/exists");
        assertThat(sandbox.hdfs().list("/it/bad/exists")).containsExactly("older");
    }

    @Test
    void aJarThatIsNone() throws IOException {
        Path noJar = Files.writeString(work.resolve("no.jar"), "this is text");
        sandbox.millrace()
                .run("run", "-t", "yarn", noJar.toString())
                .failedWith(4, "JAR_UNREADABLE");
        sandbox.millrace()
                .run("run", "-t", "yarn", work.resolve("missing.jar").toString())
                .failedWith(4, "JAR_UNREADABLE");
    }

    @Test
    void aClassWithoutMain() {
        Millrace.Outcome outcome = program("NoMain").failedWith(4, "NO_MAIN_CLASS");
        assertThat(outcome.err()).contains("NoMain");
        sandbox.millrace()
                .run("run", "-t", "yarn", "-c", "com.nobody.Nothing", programs.toString())
                .failedWith(4, "NO_MAIN_CLASS");
    }

    @Test
    void aMainThatThrows() {
        Millrace.Outcome outcome = program("MainThrows").failedWith(4, "MAIN_THREW");
        assertThat(outcome.err()).contains("no such customer: 4711").contains("MainThrows.main");
    }

    @Test
    void aFunctionsOwnExceptionIsFoundByTheProgram() {
        Millrace.Outcome outcome = program("MapThrowsOwn").failedWith(4, "MAIN_THREW");
        assertThat(outcome.err()).contains("found 54321 since ArithmeticException");
    }

    @Test
    void aFunctionThatCallsSystemExit() {
        Millrace.Outcome outcome = program("FunctionExits").failedWith(1, "USER_CODE_FAILED");
        assertThat(outcome.err())
                .contains("operator 'give up'")
                .contains("System.exit(3)")
                .contains("Throw an exception to fail the job")
                .doesNotContain("WORKER_LOST");
    }

    @Test
    void aMainThatNeverExecutes() {
        program("NoExecute").failedWith(4, "PROGRAM_INVALID");
    }

    @Test
    void aFunctionThatCannotTravelNamesItsField() {
        Millrace.Outcome outcome =
                program("NotSerializable").failedWith(4, "FUNCTION_NOT_SERIALIZABLE");
        assertThat(outcome.err()).contains("connection").contains("look up");
    }

    @Test
    void anUnknownOptionNamesTheNearest() {
        Millrace.Outcome outcome =
                sandbox.millrace()
                        .run(
                                "run",
                                "-t",
                                "yarn",
                                "-D",
                                "paralelism.default=3",
                                "-c",
                                "io.millrace.examples.Counter",
                                Millrace.EXAMPLES.toString())
                        .failedWith(2, "UNKNOWN_OPTION");
        assertThat(outcome.err()).contains("parallelism.default");
    }

    @Test
    void aQueueThatDoesNotExistNamesThoseThatDo() {
        Millrace.Outcome outcome =
                sandbox.millrace()
                        .run(
                                "run",
                                "-t",
                                "yarn",
                                "-D",
                                "yarn.queue=nowhere",
                                "-c",
                                "io.millrace.examples.Counter",
                                Millrace.EXAMPLES.toString())
                        .failedWith(5, "QUEUE_NOT_FOUND");
        assertThat(outcome.err()).contains("nowhere").contains("default");
    }

    @Test
    void moreMemoryThanTheClusterGivesSaysHowMuchItGives() {
        Millrace.Outcome outcome =
                sandbox.millrace()
                        .run(
                                "run",
                                "-t",
                                "yarn",
                                "-D",
                                "yarn.worker.memory=900 gb",
                                "-c",
                                "io.millrace.examples.Counter",
                                Millrace.EXAMPLES.toString())
                        .failedWith(5, "RESOURCE_EXCEEDS_MAXIMUM");
        assertThat(outcome.err()).contains("921600");
    }

    @Test
    void aClusterThatDoesNotAnswer() throws IOException {
        Path conf = Files.createDirectories(work.resolve("conf"));
        Files.writeString(
                conf.resolve("core-site.xml"),
                "<configuration><property><name>fs.defaultFS</name>"
                        + "<value>hdfs://localhost:1</value></property></configuration>");
        Files.writeString(
                conf.resolve("yarn-site.xml"),
                "<configuration><property><name>yarn.resourcemanager.address</name>"
                        + "<value>localhost:1</value></property></configuration>");
        long began = System.nanoTime();

        Millrace.with(java.util.Map.of("HADOOP_CONF_DIR", conf.toString()))
                .run(
                        "run",
                        "-t",
                        "yarn",
                        "-c",
                        "io.millrace.examples.Counter",
                        Millrace.EXAMPLES.toString())
                .failedWith(6, "CLUSTER_UNREACHABLE");

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("clients of YARN try for a quarter of an hour by themselves")
                .isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void aFailureInTheUsersCodeShowsTheirStackFirstAndTheOperator() {
        Millrace.Outcome outcome = program("MapThrows").failedWith(1, "USER_CODE_FAILED");
        assertThat(outcome.err()).contains("price items").contains("cannot price item 54321");
        int theirs = outcome.err().indexOf("io.millrace.it.program.BadPrograms$MapThrows");
        int ours = outcome.err().indexOf("io.millrace.runtime.");
        assertThat(theirs).isPositive();
        assertThat(ours == -1 || theirs < ours).as(outcome.err()).isTrue();
    }

    @Test
    void aSubmissionThatIsKilledHalfWayLeavesNothing() {
        List<String> arguments = new ArrayList<>(List.of("run", "-t", "yarn", "-d", "-c"));
        arguments.add("io.millrace.it.program.BadPrograms$MapThrows");
        arguments.add(programs.toString());
        try (Millrace.Running running =
                sandbox.millrace().start(arguments.toArray(String[]::new))) {
            String staging = "/user/" + System.getProperty("user.name") + "/.millrace/staging";
            // An empty directory is younger than its marker; the janitor gives it a minute.
            Await.until(
                    "the client has begun to upload, or was too fast",
                    Duration.ofMinutes(3),
                    () -> !sandbox.hdfs().listDeep(staging).isEmpty() || !running.isAlive(),
                    begun -> begun);
            running.kill();
        }
        // What the dead client left is removed by the application, or by the next submission.
        program("MapThrows").failedWith(1, "USER_CODE_FAILED");
    }

    private Millrace.Outcome program(String name) {
        return sandbox.millrace()
                .run("run", "-t", "yarn", "-p", "2", "-c", BAD + name, programs.toString());
    }

    private Millrace.Outcome wordCount(String input, String output) {
        return sandbox.millrace().run(wordCountArguments(input, output));
    }

    private String[] wordCountArguments(String input, String output) {
        return new String[] {
            "run",
            "-t",
            "yarn",
            "-p",
            "2",
            "-c",
            "io.millrace.examples.WordCount",
            Millrace.EXAMPLES.toString(),
            "--input",
            sandbox.fileSystem() + input,
            "--output",
            sandbox.fileSystem() + output
        };
    }
}
