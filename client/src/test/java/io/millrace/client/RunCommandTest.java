package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.yarn.submit.ApplicationSpec;
import io.millrace.yarn.submit.ApplicationState.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    @TempDir Path directory;
    private CommandLineFixture millrace;

    @BeforeEach
    void setUp() {
        millrace = new CommandLineFixture(directory);
    }

    @Test
    void runsInThisProcessWithoutACluster() {
        assertThat(millrace.run("run", "-c", "a.Main", millrace.jar("job.jar"), "x")).isZero();
        assertThat(millrace.ranLocally).hasSize(1);
        assertThat(millrace.ranLocally.get(0).mainClass()).isEqualTo("a.Main");
        assertThat(millrace.err).contains("in this process");
    }

    @Test
    void runsOnYarnIfTheEnvironmentNamesACluster() {
        millrace.withCluster().cluster.then(Phase.WAITING).then(Phase.SUCCEEDED);
        assertThat(millrace.run("run", millrace.jar("job.jar"))).isZero();
        assertThat(millrace.cluster.submitted).hasSize(1);
        assertThat(millrace.err)
                .contains("Submitted " + FakeApplications.ID)
                .contains("has finished after 3.0 s");
        assertThat(millrace.out).isEmpty();
    }

    @Test
    void prefersTheTargetOfTheCommandLine() {
        millrace.withCluster();
        assertThat(millrace.run("run", "-t", "local", millrace.jar("job.jar"))).isZero();
        assertThat(millrace.ranLocally).hasSize(1);
    }

    @Test
    void givesEverythingBehindTheJarToTheProgram() {
        millrace.cluster.then(Phase.SUCCEEDED);
        String jar = millrace.jar("word-count.jar");
        int exitCode =
                millrace.run(
                        "run",
                        "-t",
                        "yarn",
                        "-p",
                        "4",
                        "-D",
                        "yarn.queue=batch",
                        jar,
                        "-p",
                        "7",
                        "--help",
                        "-D",
                        "a=b");
        assertThat(exitCode).isZero();
        ApplicationSpec spec = millrace.cluster.submitted.get(0);
        assertThat(spec.args()).containsExactly("-p", "7", "--help", "-D", "a=b");
        assertThat(spec.name()).isEqualTo("word-count");
        assertThat(spec.config().toMap())
                .containsEntry("parallelism.default", "4")
                .containsEntry("yarn.queue", "batch");
    }

    @Test
    void printsNothingButTheIdWhenDetached() {
        assertThat(millrace.run("run", "-t", "yarn", "-d", millrace.jar("job.jar"))).isZero();
        assertThat(millrace.out.strip()).isEqualTo(FakeApplications.ID);
        assertThat(millrace.err).isEmpty();
        assertThat(millrace.secrets.find(FakeApplications.ID)).isPresent();
    }

    @Test
    void refusesToDetachFromAJobInThisProcess() {
        assertThat(millrace.run("run", "-t", "local", "-d", millrace.jar("job.jar"))).isEqualTo(2);
        assertThat(millrace.err).startsWith("USAGE: -d is for clusters");
    }

    @Test
    void endsWithTheExitCodeOfTheJobsError() {
        millrace.cluster.then(
                Phase.FAILED,
                "USER_CODE_FAILED: operator 'divides' threw: / by zero\n"
                        + "Operator: divides\njava.lang.ArithmeticException: / by zero\n");
        assertThat(millrace.run("run", "-t", "yarn", millrace.jar("job.jar"))).isEqualTo(1);
        assertThat(millrace.err)
                .contains("java.lang.ArithmeticException: / by zero")
                .endsWith("USER_CODE_FAILED: operator 'divides' threw: / by zero\n");
        assertThat(millrace.secrets.find(FakeApplications.ID)).isEmpty();
    }

    @Test
    void endsWithSevenIfTheJobIsCancelledMeanwhile() {
        millrace.cluster.then(Phase.WAITING).then(Phase.KILLED);
        assertThat(millrace.run("run", "-t", "yarn", millrace.jar("job.jar"))).isEqualTo(7);
        assertThat(millrace.err).contains("JOB_CANCELED: ");
    }

    @Test
    void saysWhatYarnSaysIfTheApplicationDiedSpeechless() {
        millrace.cluster.then(Phase.FAILED, "AM Container exited with exitCode: 137");
        assertThat(millrace.run("run", "-t", "yarn", millrace.jar("job.jar"))).isEqualTo(70);
        assertThat(millrace.err)
                .contains("INTERNAL: ")
                .contains("exitCode: 137")
                .contains("millrace logs " + FakeApplications.ID);
    }

    @Test
    void namesAMissingJar() {
        assertThat(millrace.run("run", "-t", "local", "no.jar")).isEqualTo(4);
        assertThat(millrace.err).startsWith("JAR_UNREADABLE: the program no.jar does not exist");
    }

    @Test
    void namesAFileThatIsNoJar() throws Exception {
        Path file = Files.writeString(directory.resolve("text.jar"), "text");
        assertThat(millrace.run("run", "-t", "local", file.toString())).isEqualTo(4);
        assertThat(millrace.err).startsWith("JAR_UNREADABLE: ").contains("is not a jar");
    }

    @Test
    void namesTheNearestOptionOfAnUnknownOne() {
        String jar = millrace.jar("job.jar");
        assertThat(millrace.run("run", "-t", "local", "-D", "yarn.queu=a", jar)).isEqualTo(2);
        assertThat(millrace.err).startsWith("UNKNOWN_OPTION: ").contains("'yarn.queue'");
    }

    @Test
    void namesTheRangeOfABadValue() {
        String jar = millrace.jar("job.jar");
        assertThat(millrace.run("run", "-D", "yarn.priority=high", jar)).isEqualTo(2);
        assertThat(millrace.err).startsWith("INVALID_OPTION: ").contains("'high'");
    }

    @Test
    void refusesAParallelismOfZero() {
        assertThat(millrace.run("run", "-p", "0", millrace.jar("job.jar"))).isEqualTo(2);
        assertThat(millrace.err).startsWith("USAGE: -p is 0");
    }

    @Test
    void refusesAnUnknownTarget() {
        assertThat(millrace.run("run", "-t", "mesos", millrace.jar("job.jar"))).isEqualTo(2);
        assertThat(millrace.err).startsWith("USAGE: ").contains("mesos");
    }

    @Test
    void passesOnWhatTheClusterRefuses() {
        millrace.cluster.refusal =
                new MillraceException(ErrorCode.QUEUE_NOT_FOUND, "there is no queue 'x'.");
        assertThat(millrace.run("run", "-t", "yarn", millrace.jar("job.jar"))).isEqualTo(5);
        assertThat(millrace.err).endsWith("QUEUE_NOT_FOUND: there is no queue 'x'.\n");
    }

    @Test
    void showsTheUsersStackBeforeTheMessage() {
        millrace.local =
                (program, surroundings) -> {
                    throw new MillraceException(
                            ErrorCode.MAIN_THREW,
                            "main of a.Main threw",
                            new IllegalArgumentException("--input is missing"));
                };
        assertThat(millrace.run("run", millrace.jar("job.jar"))).isEqualTo(4);
        assertThat(millrace.err.indexOf("IllegalArgumentException"))
                .isPositive()
                .isLessThan(millrace.err.indexOf("MAIN_THREW: main of a.Main threw"));
    }

    @Test
    void neverShowsABareStackTrace() {
        millrace.local =
                (program, surroundings) -> {
                    throw new IllegalStateException("surprise");
                };
        assertThat(millrace.run("run", millrace.jar("job.jar"))).isEqualTo(70);
        assertThat(millrace.err)
                .contains("INTERNAL: java.lang.IllegalStateException: surprise")
                .doesNotContain("\tat ");
        assertThat(millrace.run("run", "--verbose", millrace.jar("job.jar"))).isEqualTo(70);
        assertThat(millrace.err).contains("\tat ");
    }
}
