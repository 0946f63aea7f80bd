package io.millrace.client.job;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an application master says of an operation. Immutable.
 *
 * @param over whether it has ended; then there is a location or a failure
 * @param state {@code PENDING}, {@code RUNNING}, {@code COMPLETED} or {@code FAILED}
 * @param place where its savepoint is to be; null before it has a place
 * @param location of the savepoint, or null
 * @param failureCode null unless it has failed
 * @param note what else must be known, or null
 */
public record OperationAnswer(
        boolean over,
        String state,
        String place,
        String location,
        String failureCode,
        String failureText,
        String note) {

    static OperationAnswer of(JsonNode body) {
        JsonNode outcome = body.path("operation");
        JsonNode failure = outcome.path("failure-cause");
        return new OperationAnswer(
                "COMPLETED".equals(body.path("status").path("id").asText()),
                body.path("state").asText("PENDING"),
                text(body, "place"),
                text(outcome, "location"),
                text(failure, "class"),
                text(failure, "message"),
                text(outcome, "note"));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    /** Its application is gone, and the savepoint is there. */
    public static OperationAnswer foundAt(String path) {
        return new OperationAnswer(true, "COMPLETED", path, path, null, null, null);
    }
}
