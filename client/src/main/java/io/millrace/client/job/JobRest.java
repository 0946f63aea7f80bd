package io.millrace.client.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.runtime.wire.RestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The REST interface of one application. Every call ends within {@value #TIMEOUT_SECONDS} s. It
 * goes to the application master itself, not through the ResourceManager's proxy, which keeps
 * tokens out.
 */
public final class JobRest {
    private static final int TIMEOUT_SECONDS = 5;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                    .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final Optional<RestTokens> tokens;

    /**
     * @param base ends in a slash
     * @param secret of the application; without it the server decides what a stranger may see
     */
    public JobRest(URI base, Optional<AppSecret> secret) {
        this.base = base;
        this.tokens = secret.map(RestTokens::of);
    }

    /** All jobs of the application, each with its vertices. */
    public List<JobView> jobs() throws IOException {
        List<JobView> jobs = new ArrayList<>();
        for (JsonNode job : rawJobs()) {
            jobs.add(JobView.of(job));
        }
        return jobs;
    }

    /** All jobs as the server sent them. */
    public List<JsonNode> rawJobs() throws IOException {
        List<JsonNode> jobs = new ArrayList<>();
        for (JsonNode line : get("v1/jobs").path("jobs")) {
            jobs.add(get("v1/jobs/" + line.path("id").asText()));
        }
        return jobs;
    }

    /**
     * Asks for a cancellation; it is done when the job's state says so.
     *
     * @throws MillraceException what the server refuses with
     */
    public void cancel(String jobId) throws IOException {
        HttpRequest.Builder request =
                request("v1/jobs/" + jobId + "?mode=cancel")
                        .method("PATCH", HttpRequest.BodyPublishers.noBody());
        tokens.ifPresent(right -> request.header("Authorization", "Bearer " + right.modify()));
        send(request.build());
    }

    private JsonNode get(String path) throws IOException {
        HttpRequest.Builder request = request(path).GET();
        tokens.ifPresent(right -> request.header("Authorization", "Bearer " + right.view()));
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                .header("Accept", "application/json");
    }

    private JsonNode send(HttpRequest request) throws IOException {
        HttpResponse<byte[]> response;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        JsonNode body = response.body().length == 0 ? json.nullNode() : parse(response);
        if (response.statusCode() >= 400) {
            throw new MillraceException(
                    codeOf(body.path("code").asText()),
                    body.path("message").asText("the server answered " + response.statusCode()));
        }
        return body;
    }

    private JsonNode parse(HttpResponse<byte[]> response) throws IOException {
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new IOException(
                    response.uri() + " answered " + response.statusCode() + " without JSON", e);
        }
    }

    private static ErrorCode codeOf(String name) {
        try {
            return ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            return ErrorCode.INTERNAL;
        }
    }
}
