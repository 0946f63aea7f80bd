package io.millrace.yarn.master;

import java.util.List;

/**
 * Which nodes container requests name: hosts that have what the workers will read. Decides, touches
 * nothing. Confined to the driver's thread.
 *
 * <p>Hosts are dealt out to requests by turns, three neighbours to each as blocks have three
 * replicas, so that workers do not crowd on the best one. YARN gives what is on other nodes when
 * there has been no room on these for a while.
 */
final class NodeWishes {
    private static final int HOSTS_OF_REQUEST = 3;

    private List<String> hosts = List.of();
    private int next;

    /** From now on these, the best first; empty for none. */
    void wish(List<String> hosts) {
        this.hosts = List.copyOf(hosts);
        this.next = 0;
    }

    /** For the next request; empty if it makes no difference. */
    List<String> take() {
        if (hosts.isEmpty()) {
            return List.of();
        }
        int first = next++ % hosts.size();
        return List.copyOf(hosts.subList(first, Math.min(first + HOSTS_OF_REQUEST, hosts.size())));
    }
}
