package io.millrace.connector.file;

import io.millrace.api.file.HostNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a reader a split with bytes on its own host, if there is one, else one that the fewest
 * other readers could have read from their own. Nobody waits for a better one. Confined to the
 * enumerator's thread.
 */
/* A split's demand is the number of hosts with its bytes from which somebody has asked. The queue of a
 * host, and that of all splits, has a row for each demand, and the lowest is served first: so what is
 * left is what others can take. A host that asks for the first time raises the demand of its splits:
 * they are put into the next rows, too, and where they stood before they are passed over. A split stands
 * in as many rows as it has copies, times that again, so a request costs the same however many there are.
 */
public class LocalityAwareSplitAssigner implements FileSplitAssigner {
    private final Rows all = new Rows();
    private final Map<String, Rows> byHost = new HashMap<>();
    private final Set<String> readers = new HashSet<>();
    private List<Waiting> inOrder = new ArrayList<>();
    private int left;

    /** A split that nobody has, until it is taken. */
    private static final class Waiting {
        final FileSourceSplit split;
        final Set<String> hosts = new HashSet<>();
        int demand;
        boolean taken;

        Waiting(FileSourceSplit split) {
            this.split = split;
        }
    }

    /** Splits by their demand, those of one demand in their order. */
    private static final class Rows {
        private final List<ArrayDeque<Waiting>> byDemand = new ArrayList<>();

        void add(Waiting waiting) {
            while (byDemand.size() <= waiting.demand) {
                byDemand.add(new ArrayDeque<>());
            }
            byDemand.get(waiting.demand).add(waiting);
        }

        /** Null if there is none. */
        Waiting first() {
            for (int demand = 0; demand < byDemand.size(); demand++) {
                ArrayDeque<Waiting> row = byDemand.get(demand);
                while (!row.isEmpty()) {
                    Waiting next = row.remove();
                    if (!next.taken && next.demand == demand) {
                        return next;
                    }
                }
            }
            return null;
        }

        List<Waiting> of() {
            List<Waiting> waiting = new ArrayList<>();
            for (int demand = 0; demand < byDemand.size(); demand++) {
                for (Waiting each : byDemand.get(demand)) {
                    if (!each.taken && each.demand == demand) {
                        waiting.add(each);
                    }
                }
            }
            return waiting;
        }
    }

    public LocalityAwareSplitAssigner(Collection<FileSourceSplit> splits) {
        addSplits(splits);
    }

    @Override
    public Optional<FileSourceSplit> getNext(String hostname) {
        Waiting next = hostname == null ? null : ofHost(HostNames.key(hostname));
        if (next == null) {
            next = all.first();
        }
        if (next == null) {
            return Optional.empty();
        }
        next.taken = true;
        left--;
        return Optional.of(next.split);
    }

    /** Null if there is none. */
    private Waiting ofHost(String host) {
        Rows own = byHost.get(host);
        if (readers.add(host) && own != null) {
            for (Waiting waiting : own.of()) {
                waiting.demand++;
                addToRows(waiting);
            }
        }
        return own == null ? null : own.first();
    }

    private void addToRows(Waiting waiting) {
        all.add(waiting);
        waiting.hosts.forEach(host -> byHost.computeIfAbsent(host, h -> new Rows()).add(waiting));
    }

    @Override
    public void addSplits(Collection<FileSourceSplit> newSplits) {
        forgetTaken();
        for (FileSourceSplit split : newSplits) {
            Waiting waiting = new Waiting(split);
            for (String host : split.hostnames()) {
                waiting.hosts.add(HostNames.key(host));
            }
            waiting.demand = (int) waiting.hosts.stream().filter(readers::contains).count();
            addToRows(waiting);
            inOrder.add(waiting);
            left++;
        }
    }

    @Override
    public Collection<FileSourceSplit> remainingSplits() {
        forgetTaken();
        return new ArrayList<>(inOrder.stream().map(waiting -> waiting.split).toList());
    }

    private void forgetTaken() {
        if (left < inOrder.size()) {
            List<Waiting> kept = new ArrayList<>(left);
            inOrder.stream().filter(waiting -> !waiting.taken).forEach(kept::add);
            inOrder = kept;
        }
    }

    @Override
    public String toString() {
        return left + " splits on " + byHost.size() + " hosts left";
    }
}
