package io.millrace.client.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.runtime.wire.RestTokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    /** What goes wrong around the jobs, in words for an operator. */
    public List<String> troubles() throws IOException {
        List<String> troubles = new ArrayList<>();
        get("v1/overview").path("troubles").forEach(trouble -> troubles.add(trouble.asText()));
        return troubles;
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

    /**
     * Asks for a savepoint; the same operation again changes nothing.
     *
     * @param directory null for the job's own
     * @param cancel whether the job is cancelled when there is one
     * @param format {@code CANONICAL} or {@code NATIVE}
     * @throws MillraceException what the server refuses with
     * @throws IOException if it is not known whether it was heard
     */
    public void savepoint(
            String jobId, String directory, boolean cancel, String format, String operationId)
            throws IOException {
        ObjectNode body = json.createObjectNode();
        body.put("cancel-job", cancel).put("formatType", format).put("triggerId", operationId);
        if (directory != null) {
            body.put("target-directory", directory);
        }
        post("v1/jobs/" + jobId + "/savepoints", body);
    }

    /** Asks for the end of a job with a savepoint; as {@link #savepoint}. */
    public void stop(
            String jobId, String directory, boolean drain, String format, String operationId)
            throws IOException {
        ObjectNode body = json.createObjectNode();
        body.put("drain", drain).put("formatType", format).put("triggerId", operationId);
        if (directory != null) {
            body.put("targetDirectory", directory);
        }
        post("v1/jobs/" + jobId + "/stop", body);
    }

    /** Asks for another parallelism of a job; as {@link #savepoint}. */
    public void rescale(String jobId, int parallelism, String operationId) throws IOException {
        ObjectNode body = json.createObjectNode();
        body.put("parallelism", parallelism).put("triggerId", operationId);
        post("v1/jobs/" + jobId + "/rescaling", body);
    }

    /**
     * Asks for another parallelism of a job, after a savepoint of it; as {@link #savepoint}.
     *
     * @param directory null for the job's own
     */
    public void rescaleWithSavepoint(
            String jobId, int parallelism, String directory, String format, String operationId)
            throws IOException {
        ObjectNode body = json.createObjectNode();
        body.put("parallelism", parallelism).put("savepoint", true);
        body.put("formatType", format).put("triggerId", operationId);
        if (directory != null) {
            body.put("target-directory", directory);
        }
        post("v1/jobs/" + jobId + "/rescaling", body);
    }

    /**
     * How far an operation has come.
     *
     * @throws MillraceException {@code OPERATION_NOT_FOUND}
     */
    public OperationAnswer operation(String jobId, String operationId) throws IOException {
        return OperationAnswer.of(get("v1/jobs/" + jobId + "/savepoints/" + operationId));
    }

    private void post(String path, JsonNode body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) base.resolve(path).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_SECONDS * 1000);
        connection.setReadTimeout(TIMEOUT_SECONDS * 1000);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        tokens.ifPresent(
                right ->
                        connection.setRequestProperty("Authorization", "Bearer " + right.modify()));
        try (OutputStream out = connection.getOutputStream()) {
            out.write(json.writeValueAsBytes(body));
        }
        int status = connection.getResponseCode();
        try (InputStream answer =
                status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            checked(status, answer == null ? new byte[0] : answer.readAllBytes());
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
