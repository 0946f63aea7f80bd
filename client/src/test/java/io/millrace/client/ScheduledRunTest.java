package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.yarn.submit.ApplicationState.Phase;
import io.millrace.yarn.submit.SubmittedApplication.Origin;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs as schedulers start them: tags, waiting, results for programs. */
class ScheduledRunTest {
    private static final String JOB_ID = "0123456789abcdef0123456789abcdef";
    private static final String FAILED =
            "USER_CODE_FAILED: operator 'divides' threw: / by zero\n"
                    + "Job 'Prices' ("
                    + JOB_ID
                    + ") failed after 3.2 s.\n"
                    + "Logs: millrace logs "
                    + FakeApplications.ID
                    + "\n\nOperator: divides\njava.lang.ArithmeticException: / by zero\n";

    @TempDir Path directory;
    private CommandLineFixture millrace;

    @BeforeEach
    void setUp() {
        millrace = new CommandLineFixture(directory).withCluster();
    }

    private int run(String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "run";
        System.arraycopy(options, 0, args, 1, options.length);
        args[args.length - 1] = millrace.jar("job.jar");
        return millrace.run(args);
    }

    private JsonNode json() throws IOException {
        return ApplicationJson.JSON.readTree(millrace.out);
    }

    @Test
    void waitsForAnApplicationOfAnEarlierCommandAndEndsWithItsExitCode() {
        millrace.cluster.then(Phase.RUNNING).then(Phase.RUNNING).then(Phase.FAILED, FAILED);
        assertThat(millrace.run("wait", FakeApplications.ID)).isEqualTo(1);
        assertThat(millrace.err)
                .contains("java.lang.ArithmeticException: / by zero")
                .contains("Job 'Prices' (" + JOB_ID + ") failed after 3.2 s.")
                .contains("Logs: millrace logs " + FakeApplications.ID)
                .endsWith("USER_CODE_FAILED: operator 'divides' threw: / by zero\n");
    }

    @Test
    void waitsByTag() {
        millrace.cluster.then(Phase.SUCCEEDED);
        assertThat(millrace.run("wait", "--tag", FakeApplications.TAG)).isZero();
        assertThat(millrace.run("wait", "--tag", "another")).isEqualTo(8);
        assertThat(millrace.err).startsWith("JOB_NOT_FOUND: ").contains("'another'");
    }

    @Test
    void wantsOneNameOfWhatToWaitFor() {
        millrace.cluster.then(Phase.SUCCEEDED);
        assertThat(millrace.run("wait")).isEqualTo(2);
        assertThat(millrace.run("wait", FakeApplications.ID, "--tag", "a")).isEqualTo(2);
        assertThat(millrace.err).startsWith("USAGE: ");
    }

    @Test
    void cancelsByTag() {
        millrace.cluster.then(Phase.RUNNING);
        assertThat(millrace.run("cancel", "--tag", FakeApplications.TAG)).isZero();
        assertThat(millrace.cluster.killed).containsExactly(FakeApplications.ID);
    }

    @Test
    void handsTheTagToTheSubmission() {
        millrace.cluster.then(Phase.SUCCEEDED);
        assertThat(run("--tag", "nightly", "--once")).isZero();
        assertThat(millrace.cluster.submitted.get(0).config().toMap())
                .containsEntry("yarn.run-tag", "nightly")
                .containsEntry("yarn.run-once", "true");
    }

    @Test
    void awaitsTheOneThatRunsAlreadyWithTheTag() throws IOException {
        millrace.cluster.origin = Origin.RUNNING;
        millrace.cluster.then(Phase.RUNNING).then(Phase.SUCCEEDED);
        assertThat(run("--tag", "nightly", "--output", "json")).isZero();
        assertThat(millrace.err).contains(FakeApplications.ID + " runs already with this tag");
        assertThat(json().path("applicationId").asText()).isEqualTo(FakeApplications.ID);
        assertThat(json().path("origin").asText()).isEqualTo("RUNNING");
        assertThat(millrace.secrets.find(FakeApplications.ID)).isEmpty();
    }

    @Test
    void succeedsAtOnceWhenTheWorkWasDoneAndYarnHasForgottenIt() throws IOException {
        millrace.cluster.origin = Origin.DONE;
        millrace.cluster.unanswered = 100;
        assertThat(run("--tag", "nightly", "--once", "--output", "json")).isZero();
        assertThat(json().path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(json().path("origin").asText()).isEqualTo("DONE");
        assertThat(run("--tag", "nightly", "--once", "-d")).isZero();
        assertThat(millrace.out.strip()).isEqualTo(FakeApplications.ID);
    }

    @Test
    void refusesATagThatYarnWouldNotTake() {
        assertThat(run("--tag", "two,words")).isEqualTo(2);
        assertThat(millrace.err).contains("INVALID_OPTION: the tag 'two,words'");
    }

    @Test
    void refusesATagWhereNobodyCouldLookForIt() {
        assertThat(run("-t", "local", "--tag", "a")).isEqualTo(2);
        assertThat(millrace.err).contains("USAGE: --tag is for clusters");
    }

    @Test
    void refusesToWaitAndToDetach() {
        assertThat(run("--wait", "--detach")).isEqualTo(2);
        assertThat(millrace.err).startsWith("USAGE: --wait and --detach");
    }

    @Test
    void tellsProgramsWhatItLeftRunning() throws IOException {
        millrace.cluster.then(Phase.WAITING);
        assertThat(run("--detach", "--output", "json")).isZero();
        assertThat(json().path("applicationId").asText()).isEqualTo(FakeApplications.ID);
        assertThat(json().path("state").asText()).isEqualTo("WAITING");
        assertThat(json().path("exitCode").isNull()).isTrue();
    }

    @Test
    void tellsProgramsHowAJobFailed() throws IOException {
        millrace.cluster.then(Phase.FAILED, FAILED);
        assertThat(run("--output", "json")).isEqualTo(1);
        assertThat(json().path("jobId").asText()).isEqualTo(JOB_ID);
        assertThat(json().path("exitCode").asInt()).isEqualTo(1);
        assertThat(json().path("code").asText()).isEqualTo("USER_CODE_FAILED");
        assertThat(json().path("message").asText())
                .isEqualTo("USER_CODE_FAILED: operator 'divides' threw: / by zero");
    }

    @Test
    void tellsProgramsThatNothingWasSubmitted() throws IOException {
        millrace.cluster.refusal =
                new MillraceException(ErrorCode.QUEUE_NOT_FOUND, "there is no queue 'x'.");
        assertThat(run("--tag", "nightly", "--output", "json")).isEqualTo(5);
        assertThat(json().path("state").asText()).isEqualTo("NOT_SUBMITTED");
        assertThat(json().path("applicationId").asText()).isEmpty();
        assertThat(json().path("code").asText()).isEqualTo("QUEUE_NOT_FOUND");
        assertThat(json().path("tag").asText()).isEqualTo("nightly");
    }

    @Test
    void tellsProgramsOfAJobInThisProcess() throws IOException {
        assertThat(run("-t", "local", "--output", "json")).isZero();
        assertThat(json().path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void writesPropertiesThatJavaReads() throws IOException {
        millrace.cluster.then(
                Phase.FAILED, "USER_CODE_FAILED: path C:\\new is müßig = bad # really\n");
        assertThat(run("--output", "properties")).isEqualTo(1);
        Properties read = new Properties();
        read.load(new StringReader(millrace.out));
        assertThat(read)
                .containsEntry("applicationId", FakeApplications.ID)
                .containsEntry("exitCode", "1")
                .containsEntry("message", "USER_CODE_FAILED: path C:\\new is müßig = bad # really");
        assertThat(millrace.out).matches("\\p{ASCII}*");
    }

    @Test
    void keepsPropertiesShortEnoughForOozie() {
        millrace.cluster.then(Phase.FAILED, "USER_CODE_FAILED: " + "long ".repeat(10_000));
        run("--output", "properties");
        assertThat(millrace.out.length()).isLessThan(2048);
    }

    @Test
    void writesTheFileThatOozieCaptures() throws IOException {
        Path captured = directory.resolve("output.properties");
        millrace.oozie = new OozieAction(captured, null);
        millrace.cluster.then(Phase.SUCCEEDED);
        assertThat(run()).isZero();
        assertThat(millrace.out).isEmpty();
        assertThat(Files.readString(captured))
                .contains("applicationId=" + FakeApplications.ID + "\n")
                .contains("state=SUCCEEDED\n");
    }

    @Test
    void marksTheApplicationAsOneOfOoziesActionBesidesTheUsersTags() throws IOException {
        Path conf =
                Files.writeString(
                        directory.resolve("action.xml"),
                        "<configuration><property><name>a</name><value>b</value></property>"
                                + "<property><name>oozie.child.mapreduce.job.tags</name>"
                                + "<value>oozie-4711</value></property></configuration>");
        millrace.oozie = new OozieAction(null, conf);
        millrace.cluster.then(Phase.SUCCEEDED);
        assertThat(run("-D", "yarn.tags=mine")).isZero();
        assertThat(millrace.cluster.submitted.get(0).config().toMap())
                .containsEntry("yarn.tags", "mine,oozie-4711");
    }

    @Test
    void waitsForAClusterThatIsAwayForAWhile() {
        millrace.cluster.then(Phase.SUCCEEDED).unanswered = 2;
        assertThat(run()).isZero();
        assertThat(millrace.err)
                .containsOnlyOnce("Still waiting: CLUSTER_UNREACHABLE: nobody answers.")
                .contains("The cluster answers again.");
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenTheClusterStaysAway() throws IOException {
        millrace.cluster.then(Phase.SUCCEEDED).unanswered = 100;
        assertThat(run("--give-up-after", "0", "--output", "json")).isEqualTo(9);
        assertThat(millrace.err)
                .contains("OUTCOME_UNKNOWN: how " + FakeApplications.ID + " ends cannot be told")
                .contains("millrace wait " + FakeApplications.ID);
        assertThat(json().path("state").asText()).isEqualTo("UNKNOWN");
        assertThat(json().path("applicationId").asText()).isEqualTo(FakeApplications.ID);
        assertThat(millrace.secrets.find(FakeApplications.ID)).isPresent();
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        millrace.cluster.then(Phase.RUNNING);
        assertThat(millrace.run("wait", "--timeout", "0", FakeApplications.ID)).isEqualTo(9);
        assertThat(millrace.err).contains("has not ended within 0 s. It runs on");
        assertThat(millrace.cluster.killed).isEmpty();
    }

    @Test
    void refusesANegativePatience() {
        millrace.cluster.then(Phase.RUNNING);
        assertThat(millrace.run("wait", "--timeout", "-1", FakeApplications.ID)).isEqualTo(2);
    }

    @Test
    void saysWhoKilledAnApplicationIfYarnDoes() {
        millrace.cluster.then(Phase.KILLED, "Application was killed by user bob at 10.0.0.7");
        assertThat(run()).isEqualTo(7);
        assertThat(millrace.err).contains("JOB_CANCELED: ").contains("killed by user bob");
    }

    @Test
    void leavesTheApplicationAloneWhenTheCommandIsToldToEnd() {
        millrace.cluster.then(Phase.RUNNING);
        StringWriter err = new StringWriter();
        onSignal().act(millrace.surroundings(new StringWriter(), err));
        assertThat(millrace.cluster.killed).isEmpty();
        assertThat(err.toString()).contains("runs on").contains("millrace wait");
    }

    @Test
    void cancelsTheApplicationWhenTheCommandIsToldToEndIfThatWasAskedFor() {
        for (String flag : new String[] {"--cancel-on-interrupt", "-sae"}) {
            millrace.cluster.states.clear();
            millrace.cluster.killed.clear();
            millrace.cluster.then(Phase.RUNNING);
            StringWriter err = new StringWriter();
            onSignal(flag).act(millrace.surroundings(new StringWriter(), err));
            assertThat(millrace.cluster.killed).containsExactly(FakeApplications.ID);
            assertThat(err.toString()).contains("Cancelled " + FakeApplications.ID);
        }
    }

    @Test
    void doesNothingWhenTheCommandIsToldToEndAfterTheWait() {
        millrace.cluster.then(Phase.RUNNING);
        StringWriter err = new StringWriter();
        OnSignal signal = onSignal("-sae");
        signal.detach();
        signal.act(millrace.surroundings(new StringWriter(), err));
        assertThat(millrace.cluster.killed).isEmpty();
        assertThat(err.toString()).isEmpty();
    }

    private OnSignal onSignal(String... flags) {
        OnSignal signal = CommandLine.populateCommand(new OnSignal(), flags);
        signal.watch(FakeApplications.ID, millrace.cluster);
        return signal;
    }
}
