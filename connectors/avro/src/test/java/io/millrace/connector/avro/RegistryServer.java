package io.millrace.connector.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small schema registry in the test's process. Thread-safe. */
final class RegistryServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Integer> failures = new ArrayList<>();
    private String user; // null for anybody

    private RegistryServer(HttpServer server) {
        this.server = server;
    }

    static RegistryServer start() throws IOException {
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RegistryServer made = new RegistryServer(http);
        http.createContext("/", made::answer);
        http.start();
        return made;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What was asked, oldest first, with the user. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** The next requests are answered with these. */
    synchronized void failWith(Integer... statuses) {
        failures.addAll(List.of(statuses));
    }

    synchronized void onlyFor(String authorization) {
        user = authorization;
    }

    /** Ids begin with 1. */
    synchronized int add(String schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!failures.isEmpty()) {
            send(exchange, failures.remove(0), Map.of("message", "told to fail"));
        } else if (user != null
                && !user.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, Map.of("message", "who are you"));
        } else if (path.startsWith("/schemas/ids/")) {
            int id = Integer.parseInt(path.substring("/schemas/ids/".length()));
            if (id < 1 || id > schemas.size()) {
                send(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
            } else {
                send(exchange, 200, Map.of("schema", schemas.get(id - 1)));
            }
        } else {
            JsonNode sent = JSON.readTree(body);
            send(exchange, 200, Map.of("id", add(sent.get("schema").textValue())));
        }
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> answer)
            throws IOException {
        byte[] body = JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
