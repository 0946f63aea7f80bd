package io.millrace.coordinator.schedule;

import io.millrace.api.file.HostNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** On which hosts further workers had best be. Pure. */
public final class NearHosts {
    /** Wishes for more hosts than this are wishes for any. */
    private static final int MOST = 100;

    private NearHosts() {}

    /**
     * Each wished host once, in the order of the first wish for it, but those behind the others
     * that have more workers already.
     *
     * @param wishes the best first
     * @param workers the host of each worker that exists
     */
    public static List<String> of(Collection<String> wishes, Collection<String> workers) {
        Map<String, Integer> there = new LinkedHashMap<>();
        workers.forEach(host -> there.merge(HostNames.key(host), 1, Integer::sum));
        Map<String, String> distinct = new LinkedHashMap<>();
        wishes.forEach(host -> distinct.putIfAbsent(HostNames.key(host), host));
        List<String> hosts = new ArrayList<>(distinct.values());
        hosts.sort(Comparator.comparingInt(host -> there.getOrDefault(HostNames.key(host), 0)));
        return List.copyOf(hosts.subList(0, Math.min(MOST, hosts.size())));
    }
}
