package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request as a configuration for curl describes it, made without curl. Immutable. */
record CurlRequest(String config) {
    private static final Pattern LINE = Pattern.compile("(url|header) = \"([^\"]+)\"");

    static CurlRequest printedBy(Millrace millrace, String... command) {
        return new CurlRequest(millrace.run(command).succeeded().out());
    }

    JsonNode post(String body) {
        return answer(request().POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    JsonNode get() {
        return answer(request().build());
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(10));
        for (String line : config.strip().split("\n")) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new AssertionError("no configuration for curl: " + line);
            }
            if (parts.group(1).equals("url")) {
                request.uri(URI.create(parts.group(2)));
            } else {
                String[] header = parts.group(2).split(": ", 2);
                request.header(header[0], header[1]);
            }
        }
        return request;
    }

    private static JsonNode answer(HttpRequest request) {
        try {
            HttpResponse<byte[]> response =
                    HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = new ObjectMapper().readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new AssertionError(
                        request.uri() + " answers " + response.statusCode() + ": " + body);
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
