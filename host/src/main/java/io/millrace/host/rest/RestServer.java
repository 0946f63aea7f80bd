package io.millrace.host.rest;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.runtime.wire.RestTokens;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the route table over HTTP. Decides nothing: {@link Access} says who asks, the route what
 * it needs, the endpoint what to answer. Thread-safe.
 */
public final class RestServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);

    /* The limits of correctness.md S13 that belong to HTTP; a client of ours is far below each. */
    private static final int MAX_HEADER_BYTES = 8 << 10;
    private static final int MAX_URI_CHARS = 4 << 10;
    private static final String ANSWERED = "answered";
    private static final long MAX_BODY_BYTES = 1 << 20;
    private static final int MAX_THREADS = 32;
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int IDLE_MS = 30_000;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "PATCH", "POST");

    private static final Map<String, String> SECURITY_HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                            + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cache-Control",
                    "no-store");

    private final Javalin server;
    private final InetSocketAddress address;

    private RestServer(Javalin server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Listens when it returns.
     *
     * @param secret the application's, from which its tokens come
     * @throws MillraceException {@code INVALID_OPTION} if it cannot listen there
     */
    public static RestServer start(RestSettings settings, AppSecret secret, RestContent content) {
        return start(
                settings,
                new Access(
                        RestTokens.of(secret), settings.trustedProxies(), settings.loopbackView()),
                RouteTable.of(content));
    }

    static RestServer start(RestSettings settings, Access access, List<Route> routes) {
        InetAddress bound = resolve(settings.bindHost());
        Set<String> ownNames = settings.ownNames(bound);
        Javalin server =
                Javalin.create(
                        config -> {
                            quiet(config);
                            limit(config, settings, bound);
                            config.routes.before(context -> refuseOddRequests(context, ownNames));
                            for (Route route : routes) {
                                config.routes.addEndpoint(
                                        new Endpoint(
                                                HandlerType.findOrCreate(route.method().name()),
                                                route.path(),
                                                context -> serve(route, access, context)));
                            }
                            config.routes.exception(
                                    Exception.class,
                                    (e, context) -> send(context, failed(e, context)));
                            config.routes.error(404, RestServer::sayThatNothingIsThere);
                        });
        try {
            server.start();
        } catch (RuntimeException e) {
            server.stop();
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "the REST interface cannot listen on "
                            + settings.bindHost()
                            + ", port "
                            + settings.port()
                            + ": "
                            + rootMessage(e)
                            + ". Set "
                            + RestOptions.PORT
                            + " to a free port, or to 0 to let the system choose.",
                    e);
        }
        InetSocketAddress address =
                InetSocketAddress.createUnresolved(settings.bindHost(), server.port());
        LOG.info(
                "REST interface and page: http://{}:{}/",
                address.getHostString(),
                address.getPort());
        return new RestServer(server, address);
    }

    /** Host as it is advertised, and the real port. */
    public InetSocketAddress address() {
        return address;
    }

    /** Stops listening; requests that are being answered get a moment. Idempotent. */
    @Override
    public void close() {
        server.stop();
    }

    private static void quiet(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
    }

    private static void limit(JavalinConfig config, RestSettings settings, InetAddress bound) {
        config.http.maxRequestSize = MAX_BODY_BYTES;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4, IDLE_MS);
        threads.setName("rest");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(
                http -> {
                    http.setRequestHeaderSize(MAX_HEADER_BYTES);
                    http.setSendServerVersion(false);
                    http.setIdleTimeout(IDLE_MS);
                });
        config.jetty.addConnector(
                (server, http) -> connector(server, http, bound, settings.port()));
        config.jetty.modifyServer(
                server -> server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server)));
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, InetAddress bound, int port) {
        ServerConnector connector =
                new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(bound.getHostAddress());
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MS);
        return connector;
    }

    /** Refuses what no client of ours sends, before any route is looked up. */
    private static void refuseOddRequests(Context context, Set<String> ownNames) {
        String method = context.req().getMethod();
        if (!METHODS.contains(method)) {
            throw new Refused(405, ErrorCode.USAGE, "method " + method + " is not served here.");
        }
        String query = context.req().getQueryString();
        int uriChars =
                context.req().getRequestURI().length() + (query == null ? 0 : query.length());
        if (uriChars > MAX_URI_CHARS) {
            throw new Refused(
                    414, ErrorCode.USAGE, "the URI is longer than " + MAX_URI_CHARS + ".");
        }
        String name = context.req().getServerName();
        if (name == null || !ownNames.contains(name.toLowerCase(Locale.ROOT))) {
            throw new Refused(
                    421,
                    ErrorCode.NOT_PERMITTED,
                    "this server is not known by the name in the Host header. Use one of its own"
                            + " names; "
                            + RestOptions.BIND_HOST
                            + " sets it.");
        }
    }

    private static void serve(Route route, Access access, Context context)
            throws UnknownHostException {
        Caller caller =
                access.callerOf(
                        context.header("Authorization"),
                        InetAddress.getByName(context.req().getRemoteAddr()));
        if (caller.permission().covers(route.permission())) {
            send(
                    context,
                    route.endpoint()
                            .answer(
                                    new Request(
                                            context.pathParamMap(),
                                            query(context),
                                            context.body(),
                                            caller)));
        } else {
            send(context, denied(caller, route));
        }
    }

    private static Answer denied(Caller caller, Route route) {
        if (caller.permission() != Permission.PUBLIC) {
            return Answer.error(
                    403,
                    ErrorCode.NOT_PERMITTED,
                    "this needs the right to "
                            + route.permission().name().toLowerCase(Locale.ROOT)
                            + ", and the caller may only "
                            + caller.permission().name().toLowerCase(Locale.ROOT)
                            + ". Use the command line of the user who submitted the application.");
        }
        return Answer.error(
                401,
                ErrorCode.AUTHENTICATION_FAILED,
                caller.badToken()
                        ? "the token is none of this application's. The submitter's own one works."
                        : "this needs a token. Open the page through the cluster's proxy, or use"
                                + " the command line of the user who submitted the application. On"
                                + " an embedded cluster, -D rest.allow-loopback-view=true lets this"
                                + " machine look without one.");
    }

    private static Answer failed(Exception error, Context context) {
        if (error instanceof Refused refused) {
            return Answer.error(refused.status, refused.code(), bare(refused));
        }
        if (error instanceof MillraceException known) {
            return Answer.error(statusOf(known.code()), known.code(), bare(known));
        }
        LOG.error(
                "A REST request failed. method={} path={}",
                context.method(),
                context.path(),
                error);
        return Answer.error(
                500,
                ErrorCode.INTERNAL,
                "the request failed inside of Millrace; the application's log has the details.");
    }

    /** Unless a route has said what is not there. */
    private static void sayThatNothingIsThere(Context context) {
        if (context.attribute(ANSWERED) == null) {
            send(context, Answer.error(404, ErrorCode.USAGE, "there is nothing at this path."));
        }
    }

    private static int statusOf(ErrorCode code) {
        return switch (code) {
            case JOB_NOT_FOUND, OPERATION_NOT_FOUND -> 404;
            case NOT_PERMITTED -> 403;
            case AUTHENTICATION_FAILED -> 401;
            case USAGE, INVALID_OPTION, UNKNOWN_OPTION -> 400;
            case LEADERSHIP_LOST -> 503;
            default -> 500;
        };
    }

    /** The message without the code's name, which has a field of its own. */
    private static String bare(MillraceException error) {
        String prefix = error.code() + ": ";
        return error.getMessage().startsWith(prefix)
                ? error.getMessage().substring(prefix.length())
                : error.getMessage();
    }

    private static Map<String, String> query(Context context) {
        Map<String, String> query = new LinkedHashMap<>();
        context.queryParamMap()
                .forEach((name, values) -> query.put(name, values.isEmpty() ? "" : values.get(0)));
        return query;
    }

    private static void send(Context context, Answer answer) {
        context.attribute(ANSWERED, true);
        SECURITY_HEADERS.forEach(context::header);
        if (answer.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        context.status(answer.status());
        context.contentType(answer.contentType());
        context.result(answer.body());
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "option '"
                            + RestOptions.BIND_HOST
                            + "' is '"
                            + host
                            + "', which this machine cannot resolve. Use a name or address of this"
                            + " machine.",
                    e);
        }
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** A request that is refused before routing. */
    private static final class Refused extends MillraceException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, ErrorCode code, String message) {
            super(code, message);
            this.status = status;
        }
    }
}
