package io.millrace.yarn.master;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.webapp.util.WebAppUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses from which YARN's web proxy calls: the configured proxy, or the ResourceManagers,
 * which then are the proxy. Pure but for name resolution.
 */
final class ProxyAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyAddresses.class);

    private ProxyAddresses() {}

    static Set<InetAddress> of(Configuration configuration) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (String hostAndPort : WebAppUtils.getProxyHostsAndPortsForAmFilter(configuration)) {
            int colon = hostAndPort.lastIndexOf(':');
            String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
            try {
                addresses.addAll(Arrays.asList(InetAddress.getAllByName(host)));
            } catch (UnknownHostException e) {
                LOG.warn(
                        "the web proxy's host is unknown here, its pages will be refused host={}",
                        host);
            }
        }
        return addresses;
    }
}
