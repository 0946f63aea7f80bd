package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What runs on the sandbox, asked for as a person's tools do. */
final class Applications {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Applications() {}

    /** The id of the one application that has not ended, once there is one. */
    static String awaitOne(Sandbox sandbox) {
        return Await.until(
                        "the application is there",
                        Duration.ofMinutes(3),
                        () -> sandbox.resourceManager().unfinished(),
                        ids -> ids.size() == 1)
                .get(0);
    }

    /** A page of the one job of an application; an empty node while it cannot be asked. */
    static JsonNode page(Sandbox sandbox, String id, String page) {
        try {
            String path = "/v1/jobs/" + job(sandbox, id).path("id").asText() + "/" + page;
            String body = sandbox.resourceManager().throughProxy(id, "GET", path).body();
            return body.startsWith("{") ? JSON.readTree(body) : JSON.createObjectNode();
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    /** What an application shows of itself and its workers. */
    static JsonNode overview(Sandbox sandbox, String id) {
        try {
            return JSON.readTree(
                    sandbox.resourceManager().throughProxy(id, "GET", "/v1/overview").body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one job of an application; an empty node while it cannot be asked. */
    static JsonNode job(Sandbox sandbox, String id) {
        try {
            String jobs = sandbox.resourceManager().throughProxy(id, "GET", "/v1/jobs").body();
            if (!jobs.startsWith("{")) {
                return JSON.createObjectNode();
            }
            JsonNode first = JSON.readTree(jobs).path("jobs").path(0);
            if (first.isMissingNode()) {
                return JSON.createObjectNode();
            }
            String body =
                    sandbox.resourceManager()
                            .throughProxy(id, "GET", "/v1/jobs/" + first.path("id").asText())
                            .body();
            return body.startsWith("{") ? JSON.readTree(body) : JSON.createObjectNode();
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
