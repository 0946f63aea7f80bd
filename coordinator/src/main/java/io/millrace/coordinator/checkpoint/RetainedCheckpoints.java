package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.checkpoint.CheckpointFiles;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.EpochParts;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SpentDirectories;
import io.millrace.runtime.checkpoint.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The checkpoints of a job that exist, and which files nobody needs any more. Confined to the
 * coordinator's thread.
 *
 * <p>Files are counted from manifests: one goes when no retained manifest names it, which is
 * decided after the pointer has dropped the last one that did. A checkpoint that was under way then
 * may still refer to files of the one that was dropped, so they wait until it has ended.
 */
final class RetainedCheckpoints {
    /**
     * One that the pointer names.
     *
     * @param manifest null if it cannot be read
     */
    record Retained(CheckpointRecord record, Manifest manifest) {
        long id() {
            return record.checkpointId();
        }

        private CheckpointFiles files() {
            return manifest == null
                    ? new CheckpointFiles(record.epoch(), id(), Set.of())
                    : CheckpointFiles.of(manifest);
        }

        private Stream<StoredFile> stored() {
            return manifest == null ? Stream.of() : manifest.files().stream();
        }
    }

    /**
     * One that the pointer names no more.
     *
     * @param highestId of all that had begun by then
     */
    private record Dropped(Retained checkpoint, long highestId) {}

    private final int count;
    private final List<Retained> retained = new ArrayList<>();
    private final List<Dropped> dropped = new ArrayList<>();
    private final SpentDirectories spent = new SpentDirectories();
    private final Set<Long> broken = new TreeSet<>();
    private final Set<Long> suspect = new TreeSet<>();

    RetainedCheckpoints(int count) {
        this.count = count;
    }

    /** As the pointer had it, the oldest first. */
    void restore(List<Retained> found) {
        retained.addAll(found);
        found.stream().filter(r -> r.manifest() == null).forEach(r -> broken.add(r.id()));
    }

    /**
     * The youngest one that is not known to be broken, or null. A suspect one only if all are: who
     * restores it finds out.
     */
    Retained latest() {
        Retained last = null;
        for (int i = retained.size() - 1; i >= 0; i--) {
            Retained one = retained.get(i);
            if (!broken.contains(one.id())) {
                if (!suspect.contains(one.id())) {
                    return one;
                }
                last = last == null ? one : last;
            }
        }
        return last;
    }

    /**
     * Files were found damaged.
     *
     * @return whether a checkpoint that needs one of them has become suspect by that
     */
    boolean suspect(List<String> files) {
        boolean news = false;
        for (Retained one : retained) {
            if (one.stored().anyMatch(file -> files.contains(file.file()))) {
                news |= suspect.add(one.id());
            }
        }
        return news;
    }

    /** Files that all of them may need are gone. */
    void suspectAll() {
        retained.forEach(one -> suspect.add(one.id()));
    }

    boolean isYoungestSuspect() {
        return !retained.isEmpty() && suspect.contains(retained.get(retained.size() - 1).id());
    }

    /** It cannot be restored after all; returns false if that is no news, or there is none. */
    boolean markBroken(long id) {
        return has(id) && broken.add(id);
    }

    boolean isEmpty() {
        return retained.isEmpty();
    }

    /** Whether there is one, and none needs a file of another job. */
    boolean standAlone() {
        return !retained.isEmpty()
                && retained.stream()
                        .allMatch(one -> one.manifest() != null && one.manifest().standsAlone());
    }

    int size() {
        return retained.size();
    }

    boolean has(long id) {
        return retained.stream().anyMatch(r -> r.id() == id);
    }

    /** The records that stay when one more is stored: the last ones that are not broken. */
    List<CheckpointRecord> keep() {
        List<CheckpointRecord> good =
                retained.stream()
                        .filter(r -> !broken.contains(r.id()))
                        .map(Retained::record)
                        .toList();
        return good.subList(Math.max(0, good.size() - count + 1), good.size());
    }

    /**
     * The pointer names this one now, and of those before it the ones to keep.
     *
     * @param highestId of all that have begun
     */
    void stored(Retained stored, long highestId) {
        List<CheckpointRecord> keep = keep();
        for (Retained one : List.copyOf(retained)) {
            if (!keep.contains(one.record())) {
                retained.remove(one);
                suspect.remove(one.id());
                dropped.add(new Dropped(one, highestId));
            }
        }
        retained.add(stored);
    }

    /**
     * Takes what can be deleted.
     *
     * @param lowestId of the checkpoints under way; one more than the highest if there are none
     * @param epoch of this leader
     */
    Garbage takeGarbage(long lowestId, long epoch) {
        List<CheckpointFiles> released =
                dropped.stream()
                        .filter(one -> one.highestId() < lowestId)
                        .map(one -> one.checkpoint().files())
                        .toList();
        dropped.removeIf(one -> one.highestId() < lowestId);
        List<CheckpointFiles> needed = known().map(Retained::files).toList();
        return spent.take(
                Garbage.released(released, needed),
                released,
                needed,
                EpochParts.of(epoch, lowestId));
    }

    /** Takes what waits to be deleted, of a job that writes no checkpoint any more. */
    Garbage takeLastGarbage() {
        return spent.takeAll();
    }

    private Stream<Retained> known() {
        return Stream.concat(retained.stream(), dropped.stream().map(Dropped::checkpoint));
    }

    /** A file that some checkpoint has, or null if none has it. */
    StoredFile file(String name) {
        return known().flatMap(Retained::stored)
                .filter(known -> known.file().equals(name))
                .findFirst()
                .orElse(null);
    }
}
