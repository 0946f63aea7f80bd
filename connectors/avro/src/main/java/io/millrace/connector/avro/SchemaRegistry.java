package io.millrace.connector.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Asks a schema registry that speaks Confluent's protocol, and remembers what it said: schemas of
 * ids and ids of schemas never change. Confined to its task, which waits for answers.
 */
final class SchemaRegistry {
    private static final String CONTENT = "application/vnd.schemaregistry.v1+json";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 4;
    private static final long FIRST_PAUSE_MS = 200;

    /** How the task waits before it asks again. */
    @FunctionalInterface
    interface Pause {
        void waitMs(long ms) throws InterruptedException;
    }

    private final RegistryAddress address;
    private final Pause pause;
    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();

    SchemaRegistry(RegistryAddress address, Pause pause) {
        this.address = address;
        this.pause = pause;
        this.client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    }

    /** The schema of an id. */
    Schema schemaOf(int id) throws IOException {
        Schema known = schemas.get(id);
        if (known == null) {
            JsonNode answer = ask("schema " + id, request("/schemas/ids/" + id).GET());
            known = parsed(answer, "schema " + id);
            checkRoom(schemas.size());
            schemas.put(id, known);
        }
        return known;
    }

    /** Registers the schema under a subject, if it is not there yet; returns its id. */
    int idOf(String subject, Schema schema) throws IOException {
        String text = schema.toString();
        String key = subject + '\n' + text;
        Integer known = ids.get(key);
        if (known == null) {
            String body = json.writeValueAsString(Map.of("schema", text));
            JsonNode answer =
                    ask(
                            "the id of " + schema.getFullName() + " under '" + subject + "'",
                            request("/subjects/" + encoded(subject) + "/versions")
                                    .header("Content-Type", CONTENT)
                                    .POST(BodyPublishers.ofString(body)));
            if (!answer.path("id").isInt()) {
                throw new IOException("The registry at " + address + " gave no id: " + answer);
            }
            known = answer.get("id").intValue();
            checkRoom(ids.size());
            ids.put(key, known);
        }
        return known;
    }

    private void checkRoom(int used) {
        if (used >= address.capacity()) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "more than "
                            + address.capacity()
                            + " schemas of the registry at "
                            + address
                            + " are in use by one task. Raise identityMapCapacity, or check why there"
                            + " are so many.");
        }
    }

    private Schema parsed(JsonNode answer, String what) throws IOException {
        String kind = answer.path("schemaType").asText("AVRO");
        if (!kind.equals("AVRO") || !answer.path("schema").isTextual()) {
            throw new MillraceException(
                    ErrorCode.INPUT_MALFORMED,
                    what
                            + " of the registry at "
                            + address
                            + " is not of Avro but of "
                            + kind
                            + ".");
        }
        try {
            return new Schema.Parser().parse(answer.get("schema").textValue());
        } catch (SchemaParseException e) {
            throw new IOException(
                    what + " of the registry at " + address + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.url() + path))
                        .timeout(TIMEOUT)
                        .header("Accept", CONTENT);
        if (address.userInfo() != null) {
            byte[] user = address.userInfo().getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        return request;
    }

    private JsonNode ask(String what, HttpRequest.Builder request) throws IOException {
        try {
            for (int attempt = 1; ; attempt++) {
                String problem;
                IOException cause = null;
                try {
                    HttpResponse<String> response =
                            client.send(request.build(), BodyHandlers.ofString());
                    int status = response.statusCode();
                    if (status == 200) {
                        return json.readTree(response.body());
                    }
                    if (status < 500 && status != 429) {
                        throw refused(what, status, response.body());
                    }
                    problem = "it answers with " + status + " " + shown(response.body());
                } catch (IOException e) {
                    problem = e.getClass().getSimpleName() + " " + e.getMessage();
                    cause = e;
                }
                if (attempt == ATTEMPTS) {
                    throw new MillraceException(
                            ErrorCode.STORAGE_FAILED,
                            "could not ask the schema registry at "
                                    + address
                                    + " for "
                                    + what
                                    + " in "
                                    + ATTEMPTS
                                    + " attempts: "
                                    + problem
                                    + ". Check that it runs and can be reached from this host.",
                            cause);
                }
                pause.waitMs(FIRST_PAUSE_MS << attempt);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the schema registry was asked", e);
        }
    }

    private MillraceException refused(String what, int status, String body) {
        ErrorCode code =
                switch (status) {
                    case 401 -> ErrorCode.AUTHENTICATION_FAILED;
                    case 403 -> ErrorCode.PERMISSION_DENIED;
                    case 404 -> ErrorCode.INPUT_MALFORMED;
                    case 409, 422 -> ErrorCode.SCHEMA_INCOMPATIBLE;
                    default -> ErrorCode.STORAGE_FAILED;
                };
        String advice =
                switch (status) {
                    case 401 -> "Set basic.auth.user.info of the registry's options.";
                    case 403 -> "Grant the user of the registry's options the subject.";
                    case 404 ->
                            "Check that the message comes from this registry, and that the subject"
                                    + " exists.";
                    case 409 ->
                            "The schema cannot take the place of the ones before it: change it, or"
                                    + " the compatibility of the subject.";
                    default -> "See the log of the registry.";
                };
        return new MillraceException(
                code,
                "the schema registry at "
                        + address
                        + " refuses "
                        + what
                        + " with "
                        + status
                        + ": "
                        + shown(body)
                        + ". "
                        + advice);
    }

    private static String shown(String body) {
        return body.length() <= 300 ? body : body.substring(0, 300) + "…";
    }
}
