package io.millrace.runtime.checkpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The directories of checkpoints that are over, of one job under one leader: when which goes.
 * Confined to the coordinator's thread; reads no clock and no storage.
 *
 * <p>Deleting is a call of the NameNode for each directory. So a small one waits, and goes with the
 * part of the epoch that it lies in, when nothing can be written there any more and nothing in it
 * is needed. A large one goes at once: it takes room.
 */
public final class SpentDirectories {
    private final Set<String> waiting = new TreeSet<>(); // <part>/<checkpoint id>
    private final Set<Long> parts = new TreeSet<>(); // that have had one

    /**
     * Some more are over.
     *
     * @param spent in none of which anything is needed
     * @param dropped the checkpoints that they were of
     * @param needed all other checkpoints that are complete
     * @param firstPart in which a checkpoint may still be written
     * @return what goes now
     */
    public Garbage take(
            Garbage spent,
            Collection<CheckpointFiles> dropped,
            Collection<CheckpointFiles> needed,
            long firstPart) {
        Set<String> now = new TreeSet<>();
        for (String directory : spent.directories()) {
            long part = partOf(directory);
            if (!EpochParts.isPart(part)) {
                now.add(directory);
                continue;
            }
            parts.add(part);
            if (dropped.stream().anyMatch(one -> one.hasMuchIn(directory))) {
                now.add(directory);
            } else {
                waiting.add(directory);
            }
        }
        Set<Long> inUse = partsOf(needed);
        for (long part : List.copyOf(parts)) {
            if (part < firstPart && !inUse.contains(part)) {
                parts.remove(part);
                waiting.removeIf(directory -> partOf(directory) == part);
                now.removeIf(directory -> partOf(directory) == part);
                now.add(String.valueOf(part));
            }
        }
        return new Garbage(List.copyOf(now), spent.files());
    }

    /** Those that wait, of a job that ends and writes nothing more. */
    public Garbage takeAll() {
        Garbage all = new Garbage(new ArrayList<>(waiting), List.of());
        waiting.clear();
        return all;
    }

    private static Set<Long> partsOf(Collection<CheckpointFiles> checkpoints) {
        Set<Long> parts = new TreeSet<>();
        for (CheckpointFiles one : checkpoints) {
            parts.add(one.epoch());
            one.files().stream()
                    .filter(CheckpointDirectory::isRelative)
                    .forEach(file -> parts.add(partOf(file)));
        }
        return parts;
    }

    private static long partOf(String name) {
        int end = name.indexOf('/');
        return Long.parseLong(end < 0 ? name : name.substring(0, end));
    }
}
