package io.millrace.coordinator.job;

import io.millrace.runtime.message.WorkerAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the subtasks of a stage had best run: near the results that they read. Decides; places
 * nothing. Confined to the coordinator's thread.
 */
/* A place is worth going to if it has more than half of the bytes, or a fifth and twice as many as the
 * places have on the average: what is dealt out evenly draws nobody anywhere, or all readers of a stage
 * would crowd where a byte more lies. A region that may start has all its results, so what was found
 * for it stays true until one of them goes. */
final class Nearness {
    private final StageVolumes volumes;
    private final Map<Region, Places> found = new LinkedHashMap<>();
    private long losses;

    Nearness(StageVolumes volumes) {
        this.volumes = volumes;
    }

    /**
     * Where to run.
     *
     * @param workers that have much of it, those with more first
     * @param hosts likewise, for when these workers have no slots: what another worker of the host
     *     has written does not cross the network
     */
    record Places(List<String> workers, List<String> hosts) {
        static final Places ANY = new Places(List.of(), List.of());
    }

    /** For a region that has all that it reads. */
    Places of(Region region) {
        if (losses != volumes.losses()) {
            losses = volumes.losses();
            found.clear();
        }
        return found.computeIfAbsent(region, each -> of(volumes.bytesByWriter(each)));
    }

    /** The region runs, and is not asked about for a while. */
    void forget(Region region) {
        found.remove(region);
    }

    static Places of(Map<WorkerAddress, Long> bytes) {
        if (bytes.isEmpty()) {
            return Places.ANY;
        }
        TreeMap<String, Long> byWorker = new TreeMap<>();
        TreeMap<String, Long> byHost = new TreeMap<>();
        bytes.forEach(
                (worker, each) -> {
                    byWorker.merge(worker.workerId(), each, Long::sum);
                    byHost.merge(worker.host(), each, Long::sum);
                });
        return new Places(withMuch(byWorker), withMuch(byHost));
    }

    private static List<String> withMuch(TreeMap<String, Long> bytes) {
        long all = bytes.values().stream().mapToLong(Long::longValue).sum();
        return bytes.entrySet().stream()
                .filter(place -> isMuch(place.getValue(), all, bytes.size()))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isMuch(long bytes, long all, int places) {
        return 2 * bytes > all || all > 0 && 5 * bytes >= all && places * bytes >= 2 * all;
    }
}
