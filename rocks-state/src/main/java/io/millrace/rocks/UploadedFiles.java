package io.millrace.rocks;

import io.millrace.runtime.checkpoint.SegmentRef;
import java.util.HashMap;
import java.util.Map;

/**
 * Where checkpoints have the files of a database that never change. Immutable.
 *
 * @param byName files of this database alone: another one's of the same name is another file
 * @param writtenBytes by file of a checkpoint: how much this database has written there
 */
record UploadedFiles(Map<String, SegmentRef> byName, Map<String, Long> writtenBytes) {
    static final UploadedFiles NONE = new UploadedFiles(Map.of(), Map.of());

    /** A file of a checkpoint of which less is in use is not kept for that. */
    private static final int MIN_USED_PERCENT = 30;

    UploadedFiles {
        byName = Map.copyOf(byName);
        writtenBytes = Map.copyOf(writtenBytes);
    }

    static UploadedFiles of(Map<String, SegmentRef> byName) {
        return new UploadedFiles(byName, bytesByFile(byName));
    }

    /**
     * Those of the files that a checkpoint refers to, where they are: the others are gone, or are
     * written anew with what is too little to keep a large file for.
     */
    Map<String, SegmentRef> usable(Iterable<String> names) {
        Map<String, SegmentRef> wanted = new HashMap<>();
        for (String name : names) {
            SegmentRef known = byName.get(name);
            if (known != null) {
                wanted.put(name, known);
            }
        }
        Map<String, Long> used = bytesByFile(wanted);
        wanted.values()
                .removeIf(
                        ref ->
                                used.get(ref.file()) * 100
                                        < writtenBytes.getOrDefault(ref.file(), 0L)
                                                * MIN_USED_PERCENT);
        return wanted;
    }

    /** What a next checkpoint may refer to: old ones that it used, and those that it wrote. */
    UploadedFiles with(Map<String, SegmentRef> used, Map<String, SegmentRef> added) {
        Map<String, SegmentRef> all = new HashMap<>(used);
        all.putAll(added);
        Map<String, Long> bytes = bytesByFile(added);
        for (SegmentRef ref : used.values()) {
            bytes.merge(ref.file(), writtenBytes.getOrDefault(ref.file(), 0L), Math::max);
        }
        return new UploadedFiles(all, bytes);
    }

    private static Map<String, Long> bytesByFile(Map<String, SegmentRef> refs) {
        Map<String, Long> bytes = new HashMap<>();
        refs.values().forEach(ref -> bytes.merge(ref.file(), ref.length(), Long::sum));
        return bytes;
    }
}
