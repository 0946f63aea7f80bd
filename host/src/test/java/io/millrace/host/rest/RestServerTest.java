package io.millrace.host.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.runtime.wire.RestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestServerTest {
    private static final String JOB = RestContentFake.JOB.hex();
    private static final AppSecret SECRET = AppSecret.random();
    private static final RestTokens TOKENS = RestTokens.of(SECRET);
    private static final RestContentFake CONTENT = new RestContentFake();
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Servers that differ in whom they trust without a token. */
    private static RestServer plain;

    private static RestServer proxied;
    private static RestServer embedded;

    /** What a caller shows, and what that is worth. */
    private enum Shows {
        NOTHING(Permission.PUBLIC),
        BAD_TOKEN(Permission.PUBLIC),
        NOT_A_BEARER(Permission.PUBLIC),
        OTHER_APPLICATIONS_TOKEN(Permission.PUBLIC),
        VIEW_TOKEN(Permission.VIEW),
        MODIFY_TOKEN(Permission.MODIFY),
        PROXY_ADDRESS(Permission.VIEW),
        PROXY_ADDRESS_AND_BAD_TOKEN(Permission.PUBLIC),
        LOOPBACK_OF_EMBEDDED(Permission.VIEW);

        private final Permission worth;

        Shows(Permission worth) {
            this.worth = worth;
        }

        private RestServer server() {
            return switch (this) {
                case PROXY_ADDRESS, PROXY_ADDRESS_AND_BAD_TOKEN -> proxied;
                case LOOPBACK_OF_EMBEDDED -> embedded;
                default -> plain;
            };
        }

        private String authorization() {
            return switch (this) {
                case NOTHING, PROXY_ADDRESS, LOOPBACK_OF_EMBEDDED -> null;
                case BAD_TOKEN, PROXY_ADDRESS_AND_BAD_TOKEN -> "Bearer " + "0".repeat(64);
                case NOT_A_BEARER -> "Basic " + TOKENS.modify();
                case OTHER_APPLICATIONS_TOKEN ->
                        "Bearer " + RestTokens.of(AppSecret.random()).modify();
                case VIEW_TOKEN -> "Bearer " + TOKENS.view();
                case MODIFY_TOKEN -> "Bearer " + TOKENS.modify();
            };
        }
    }

    @BeforeAll
    static void listen() {
        plain = RestServer.start(settings(Set.of(), false), SECRET, CONTENT);
        proxied = RestServer.start(settings(Set.of(LOOPBACK), false), SECRET, CONTENT);
        embedded = RestServer.start(settings(Set.of(), true), SECRET, CONTENT);
    }

    private static RestSettings settings(Set<InetAddress> proxies, boolean loopbackView) {
        return new RestSettings("127.0.0.1", 0, proxies, loopbackView);
    }

    @AfterAll
    static void close() {
        Stream.of(plain, proxied, embedded).forEach(RestServer::close);
    }

    /** Every route with every caller. */
    static List<Arguments> matrix() {
        List<Arguments> all = new ArrayList<>();
        for (Route route : RouteTable.of(CONTENT)) {
            for (Shows shows : Shows.values()) {
                all.add(Arguments.of(route, shows));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void letsInExactlyThoseWithThePermissionThatTheRouteDeclares(Route route, Shows shows)
            throws IOException {
        String path = route.path().replace("{job}", JOB).replace("{vertex}", "1");
        path = path.replace("{trigger}", "mine");
        String query = route.method() == Route.Method.PATCH ? "?mode=cancel" : "";
        int cancelledBefore = CONTENT.cancelled.size();

        Response response =
                send(shows.server(), route.method() + " " + path + query, shows.authorization());

        if (shows.worth.covers(route.permission())) {
            boolean needsBody = route.path().endsWith("/rescaling"); // and says so who is let in
            assertThat(response.status).as(response.body).isIn(200, 202, needsBody ? 400 : 200);
        } else {
            assertThat(response.status).isEqualTo(shows.worth == Permission.PUBLIC ? 401 : 403);
            assertThat(response.json().get("code").asText())
                    .isEqualTo(
                            shows.worth == Permission.PUBLIC
                                    ? "AUTHENTICATION_FAILED"
                                    : "NOT_PERMITTED");
            assertThat(CONTENT.cancelled).hasSize(cancelledBefore);
        }
        assertThat(response.head)
                .contains("Content-Security-Policy: default-src 'none'")
                .contains("X-Content-Type-Options: nosniff")
                .doesNotContain("Jetty");
    }

    @Test
    void refusesToBuildARouteWithoutPermission() {
        assertThatThrownBy(
                        () ->
                                new Route(
                                        Route.Method.GET,
                                        "/v1/secret",
                                        null,
                                        request -> Answer.text("text/plain", "")))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("/v1/secret declares no permission");
    }

    @Test
    void showsJobsAsTheCommandLineReadsThem() throws IOException {
        JsonNode overview = view("/v1/overview").json();
        assertThat(overview.path("troubles").path(0).asText()).isEqualTo("tokens are late");
        assertThat(overview.get("epoch").asLong()).isEqualTo(7);
        assertThat(overview.at("/workers/0/freeSlots").asInt()).isEqualTo(1);
        assertThat(overview.at("/workers/0/shuffle").asText()).isEqualTo("host-a:13562");
        assertThat(overview.at("/jobs/0/state").asText()).isEqualTo("RUNNING");
        assertThat(overview.at("/blockedNodes/0/node").asText()).isEqualTo("host-b");
        assertThat(overview.at("/blockedNodes/0/untilMs").asLong()).isEqualTo(9_000);
        assertThat(overview.at("/blockedNodes/0/reason").asText()).isEqualTo("it is slow");

        assertThat(view("/v1/jobs").json().at("/jobs/0/durationMs").asLong()).isEqualTo(2_000);

        JsonNode job = view("/v1/jobs/" + JOB).json();
        assertThat(job.get("mode").asText()).isEqualTo("BATCH");
        assertThat(job.get("endedAtMs").asLong()).isZero();
        assertThat(job.get("failure").isNull()).isTrue();
        assertThat(job.at("/vertices/0/tasks/RUNNING").asInt()).isEqualTo(1);
        assertThat(job.at("/edges/0/partitioning").asText()).isEqualTo("KEY_GROUP");

        assertThat(job.at("/vertices/0/localReadBytes").asLong()).isEqualTo(50);
        JsonNode vertex = view("/v1/jobs/" + JOB + "/vertices/1").json();
        assertThat(vertex.at("/remoteReadBytes").asLong()).isEqualTo(60);
        assertThat(vertex.at("/subtasks/0/remoteReadBytes").asLong()).isEqualTo(60);
        assertThat(vertex.at("/subtasks/0/host").asText()).isEqualTo("host-a");
        assertThat(vertex.at("/subtasks/0/attempt").asInt()).isEqualTo(2);
        assertThat(vertex.get("slotSharingGroup").asText())
                .isEqualTo("default (cpu 1.0, task heap 64 mb)");

        JsonNode time = view("/v1/jobs/" + JOB + "/vertices/1/watermarks").json();
        assertThat(time.at("/subtasks/0/outputWatermark").asLong()).isEqualTo(1_049);
        assertThat(time.at("/subtasks/0/heldBy/0/split").asText()).isEqualTo("silent");
        assertThat(time.at("/subtasks/0/summary").asText())
                .isEqualTo(
                        "Held by split 'silent' of 'numbers' in subtask 0, at"
                                + " 1970-01-01T00:00:01.049Z since 1970-01-01T00:00:01.600Z.");

        JsonNode checkpoints = view("/v1/jobs/" + JOB + "/checkpoints").json();
        assertThat(checkpoints.get("completed").asLong()).isEqualTo(3);
        assertThat(checkpoints.at("/latest/id").asLong()).isEqualTo(4);
        assertThat(checkpoints.at("/latest/totalBytes").asLong()).isEqualTo(300);
        assertThat(checkpoints.at("/latest/longestWriteMs").asLong()).isEqualTo(5);
        assertThat(checkpoints.at("/latest/vertices/0/name").asText()).isEqualTo("source");
        assertThat(checkpoints.at("/latest/vertices/0/channelBytes").asLong()).isEqualTo(2);
        assertThat(checkpoints.at("/recent/0/id").asLong()).isEqualTo(4);
        assertThat(checkpoints.at("/lastFailure/code").asText()).isEqualTo("USER_CODE_FAILED");

        JsonNode failure = view("/v1/jobs/" + JOB + "/exceptions").json().at("/exceptions/0");
        assertThat(failure.get("code").asText()).isEqualTo("USER_CODE_FAILED");
        assertThat(failure.get("operator").asText()).isEqualTo("map");
    }

    @Test
    void passesACancellationOnWithTheOneWhoAsked() throws IOException {
        int before = CONTENT.cancelled.size();

        Response response =
                send(plain, "PATCH /v1/jobs/" + JOB + "?mode=cancel", "Bearer " + TOKENS.modify());

        assertThat(response.status).isEqualTo(202);
        assertThat(response.json().get("id").asText()).isEqualTo(JOB);
        assertThat(CONTENT.cancelled.get(before)).isEqualTo(JOB + " by token holder at 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/jobs/ffffffffffffffffffffffffffffffff",
                "/v1/jobs/no-job",
                "/v1/jobs/0123456789abcdef0123456789abcdef/vertices/99",
                "/v1/jobs/0123456789abcdef0123456789abcdef/vertices/x",
                "/v1/nothing"
            })
    void saysThatSomethingDoesNotExist(String path) throws IOException {
        Response response = view(path);

        assertThat(response.status).isEqualTo(404);
        assertThat(response.json().get("message").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../etc/passwd",
                "/%2e%2e/etc/passwd",
                "/web/../../etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/%252e%252e/etc/passwd",
                "/app.js/../../x",
                "//etc/passwd"
            })
    void servesNoFileButThePagesOwn(String path) throws IOException {
        assertThat(view(path).status).isIn(400, 404);
    }

    @Test
    void asksForASavepointAndTellsItsIdAtOnce() throws IOException {
        CONTENT.requested.clear();
        String path = "/v1/jobs/" + RestContentFake.JOB.hex() + "/savepoints";

        Response response = send(plain, "POST " + path, "Bearer " + TOKENS.modify());

        assertThat(response.status).isEqualTo(202);
        assertThat(CONTENT.requested)
                .singleElement()
                .satisfies(
                        asked -> {
                            assertThat(asked.jobId()).isEqualTo(RestContentFake.JOB);
                            assertThat(asked.kind()).isEqualTo(OperationKind.SAVEPOINT);
                            assertThat(response.body).contains(asked.id());
                        });
    }

    @Test
    void asksForAnotherParallelism() throws IOException {
        CONTENT.requested.clear();
        String path = "/v1/jobs/" + RestContentFake.JOB.hex() + "/rescaling";

        Response response =
                post(path, "{\"parallelism\": 7, \"triggerId\": \"mine-7\"}", TOKENS.modify());

        assertThat(response.status).isEqualTo(202);
        assertThat(response.body).contains("mine-7");
        assertThat(CONTENT.requested)
                .singleElement()
                .satisfies(
                        asked -> {
                            assertThat(asked.kind()).isEqualTo(OperationKind.RESCALE);
                            assertThat(asked.parallelism()).isEqualTo(7);
                        });
        CONTENT.requested.clear();
        post(
                path,
                "{\"parallelism\": 7, \"savepoint\": true, \"target-directory\": \"/s\"}",
                TOKENS.modify());
        assertThat(CONTENT.requested)
                .singleElement()
                .satisfies(
                        asked -> {
                            assertThat(asked.kind())
                                    .isEqualTo(OperationKind.RESCALE_WITH_SAVEPOINT);
                            assertThat(asked.target()).isEqualTo("/s");
                        });
        assertThat(post(path, "{\"parallelism\": 0}", TOKENS.modify()).status).isEqualTo(400);
        assertThat(post(path, "{}", TOKENS.modify()).status).isEqualTo(400);
        assertThat(post(path, "{\"parallelism\": 7}", TOKENS.view()).status).isEqualTo(403);
    }

    @Test
    void whoMayOnlyLookStopsNoJob() throws IOException {
        CONTENT.requested.clear();
        String path = "/v1/jobs/" + RestContentFake.JOB.hex() + "/stop";

        assertThat(send(plain, "POST " + path, "Bearer " + TOKENS.view()).status).isEqualTo(403);
        assertThat(CONTENT.requested).isEmpty();
    }

    @Test
    void tellsWhereASavepointIs() throws IOException {
        JsonNode outcome =
                view("/v1/jobs/" + RestContentFake.JOB.hex() + "/savepoints/mine").json();

        assertThat(outcome.at("/status/id").asText()).isEqualTo("COMPLETED");
        assertThat(outcome.at("/operation/location").asText())
                .isEqualTo("hdfs:///savepoints/savepoint-012345-0");
        assertThat(outcome.at("/operation/failure-cause").isNull()).isTrue();
    }

    @Test
    void anOperationThatNobodyKnowsIsNotFound() throws IOException {
        Response response = view("/v1/jobs/" + RestContentFake.JOB.hex() + "/savepoints/nothing");

        assertThat(response.status).isEqualTo(404);
        assertThat(response.body).contains("OPERATION_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "OPTIONS", "PUT", "POST", "DELETE", "CONNECT"})
    void servesNoOtherMethods(String method) throws IOException {
        assertThat(send(plain, method + " /v1/jobs", "Bearer " + TOKENS.modify()).status)
                .isBetween(400, 499);
    }

    @Test
    void refusesRequestsByAForeignHostName() throws IOException {
        Response response =
                exchange(
                        plain, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(response.status).isEqualTo(421);
    }

    @Test
    void refusesAHeaderThatIsTooLong() throws IOException {
        Response response =
                exchange(
                        plain,
                        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: "
                                + "x".repeat(9_000)
                                + "\r\nConnection: close\r\n\r\n");

        assertThat(response.status).isEqualTo(431);
    }

    @Test
    void refusesAUriThatIsTooLong() throws IOException {
        assertThat(view("/v1/jobs?x=" + "y".repeat(5_000)).status).isEqualTo(414);
        assertThat(view("/v1/" + "y".repeat(5_000)).status).isEqualTo(414);
    }

    @Test
    void thePageHasOnlyRelativeLinksAndNoMarkupFromData() throws IOException {
        String page = view("/").body;
        String script = view("/app.js").body;

        assertThat(page).contains("src=\"app.js\"").contains("href=\"style.css\"");
        assertThat(page + script)
                .doesNotContain("href=\"/")
                .doesNotContain("src=\"/")
                .doesNotContain("'/v1")
                .doesNotContain("insertAdjacentHTML")
                .doesNotContain("innerHTML =")
                .doesNotContain("<style");
    }

    @Test
    void namesTheOptionIfThePortIsTaken() {
        RestSettings taken =
                new RestSettings("127.0.0.1", plain.address().getPort(), Set.of(), false);

        assertThatThrownBy(() -> RestServer.start(taken, SECRET, CONTENT))
                .hasMessageStartingWith("INVALID_OPTION")
                .hasMessageContaining("rest.port");
    }

    private static Response view(String path) throws IOException {
        return send(plain, "GET " + path, "Bearer " + TOKENS.view());
    }

    private static Response post(String path, String body, String token) throws IOException {
        return exchange(
                plain,
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\nAuthorization: Bearer "
                        + token
                        + "\r\n\r\n"
                        + body);
    }

    private static Response send(RestServer server, String line, String authorization)
            throws IOException {
        return exchange(
                server,
                line
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + (authorization == null ? "" : "Authorization: " + authorization + "\r\n")
                        + "\r\n");
    }

    /** Bytes as they are, since HTTP clients refuse to send much of what is tried here. */
    private static Response exchange(RestServer server, String request) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, server.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String text =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            return new Response(
                    Integer.parseInt(text.substring(9, 12)),
                    text.substring(0, end),
                    text.substring(end + 4));
        }
    }

    private record Response(int status, String head, String body) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body);
        }
    }
}
