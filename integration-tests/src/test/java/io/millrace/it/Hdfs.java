package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The sandbox's HDFS over WebHDFS: a reader that shares no code with the engine. Thread-safe. */
final class Hdfs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final String base;
    private final String user = System.getProperty("user.name");

    /**
     * @param nameNodeHttp {@code host:port} of the NameNode's web server
     */
    Hdfs(String nameNodeHttp) {
        this.base = "http://" + nameNodeHttp + "/webhdfs/v1";
    }

    boolean exists(String path) {
        return send("GET", path, "GETFILESTATUS", null).statusCode() == 200;
    }

    /** The names in a directory; empty if there is none. */
    List<String> list(String path) {
        HttpResponse<String> response = send("GET", path, "LISTSTATUS", null);
        List<String> names = new ArrayList<>();
        if (response.statusCode() == 404) {
            return names;
        }
        JsonNode statuses = parse(response).path("FileStatuses").path("FileStatus");
        statuses.forEach(status -> names.add(status.path("pathSuffix").asText()));
        return names;
    }

    /** Every file below a directory, with its path from there. */
    List<String> listDeep(String path) {
        List<String> found = new ArrayList<>();
        HttpResponse<String> response = send("GET", path, "LISTSTATUS", null);
        if (response.statusCode() == 404) {
            return found;
        }
        for (JsonNode status : parse(response).path("FileStatuses").path("FileStatus")) {
            String name = status.path("pathSuffix").asText();
            if (status.path("type").asText().equals("DIRECTORY")) {
                listDeep(path + "/" + name).forEach(below -> found.add(name + "/" + below));
            } else {
                found.add(name);
            }
        }
        return found;
    }

    String read(String path) {
        HttpResponse<String> response = send("GET", path, "OPEN", null);
        check(response, 200);
        return response.body();
    }

    void write(String path, String content) {
        check(send("PUT", path, "CREATE&overwrite=true", content), 201);
    }

    byte[] readBytes(String path) {
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            request("GET", uri(path, "OPEN"), null),
                            HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new AssertionError(response);
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    void writeBytes(String path, byte[] content) {
        check(
                sendBytes(
                        "PUT",
                        path,
                        "CREATE&overwrite=true",
                        HttpRequest.BodyPublishers.ofByteArray(content)),
                201);
    }

    /**
     * @param bytes that a directory and all below it may take, every replica counted; -1 for all
     */
    void setSpaceQuota(String path, long bytes) {
        check(send("PUT", path, "SETQUOTA&storagespacequota=" + bytes, null), 200);
    }

    void makeDirectory(String path, String permission) {
        check(send("PUT", path, "MKDIRS&permission=" + permission, null), 200);
    }

    /** With all below it; nothing if it is not there. */
    void delete(String path) {
        check(send("DELETE", path, "DELETE&recursive=true", null), 200);
    }

    void setOwner(String path, String owner) {
        check(send("PUT", path, "SETOWNER&owner=" + owner, null), 200);
    }

    void setPermission(String path, String permission) {
        check(send("PUT", path, "SETPERMISSION&permission=" + permission, null), 200);
    }

    private String uri(String path, String operation) {
        return base + path + "?user.name=" + user + "&op=" + operation;
    }

    private HttpResponse<String> send(String method, String path, String operation, String body) {
        return sendBytes(
                method,
                path,
                operation,
                body == null
                        ? null
                        : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    }

    private HttpResponse<String> sendBytes(
            String method, String path, String operation, HttpRequest.BodyPublisher body) {
        try {
            if (body != null) {
                // WebHDFS answers a bodiless request with the data node's address.
                HttpResponse<String> where =
                        http.send(
                                request(method, uri(path, operation) + "&noredirect=true", null),
                                HttpResponse.BodyHandlers.ofString());
                return http.send(
                        request(method, parse(where).path("Location").asText(), body),
                        HttpResponse.BodyHandlers.ofString());
            }
            return http.send(
                    request(method, uri(path, operation), null),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static HttpRequest request(String method, String uri, HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(uri))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : body)
                .build();
    }

    private static JsonNode parse(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response + ": " + response.body(), e);
        }
    }

    private static void check(HttpResponse<String> response, int wanted) {
        if (response.statusCode() != wanted) {
            throw new AssertionError(response + ": " + response.body());
        }
    }
}
