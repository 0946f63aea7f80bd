package io.millrace.host.rest;

import io.millrace.runtime.wire.RestTokens;
import java.net.InetAddress;
import java.util.Set;

/**
 * Decides what a caller may do, from the token that it shows or the address that it comes from.
 * Nobody gets more than the page's own files without one of them. Immutable.
 *
 * <ul>
 *   <li>A bearer token gives what it was made for. A wrong one gives nothing, wherever it comes
 *       from.
 *   <li>An address of {@code trustedProxies} gives {@link Permission#VIEW}: the proxy has asked the
 *       cluster's access lists. It never gives more, since a proxy carries anybody's browser.
 *   <li>The loopback address gives {@code VIEW} if {@code loopbackView} is set: for the embedded
 *       cluster, whose whole process belongs to the one who looks.
 * </ul>
 */
final class Access {
    private static final String BEARER = "Bearer ";

    private final RestTokens tokens;
    private final Set<InetAddress> trustedProxies;
    private final boolean loopbackView;

    Access(RestTokens tokens, Set<InetAddress> trustedProxies, boolean loopbackView) {
        this.tokens = tokens;
        this.trustedProxies = Set.copyOf(trustedProxies);
        this.loopbackView = loopbackView;
    }

    /**
     * @param authorization the request's header, or null
     */
    Caller callerOf(String authorization, InetAddress peer) {
        String from = peer.getHostAddress();
        if (authorization != null) {
            return ofToken(authorization, from);
        }
        if (trustedProxies.contains(peer)) {
            return new Caller(Permission.VIEW, "proxy " + from, false);
        }
        if (loopbackView && peer.isLoopbackAddress()) {
            return new Caller(Permission.VIEW, "this machine", false);
        }
        return new Caller(Permission.PUBLIC, from, false);
    }

    private Caller ofToken(String authorization, String from) {
        String token =
                authorization.startsWith(BEARER)
                        ? authorization.substring(BEARER.length()).trim()
                        : null;
        return switch (tokens.rightOf(token)) {
            case NOTHING -> new Caller(Permission.PUBLIC, from, true);
            case VIEW -> new Caller(Permission.VIEW, "token holder at " + from, false);
            case MODIFY -> new Caller(Permission.MODIFY, "token holder at " + from, false);
        };
    }
}
