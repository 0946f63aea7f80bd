package io.millrace.host.rest;

import io.millrace.api.option.Config;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where the REST interface listens and whom it trusts. Immutable.
 *
 * @param port 0 for one that the system chooses
 * @param trustedProxies addresses of the cluster's web proxy; they may view
 * @param loopbackView whether requests from this machine may view without a token
 */
public record RestSettings(
        String bindHost, int port, Set<InetAddress> trustedProxies, boolean loopbackView) {
    public RestSettings {
        trustedProxies = Set.copyOf(trustedProxies);
    }

    /** On a cluster: reached directly with a token, or by the cluster's proxy to view. */
    public static RestSettings onCluster(
            Config config, String thisHost, Set<InetAddress> trustedProxies) {
        return new RestSettings(
                config.find(RestOptions.BIND_HOST).orElse(thisHost),
                config.get(RestOptions.PORT),
                trustedProxies,
                false);
    }

    /** In the embedded cluster. */
    public static RestSettings embedded(Config config) {
        return new RestSettings(
                config.find(RestOptions.BIND_HOST).orElse("localhost"),
                config.get(RestOptions.PORT),
                Set.of(),
                config.get(RestOptions.ALLOW_LOOPBACK_VIEW));
    }

    /**
     * The names by which a request may call this server, in lower case and without the port. A page
     * of another site that makes its name point here sends its own name, and is refused.
     */
    Set<String> ownNames(InetAddress bound) {
        Set<String> names = new LinkedHashSet<>();
        names.add(bindHost.toLowerCase(Locale.ROOT));
        names.add(literal(bound));
        if (bound.isAnyLocalAddress() || bound.isLoopbackAddress()) {
            names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        }
        if (bound.isAnyLocalAddress()) {
            LocalNames.addTo(names);
        }
        return Set.copyOf(names);
    }

    static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        return bare.indexOf(':') < 0 ? bare : "[" + bare + "]";
    }
}
