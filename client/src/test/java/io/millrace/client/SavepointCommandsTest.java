package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.ManifestCodec;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.wire.RestTokens;
import io.millrace.yarn.submit.ApplicationState.Phase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SavepointCommandsTest {
    private static final String JOB = "0123456789abcdef0123456789abcdef";
    private static final String PATH = "hdfs:///savepoints/savepoint-012345-000000000000";
    private static final String IN_PROGRESS =
            "{\"status\":{\"id\":\"IN_PROGRESS\"},\"operation\":null,\"state\":\"RUNNING\","
                    + "\"place\":\""
                    + PATH
                    + "\"}";
    private static final String COMPLETED =
            "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\""
                    + PATH
                    + "\"},\"state\":\"COMPLETED\",\"place\":\""
                    + PATH
                    + "\"}";
    private static final String RESCALED =
            "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":null,"
                    + "\"note\":\"The job runs at parallelism 4.\"},\"state\":\"COMPLETED\","
                    + "\"place\":null}";
    private static final String FAILED =
            "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"failure-cause\":"
                    + "{\"class\":\"SAVEPOINT_FAILED\",\"message\":\"the disk was full.\"}},"
                    + "\"state\":\"FAILED\",\"place\":null}";

    @TempDir Path directory;
    private CommandLineFixture millrace;
    private HttpServer master;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Deque<String> outcomes = new ArrayDeque<>();
    private int deaf;

    @BeforeEach
    void setUp() throws Exception {
        millrace = new CommandLineFixture(directory).withCluster();
        millrace.secrets.put(FakeApplications.ID, FakeApplications.SECRET);
        master = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        master.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    String sent =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    if (exchange.getRequestMethod().equals("POST")) {
                        requests.add(path + " " + sent);
                        if (deaf-- > 0) {
                            exchange.close(); // heard, and the answer is lost
                            return;
                        }
                    }
                    byte[] body = answer(path).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        master.start();
        millrace.cluster.thenRunningAt("http://localhost:" + master.getAddress().getPort() + "/");
    }

    private String answer(String path) {
        if (path.equals("/v1/jobs")) {
            return "{\"jobs\":[{\"id\":\"" + JOB + "\"}]}";
        }
        if (path.equals("/v1/jobs/" + JOB)) {
            return "{\"id\":\"" + JOB + "\",\"name\":\"job\",\"state\":\"RUNNING\"}";
        }
        if (path.contains("/savepoints/")) { // also for other operations
            return outcomes.size() > 1 ? outcomes.poll() : outcomes.peek();
        }
        return "{\"request-id\":\"x\"}";
    }

    @AfterEach
    void tearDown() {
        master.stop(0);
    }

    @Test
    void printsThePathOfASavepointWhenItIsThere() {
        outcomes.add(IN_PROGRESS);
        outcomes.add(COMPLETED);
        assertThat(millrace.run("savepoint", JOB, "hdfs:///savepoints")).isZero();
        assertThat(millrace.out).isEqualTo(PATH + "\n");
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("/v1/jobs/" + JOB + "/savepoints ")
                .contains("\"target-directory\":\"hdfs:///savepoints\"")
                .contains("\"cancel-job\":false");
    }

    @Test
    void rescalesAndTellsWhatCameOfIt() {
        outcomes.add(IN_PROGRESS);
        outcomes.add(RESCALED);
        assertThat(millrace.run("rescale", JOB, "-p", "4")).isZero();
        assertThat(millrace.out).isEmpty();
        assertThat(millrace.err).contains("runs at parallelism 4").doesNotContain("Path:");
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("/v1/jobs/" + JOB + "/rescaling ")
                .contains("\"parallelism\":4");
    }

    @Test
    void rescalesWithASavepointAndPrintsItsPath() {
        outcomes.add(COMPLETED);
        assertThat(millrace.run("rescale", JOB, "-p", "4", "--savepoint", "/s")).isZero();
        assertThat(millrace.out.strip()).isEqualTo(PATH);
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("/v1/jobs/" + JOB + "/rescaling ")
                .contains("\"parallelism\":4", "\"savepoint\":true")
                .contains("\"target-directory\":\"/s\"");
        requests.clear();
        outcomes.add(COMPLETED);
        assertThat(millrace.run("rescale", JOB, "-p", "4", "--savepoint")).isZero();
        assertThat(requests).singleElement().asString().doesNotContain("target-directory");
    }

    /** What {@code -K} of curl reads. */
    private String asked(String... command) {
        assertThat(millrace.run(command)).as(millrace.err).isZero();
        return millrace.out;
    }

    @Test
    void aRequestIsPrintedForCurl() {
        String base = "http://localhost:" + master.getAddress().getPort() + "/v1/jobs/" + JOB;
        RestTokens tokens = RestTokens.of(FakeApplications.SECRET);

        assertThat(asked("rest", FakeApplications.ID, "savepoints"))
                .isEqualTo(
                        "url = \""
                                + base
                                + "/savepoints\"\nheader = \"Authorization: Bearer "
                                + tokens.modify()
                                + "\"\nheader = \"Content-Type: application/json\"\n");
        assertThat(asked("rest", JOB, "--view"))
                .contains("url = \"" + base + "\"", tokens.view())
                .doesNotContain(tokens.modify());
    }

    @Test
    void aPathThatLeavesTheJobOrItsLineIsNotPrinted() {
        for (String path :
                List.of(
                        "/v1/jobs",
                        "../../overview",
                        "a/../..",
                        "a\"b",
                        "a\nurl = \"http://else\"",
                        "a b")) {
            assertThat(millrace.run("rest", JOB, path)).as(path).isEqualTo(2);
            assertThat(millrace.out).isEmpty();
            assertThat(millrace.err).contains("is no path behind that of a job");
        }
    }

    @Test
    void withoutTheSecretNoRequestIsPrinted() {
        millrace.secrets.forget(FakeApplications.ID);

        assertThat(millrace.run("rest", FakeApplications.ID)).isEqualTo(8);
        assertThat(millrace.out).isEmpty();
        assertThat(millrace.err).contains("was not submitted from here");
    }

    @Test
    void saysWhyAJobWasNotRescaled() {
        outcomes.add(FAILED);
        assertThat(millrace.run("rescale", JOB, "-p", "4")).isEqualTo(1);
        assertThat(millrace.err).contains("the disk was full");
    }

    @Test
    void whatCannotBeAskedForIsToldBeforeAnybodyIsAsked() {
        for (String command : List.of("savepoint", "stop")) {
            assertThat(millrace.run(command, JOB, "--type", "tables")).isEqualTo(2);
        }
        assertThat(millrace.run("rescale", JOB, "-p", "4", "--type", "tables")).isEqualTo(2);
        assertThat(millrace.err).contains("canonical or native");
        assertThat(millrace.run("rescale", JOB, "-p", "0")).isEqualTo(2);
        assertThat(millrace.err).contains("-p is 0").doesNotContain("(operation");
        assertThat(requests).isEmpty();
    }

    @Test
    void asksUnderTheSameIdAgainIfNoAnswerComes() {
        deaf = 1;
        outcomes.add(COMPLETED);
        assertThat(millrace.run("savepoint", FakeApplications.ID)).isZero();
        assertThat(requests).hasSizeGreaterThan(1);
        assertThat(requests.stream().distinct()).hasSize(1);
    }

    @Test
    void saysWhyThereIsNone() {
        outcomes.add(FAILED);
        assertThat(millrace.run("savepoint", JOB)).isEqualTo(1);
        assertThat(millrace.err).contains("SAVEPOINT_FAILED: the disk was full.");
        assertThat(millrace.out).isEmpty();
    }

    @Test
    void stopsWithASavepoint() {
        outcomes.add(COMPLETED);
        assertThat(millrace.run("stop", "--savepointPath", "/s", "--drain", JOB)).isZero();
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("/v1/jobs/" + JOB + "/stop ")
                .contains("\"targetDirectory\":\"/s\"")
                .contains("\"drain\":true");
    }

    @Test
    void cancelsWithASavepointInTheJobsOwnDirectory() {
        outcomes.add(COMPLETED);
        assertThat(millrace.run("cancel", "--withSavepoint", JOB)).isZero();
        assertThat(requests)
                .singleElement()
                .asString()
                .contains("\"cancel-job\":true")
                .doesNotContain("target-directory");
    }

    @Test
    void cancelsWithASavepointInADirectory() {
        outcomes.add(COMPLETED);
        assertThat(millrace.run("cancel", "-s", "/s", JOB)).isZero();
        assertThat(requests).singleElement().asString().contains("\"target-directory\":\"/s\"");
    }

    @Test
    void saysWhereSavepointsOfAJobAreThatHasEnded() {
        millrace.cluster.states.clear();
        millrace.cluster.then(Phase.SUCCEEDED);
        assertThat(millrace.run("savepoint", "--operation", "x", FakeApplications.ID)).isEqualTo(8);
        assertThat(millrace.err).contains("SUCCEEDED", "'millrace savepoint list DIR'");
    }

    @Test
    void saysHowToComeBackWhenTheTimeIsUp() {
        outcomes.add(IN_PROGRESS);
        assertThat(millrace.run("savepoint", "--timeout", "1", JOB)).isEqualTo(9);
        assertThat(millrace.err).contains("millrace savepoint --operation").contains(JOB);
    }

    @Test
    void comesBackToAnOperationWithoutAskingForIt() {
        outcomes.add(COMPLETED);
        assertThat(millrace.run("savepoint", "--operation", "op-1", JOB)).isZero();
        assertThat(requests).isEmpty();
        assertThat(millrace.out).isEqualTo(PATH + "\n");
    }

    @Test
    void saysWhereToLookWhenTheApplicationHasEndedBeforeItTold() {
        outcomes.add(IN_PROGRESS);
        millrace.cluster.then(Phase.SUCCEEDED);
        millrace.cluster.states.addFirst(millrace.cluster.states.peek());
        millrace.cluster.states.addFirst(millrace.cluster.states.peek());
        assertThat(millrace.run("savepoint", FakeApplications.ID)).isEqualTo(9);
        assertThat(millrace.err).contains("millrace logs " + FakeApplications.ID);
    }

    @Test
    void disposesOfASavepoint() throws Exception {
        millrace = new CommandLineFixture(directory);
        String path = directory.resolve("savepoint-012345-000000000000").toUri().toString();
        SavepointDirectory.store(
                path,
                new Manifest(
                        JOB,
                        "job",
                        1,
                        7,
                        1_000,
                        CheckpointKind.FULL,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));

        assertThat(millrace.run("savepoint", "--dispose", path)).isZero();
        assertThat(directory.resolve("savepoint-012345-000000000000")).doesNotExist();
    }

    @Test
    void disposesOfSavepointsOnly() throws Exception {
        millrace = new CommandLineFixture(directory);
        Path other = Files.createDirectory(directory.resolve("other"));
        assertThat(millrace.run("savepoint", "--dispose", other.toUri().toString())).isEqualTo(3);
        assertThat(other).exists();
    }

    @Test
    void aSavepointThatACheckpointNeedsIsNotRemovedUnlessForced() throws Exception {
        millrace = new CommandLineFixture(directory);
        Path savepoint = directory.resolve("s/savepoint-012345-000000000000");
        SavepointDirectory.store(savepoint.toUri().toString(), manifest(JOB, List.of()));
        Path file = savepoint.resolve(JOB + "/1/7/w.seg");
        Path job = directory.resolve("c/" + "b".repeat(32));
        Files.createDirectories(job.resolve("1/7"));
        Files.write(job.resolve("job"), new byte[] {1});
        Files.write(
                job.resolve("1/7/manifest"),
                ManifestCodec.encode(
                        manifest(
                                "b".repeat(32),
                                List.of(new StoredFile(file.toUri().toString(), 10)))));
        String[] command = {
            "savepoint",
            "--dispose",
            savepoint.toUri().toString(),
            "--checkpoints",
            directory.resolve("c").toUri().toString()
        };

        assertThat(millrace.run(command)).isEqualTo(8);
        assertThat(millrace.err).contains("1 checkpoints or savepoints need files of it", "/1/7");
        assertThat(savepoint).exists();

        String[] forced = Arrays.copyOf(command, command.length + 1);
        forced[command.length] = "--force";
        assertThat(millrace.run(forced)).isZero();
        assertThat(savepoint).doesNotExist();
    }

    private static Manifest manifest(String job, List<StoredFile> files) {
        return new Manifest(
                job,
                "job",
                1,
                7,
                1_000,
                CheckpointKind.FULL,
                List.of(),
                List.of(),
                List.of(),
                files);
    }
}
