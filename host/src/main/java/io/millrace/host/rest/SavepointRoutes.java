package io.millrace.host.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.host.rest.Route.Method;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Asks for savepoints, ends of jobs with one and other parallelisms, and tells what has become of
 * them, in the shapes of Flink's interface. Thread-safe.
 */
final class SavepointRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RestContent content;

    SavepointRoutes(RestContent content) {
        this.content = content;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        Method.POST,
                        "/v1/jobs/{job}/savepoints",
                        Permission.MODIFY,
                        this::savepoint),
                new Route(Method.POST, "/v1/jobs/{job}/stop", Permission.MODIFY, this::stop),
                new Route(
                        Method.GET,
                        "/v1/jobs/{job}/savepoints/{trigger}",
                        Permission.VIEW,
                        this::outcome),
                new Route(
                        Method.POST, "/v1/jobs/{job}/rescaling", Permission.MODIFY, this::rescale),
                new Route(
                        Method.GET,
                        "/v1/jobs/{job}/rescaling/{trigger}",
                        Permission.VIEW,
                        this::outcome));
    }

    private Answer rescale(Request request) {
        JsonNode body = body(request);
        JsonNode parallelism = body.path("parallelism");
        if (!parallelism.isInt() || parallelism.intValue() < 1) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "the body needs a \"parallelism\", a whole number from 1"
                            + (parallelism.isMissingNode() ? "." : ", not " + parallelism + "."));
        }
        boolean withSavepoint =
                body.path("savepoint").asBoolean() || text(body, "target-directory") != null;
        return ask(
                withSavepoint
                        ? Operation.rescaleWithSavepoint(
                                idOf(body),
                                jobOf(request),
                                parallelism.intValue(),
                                text(body, "target-directory"),
                                format(body),
                                request.caller().who())
                        : Operation.rescale(
                                idOf(body),
                                jobOf(request),
                                parallelism.intValue(),
                                request.caller().who()));
    }

    private Answer savepoint(Request request) {
        JsonNode body = body(request);
        return ask(
                request,
                body,
                body.path("cancel-job").asBoolean()
                        ? OperationKind.CANCEL_WITH_SAVEPOINT
                        : OperationKind.SAVEPOINT,
                text(body, "target-directory"));
    }

    private Answer stop(Request request) {
        JsonNode body = body(request);
        return ask(
                request,
                body,
                body.path("drain").asBoolean()
                        ? OperationKind.DRAIN_WITH_SAVEPOINT
                        : OperationKind.STOP_WITH_SAVEPOINT,
                text(body, "targetDirectory"));
    }

    private Answer ask(Request request, JsonNode body, OperationKind kind, String target) {
        return ask(
                new Operation(
                        idOf(body),
                        jobOf(request),
                        kind,
                        target,
                        format(body),
                        request.caller().who()));
    }

    /** The one that was given, or a new one. */
    private static String idOf(JsonNode body) {
        String given = text(body, "triggerId");
        String id = given == null ? UUID.randomUUID().toString().replace("-", "") : given;
        if (!Operation.isId(id)) {
            throw new MillraceException(
                    ErrorCode.USAGE, "a triggerId has 1 to 64 letters, digits, - and _.");
        }
        return id;
    }

    private Answer ask(Operation asked) {
        content.view()
                .operation(asked.id())
                .map(OperationView::operation)
                .filter(
                        known ->
                                !known.jobId().equals(asked.jobId())
                                        || known.kind() != asked.kind()
                                        || known.parallelism() != asked.parallelism())
                .ifPresent(
                        known -> {
                            throw new MillraceException(
                                    ErrorCode.USAGE,
                                    "the triggerId belongs to a "
                                            + known.kind()
                                            + " of job "
                                            + known.jobId()
                                            + "; choose another one, or leave it out.");
                        });
        content.request(asked);
        return Answer.json(202, Map.of("request-id", asked.id()));
    }

    private static SavepointFormatType format(JsonNode body) {
        String text = text(body, "formatType");
        if (text == null) {
            return SavepointFormatType.DEFAULT;
        }
        try {
            return SavepointFormatType.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new MillraceException(ErrorCode.USAGE, "a formatType is CANONICAL or NATIVE.", e);
        }
    }

    private Answer outcome(Request request) {
        JobId jobId = jobOf(request);
        String id = request.path().get("trigger");
        OperationView view =
                content.view()
                        .operation(id)
                        .filter(known -> known.operation().jobId().equals(jobId))
                        .orElseThrow(
                                () ->
                                        new MillraceException(
                                                ErrorCode.OPERATION_NOT_FOUND,
                                                "this application knows no operation of this id of"
                                                        + " job "
                                                        + jobId
                                                        + "."));
        return Answer.json(200, RestShapes.Outcome.of(view, failureOf(view.failure())));
    }

    private static RestShapes.FailureCause failureOf(FailureReport failure) {
        return failure == null
                ? null
                : new RestShapes.FailureCause(
                        failure.code().name(), failure.summary(), failure.headline());
    }

    private static JsonNode body(Request request) {
        if (request.body().isBlank()) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode body = JSON.readTree(request.body());
            if (!body.isObject()) {
                throw new MillraceException(ErrorCode.USAGE, "the body is not a JSON object.");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new MillraceException(ErrorCode.USAGE, "the body is not JSON.", e);
        }
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }

    private static JobId jobOf(Request request) {
        try {
            return new JobId(request.path().get("job"));
        } catch (IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.JOB_NOT_FOUND, "a job id has 32 hexadecimal digits.", e);
        }
    }
}
