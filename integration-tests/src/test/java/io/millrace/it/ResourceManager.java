package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The sandbox's ResourceManager over its REST interface. Thread-safe. */
final class ResourceManager {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    /**
     * @param webapp {@code host:port} of the ResourceManager's web server
     */
    ResourceManager(String webapp) {
        this.base = "http://" + webapp;
    }

    /** The ids of the applications that have not ended. */
    List<String> unfinished() {
        List<String> ids = new ArrayList<>();
        for (JsonNode app : get("/ws/v1/cluster/apps").path("apps").path("app")) {
            if (!List.of("FINISHED", "FAILED", "KILLED").contains(app.path("state").asText())) {
                ids.add(app.path("id").asText());
            }
        }
        return ids;
    }

    void kill(String id) {
        String uri = base + "/ws/v1/cluster/apps/" + id + "/state";
        HttpResponse<String> response =
                send(
                        HttpRequest.newBuilder(URI.create(uri))
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"state\":\"KILLED\"}"))
                                .build());
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(response + ": " + response.body());
        }
    }

    JsonNode application(String id) {
        return get("/ws/v1/cluster/apps/" + id).path("app");
    }

    int runningContainers() {
        return get("/ws/v1/cluster/metrics")
                .path("clusterMetrics")
                .path("containersAllocated")
                .asInt();
    }

    /** A page of the application, as a browser gets it through the proxy. */
    HttpResponse<String> throughProxy(String id, String method, String path) {
        return send(method, base + "/proxy/" + id + path);
    }

    private JsonNode get(String path) {
        HttpResponse<String> response = send("GET", base + path);
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response + ": " + response.body(), e);
        }
    }

    private HttpResponse<String> send(String method, String uri) {
        return send(
                HttpRequest.newBuilder(URI.create(uri))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
