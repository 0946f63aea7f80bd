package io.millrace.host.rest;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.ClusterView.VertexView;
import io.millrace.host.rest.Route.Method;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Every route of the interface, with the permission that it needs. Nothing is served that is not
 * here.
 */
final class RouteTable {
    private final RestContent content;
    private final String version;

    private RouteTable(RestContent content, String version) {
        this.content = content;
        this.version = version;
    }

    static List<Route> of(RestContent content) {
        List<Route> all = new ArrayList<>(new RouteTable(content, Version.text()).routes());
        all.addAll(new SavepointRoutes(content).routes());
        return List.copyOf(all);
    }

    private List<Route> routes() {
        return List.of(
                page("/", "index.html", "text/html; charset=utf-8"),
                page("/index.html", "index.html", "text/html; charset=utf-8"),
                page("/app.js", "app.js", "text/javascript; charset=utf-8"),
                page("/style.css", "style.css", "text/css; charset=utf-8"),
                page("/icon.svg", "icon.svg", "image/svg+xml"),
                new Route(Method.GET, "/v1/overview", Permission.VIEW, this::overview),
                new Route(Method.GET, "/v1/jobs", Permission.VIEW, this::jobs),
                new Route(Method.GET, "/v1/jobs/{job}", Permission.VIEW, this::job),
                new Route(
                        Method.GET,
                        "/v1/jobs/{job}/vertices/{vertex}",
                        Permission.VIEW,
                        this::vertex),
                new Route(
                        Method.GET,
                        "/v1/jobs/{job}/vertices/{vertex}/watermarks",
                        Permission.VIEW,
                        this::watermarks),
                new Route(
                        Method.GET, "/v1/jobs/{job}/exceptions", Permission.VIEW, this::exceptions),
                new Route(
                        Method.GET,
                        "/v1/jobs/{job}/checkpoints",
                        Permission.VIEW,
                        this::checkpoints),
                new Route(Method.PATCH, "/v1/jobs/{job}", Permission.MODIFY, this::change),
                // The cluster's proxy passes GET only; behind it nobody has a token, so this one is
                // for
                // clients that cannot send PATCH.
                new Route(
                        Method.GET, "/v1/jobs/{job}/yarn-cancel", Permission.MODIFY, this::cancel));
    }

    /**
     * A file of the page: read once, the same for everybody, and without any data of the
     * application.
     */
    private static Route page(String path, String file, String contentType) {
        Answer answer = new Answer(200, contentType, resource("/web/" + file));
        return new Route(Method.GET, path, Permission.PUBLIC, request -> answer);
    }

    private static byte[] resource(String name) {
        try (InputStream in = RouteTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new MillraceException(
                        ErrorCode.INTERNAL,
                        "the host's jar lacks " + name + ". Use a complete distribution.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private Answer overview(Request request) {
        return Answer.json(
                200,
                Views.overview(content.view(), version, content.startedAtMs(), content.troubles()));
    }

    private Answer jobs(Request request) {
        return Answer.json(200, Views.jobs(content.view(), content.nowMs()));
    }

    private Answer job(Request request) {
        return Answer.json(200, Views.job(jobOf(request), content.nowMs()));
    }

    private Answer vertex(Request request) {
        return Answer.json(200, Views.detail(vertexOf(jobOf(request), request)));
    }

    private Answer watermarks(Request request) {
        JobView job = jobOf(request);
        return Answer.json(200, TimeViews.watermarks(job, vertexOf(job, request)));
    }

    private static VertexView vertexOf(JobView job, Request request) {
        String asked = request.path().get("vertex");
        return job.vertices().stream()
                .filter(one -> String.valueOf(one.id()).equals(asked))
                .findFirst()
                .orElseThrow(
                        () ->
                                new MillraceException(
                                        ErrorCode.JOB_NOT_FOUND,
                                        "job "
                                                + job.id()
                                                + " has no such vertex; /v1/jobs/"
                                                + job.id()
                                                + " lists them."));
    }

    private Answer exceptions(Request request) {
        return Answer.json(200, Views.exceptions(jobOf(request)));
    }

    private Answer checkpoints(Request request) {
        return Answer.json(200, Views.checkpoints(jobOf(request)));
    }

    private Answer change(Request request) {
        String mode = request.query().get("mode");
        if (!"cancel".equals(mode)) {
            throw new MillraceException(
                    ErrorCode.USAGE, "a job can be changed with 'mode=cancel' only.");
        }
        return cancel(request);
    }

    private Answer cancel(Request request) {
        JobView job = jobOf(request);
        if (!job.state().isTerminal()) {
            content.cancel(job.id(), request.caller().who());
        }
        return Answer.json(202, new RestShapes.Accepted(job.id().hex(), job.state().name()));
    }

    private JobView jobOf(Request request) {
        String asked = request.path().get("job");
        try {
            JobId id = new JobId(asked);
            return content.view()
                    .job(id)
                    .orElseThrow(
                            () ->
                                    new MillraceException(
                                            ErrorCode.JOB_NOT_FOUND,
                                            "this application has no job "
                                                    + id
                                                    + "; /v1/jobs lists those that it has."));
        } catch (IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.JOB_NOT_FOUND, "a job id has 32 hexadecimal digits.", e);
        }
    }
}
