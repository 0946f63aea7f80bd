package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.millrace.runtime.wire.RestTokens;
import io.millrace.yarn.submit.ApplicationState.Phase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationCommandsTest {
    private static final String JOB =
            "{\"id\":\"7f\",\"name\":\"WordCount\",\"state\":\"RUNNING\",\"durationMs\":1500,"
                    + "\"recordsIn\":10,\"recordsOut\":5,\"failure\":null,\"vertices\":[{\"id\":0,"
                    + "\"name\":\"lines\",\"parallelism\":4,\"state\":\"RUNNING\",\"recordsIn\":0,"
                    + "\"recordsOut\":1234567,\"tasks\":{\"RUNNING\":3,\"FINISHED\":1}}]}";

    @TempDir Path directory;
    private CommandLineFixture millrace;
    private HttpServer master;
    private final List<String> requests = new ArrayList<>();

    @BeforeEach
    void setUp() throws Exception {
        millrace = new CommandLineFixture(directory).withCluster();
        master = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        master.createContext(
                "/",
                exchange -> {
                    requests.add(
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Authorization"));
                    if (exchange.getRequestMethod().equals("PATCH")) {
                        millrace.cluster.states.clear();
                        millrace.cluster.then(Phase.RUNNING).then(Phase.KILLED);
                    }
                    byte[] body =
                            (exchange.getRequestURI().getPath().equals("/v1/jobs")
                                            ? "{\"jobs\":[{\"id\":\"7f\"}]}"
                                            : JOB)
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        master.start();
    }

    @AfterEach
    void tearDown() {
        master.stop(0);
    }

    private String restUrl() {
        return "http://localhost:" + master.getAddress().getPort() + "/";
    }

    @Test
    void listsWhatRuns() {
        millrace.cluster.then(Phase.RUNNING);
        assertThat(millrace.run("list")).isZero();
        assertThat(millrace.out.lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("APPLICATION ");
        assertThat(millrace.out).contains(FakeApplications.ID).contains("RUNNING");
    }

    @Test
    void saysHowToSeeEndedOnesIfNothingRuns() {
        millrace.cluster.then(Phase.SUCCEEDED);
        assertThat(millrace.run("list")).isZero();
        assertThat(millrace.out).contains("-a shows ended ones");
        millrace.run("list", "-a");
        assertThat(millrace.out).contains("SUCCEEDED");
    }

    @Test
    void listsForPrograms() throws Exception {
        millrace.cluster.then(Phase.RUNNING);
        assertThat(millrace.run("list", "--output", "json")).isZero();
        JsonNode json = new ObjectMapper().readTree(millrace.out);
        assertThat(json.at("/applications/0/id").asText()).isEqualTo(FakeApplications.ID);
        assertThat(json.at("/applications/0/state").asText()).isEqualTo("RUNNING");
    }

    @Test
    void showsJobsAndVerticesWithTheViewToken() {
        millrace.secrets.put(FakeApplications.ID, FakeApplications.SECRET);
        millrace.cluster.thenRunningAt(restUrl());
        assertThat(millrace.run("info", FakeApplications.ID)).isZero();
        assertThat(millrace.out)
                .contains("WordCount  RUNNING  1.5 s")
                .containsPattern("0 +lines +RUNNING +4/4 +0 +1,234,567");
        assertThat(requests)
                .allMatch(
                        request -> request.endsWith(RestTokens.of(FakeApplications.SECRET).view()));
    }

    @Test
    void showsWhatYarnKnowsIfTheMasterIsAway() {
        millrace.cluster.thenRunningAt("http://localhost:1/");
        assertThat(millrace.run("info", FakeApplications.ID)).isZero();
        assertThat(millrace.out).contains("State        RUNNING");
        assertThat(millrace.err).contains("does not tell its jobs");
    }

    @Test
    void informsPrograms() throws Exception {
        millrace.cluster.thenRunningAt(restUrl());
        assertThat(millrace.run("info", FakeApplications.ID, "--output", "json")).isZero();
        JsonNode json = new ObjectMapper().readTree(millrace.out);
        assertThat(json.at("/application/queue").asText()).isEqualTo("default");
        assertThat(json.at("/jobs/0/vertices/0/recordsOut").asLong()).isEqualTo(1_234_567);
    }

    @Test
    void saysThatAnIdIsUnknown() {
        assertThat(millrace.run("info", "application_9_9999")).isEqualTo(8);
        assertThat(millrace.err).startsWith("JOB_NOT_FOUND: ");
    }

    @Test
    void cancelsByTheMasterWithTheModifyToken() {
        millrace.secrets.put(FakeApplications.ID, FakeApplications.SECRET);
        millrace.cluster.thenRunningAt(restUrl());
        assertThat(millrace.run("cancel", FakeApplications.ID)).isZero();
        assertThat(requests)
                .contains(
                        "PATCH /v1/jobs/7f?mode=cancel Bearer "
                                + RestTokens.of(FakeApplications.SECRET).modify());
        assertThat(millrace.cluster.killed).isEmpty();
        assertThat(millrace.err).contains("has ended: KILLED");
        assertThat(millrace.secrets.find(FakeApplications.ID)).isEmpty();
    }

    @Test
    void cancelsByYarnWithoutTheSecret() {
        millrace.cluster.thenRunningAt(restUrl());
        assertThat(millrace.run("cancel", FakeApplications.ID)).isZero();
        assertThat(millrace.cluster.killed).containsExactly(FakeApplications.ID);
        assertThat(requests).isEmpty();
    }

    @Test
    void leavesAnEndedApplicationAlone() {
        millrace.cluster.then(Phase.SUCCEEDED);
        assertThat(millrace.run("cancel", FakeApplications.ID)).isZero();
        assertThat(millrace.cluster.killed).isEmpty();
        assertThat(millrace.err).contains("has ended already: SUCCEEDED");
    }

    @Test
    void printsLogs() {
        assertThat(millrace.run("logs", FakeApplications.ID)).isZero();
        assertThat(millrace.out).isEqualTo("container_1: hello\n");
    }

    @Test
    void saysWhichArgumentIsMissing() {
        assertThat(millrace.run("info")).isEqualTo(2);
        assertThat(millrace.err).startsWith("USAGE: ").contains("ID");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(millrace.run("cancle", FakeApplications.ID)).isEqualTo(2);
        assertThat(millrace.err).startsWith("USAGE: ").contains("cancel");
    }

    @Test
    void listsOptionsWithTheirDefaults() {
        assertThat(millrace.run("options")).isZero();
        assertThat(millrace.out).contains("yarn.queue  (string, default default)");
    }
}
