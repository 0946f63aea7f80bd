package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives one subtask its share of what the earlier subtasks of an operator had. Pure.
 *
 * <pre>
 * keyed, timers   parts that have a key group of the subtask
 * split list      at the same parallelism its own; else its even run of all items, in order
 * union list      all parts
 * broadcast       one part, chosen by subtask
 * channel         keyed: as keyed; else at the same parallelism its own, else whole ones in turn
 * </pre>
 */
final class PartDealer {
    private final OperatorEntry entry;
    private final int subtask;
    private final int parallelism;
    private final int firstKeyGroup;
    private final int lastKeyGroup;

    PartDealer(OperatorEntry entry, int subtask, int parallelism) {
        this.entry = entry;
        this.subtask = subtask;
        this.parallelism = parallelism;
        this.firstKeyGroup = KeyGroups.first(subtask, parallelism, entry.maxParallelism());
        this.lastKeyGroup = KeyGroups.last(subtask, parallelism, entry.maxParallelism());
    }

    /** A part and the subtask that had it. */
    private record Held(StatePart part, int subtask) {
        RestoredPart whole() {
            return new RestoredPart(part, subtask, 0, part.items());
        }
    }

    List<RestoredPart> parts() {
        Map<StatePart.Kind, Map<String, List<Held>>> byKind = new TreeMap<>();
        for (int old = 0; old < entry.subtasks().size(); old++) {
            for (StatePart part : entry.subtasks().get(old).parts()) {
                byKind.computeIfAbsent(part.kind(), kind -> new TreeMap<>())
                        .computeIfAbsent(part.name(), name -> new ArrayList<>())
                        .add(new Held(part, old));
            }
        }
        List<RestoredPart> mine = new ArrayList<>();
        byKind.forEach(
                (kind, byName) -> byName.values().forEach(held -> mine.addAll(share(kind, held))));
        return mine;
    }

    private List<RestoredPart> share(StatePart.Kind kind, List<Held> held) {
        return switch (kind) {
            case KEYED, TIMERS -> keyed(held);
            case SPLIT_LIST -> items(held);
            case UNION_LIST -> held.stream().map(Held::whole).toList();
            case BROADCAST -> List.of(held.get(subtask % held.size()).whole());
            case CHANNEL -> throw new IllegalArgumentException("a channel among operator state");
        };
    }

    private List<RestoredPart> keyed(List<Held> held) {
        return held.stream()
                .filter(h -> h.part().firstKeyGroup() <= lastKeyGroup)
                .filter(h -> h.part().lastKeyGroup() >= firstKeyGroup)
                .map(Held::whole)
                .toList();
    }

    private List<RestoredPart> items(List<Held> held) {
        if (isSame()) {
            return held.stream().filter(h -> h.subtask() == subtask).map(Held::whole).toList();
        }
        long total = held.stream().mapToLong(h -> h.part().items()).sum();
        long from = total * subtask / parallelism;
        long to = total * (subtask + 1) / parallelism;
        List<RestoredPart> mine = new ArrayList<>();
        long before = 0;
        for (Held h : held) {
            int first = (int) Math.max(0, from - before);
            int end = (int) Math.min(h.part().items(), to - before);
            if (first < end) {
                mine.add(new RestoredPart(h.part(), h.subtask(), first, end));
            }
            before += h.part().items();
        }
        return mine;
    }

    /** Records that were on their way; those of one channel stay together and in order. */
    List<RestoredPart> channels() {
        List<RestoredPart> mine = new ArrayList<>();
        int turn = 0;
        for (int old = 0; old < entry.subtasks().size(); old++) {
            SubtaskEntry had = entry.subtasks().get(old);
            for (StatePart part : had.channels()) {
                Held held = new Held(part, old);
                if (isSame()) {
                    if (old == subtask) {
                        mine.add(held.whole());
                    }
                } else if (part.lastKeyGroup() >= 0) {
                    mine.addAll(keyed(List.of(held)));
                } else if (turn++ % parallelism == subtask) {
                    mine.add(held.whole());
                }
            }
        }
        return mine;
    }

    private boolean isSame() {
        return entry.parallelism() == parallelism;
    }
}
