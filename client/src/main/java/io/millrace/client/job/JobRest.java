package io.millrace.client.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.runtime.wire.RestTokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
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
                HttpRequest.newBuilder(base.resolve("v1/jobs/" + jobId + "?mode=cancel"))
                        .timeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                        .method("PATCH", HttpRequest.BodyPublishers.noBody());
        tokens.ifPresent(right -> request.header("Authorization", "Bearer " + right.modify()));
        // Knows PATCH, but takes a quarter of a second to load: only here.
        HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                        .build();
        try {
            HttpResponse<byte[]> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            checked(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private JsonNode get(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) base.resolve(path).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_SECONDS * 1000);
        connection.setReadTimeout(TIMEOUT_SECONDS * 1000);
        connection.setRequestProperty("Accept", "application/json");
        tokens.ifPresent(
                right -> connection.setRequestProperty("Authorization", "Bearer " + right.view()));
        int status = connection.getResponseCode();
        try (InputStream body =
                status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return checked(status, body == null ? new byte[0] : body.readAllBytes());
        }
    }

    private JsonNode checked(int status, byte[] answer) throws IOException {
        JsonNode body;
        try {
            body = answer.length == 0 ? json.nullNode() : json.readTree(answer);
        } catch (IOException e) {
            throw new IOException(base + " answered " + status + " without JSON", e);
        }
        if (status >= 400) {
            throw new MillraceException(
                    codeOf(body.path("code").asText()),
                    body.path("message").asText("the server answered " + status));
        }
        return body;
    }

    private static ErrorCode codeOf(String name) {
        try {
            return ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            return ErrorCode.INTERNAL;
        }
    }
}
