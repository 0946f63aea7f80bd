package io.millrace.host.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/** Status, type and bytes of a response. Immutable; the array is never written to. */
record Answer(int status, String contentType, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A record of {@link RestShapes} as JSON. */
    static Answer json(int status, Object shape) {
        try {
            return new Answer(
                    status, "application/json; charset=utf-8", JSON.writeValueAsBytes(shape));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("shapes are records of plain values", e);
        }
    }

    static Answer error(int status, ErrorCode code, String message) {
        return json(status, new RestShapes.Problem(code.name(), message));
    }

    static Answer text(String contentType, String text) {
        return new Answer(200, contentType, text.getBytes(StandardCharsets.UTF_8));
    }
}
