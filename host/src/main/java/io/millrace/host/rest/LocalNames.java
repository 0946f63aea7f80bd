package io.millrace.host.rest;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names and addresses of this machine, for a server that listens on all of them. */
final class LocalNames {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNames.class);

    private LocalNames() {}

    static void addTo(Set<String> names) {
        try {
            InetAddress local = InetAddress.getLocalHost();
            names.add(local.getHostName().toLowerCase(Locale.ROOT));
            names.add(local.getCanonicalHostName().toLowerCase(Locale.ROOT));
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(address -> names.add(RestSettings.literal(address)));
        } catch (UnknownHostException | SocketException e) {
            LOG.warn(
                    "Did not find all names of this machine; requests that use others are refused."
                            + " Set {} to one of them.",
                    RestOptions.BIND_HOST,
                    e);
        }
    }
}
