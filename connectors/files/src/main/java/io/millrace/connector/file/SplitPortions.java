package io.millrace.connector.file;

import io.millrace.api.source.SplitEnumeratorContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Says how many splits a reader gets at a time: one that is large, or many small ones, but only a
 * part of its share of those that are left. Confined to the enumerator's thread.
 */
final class SplitPortions<SplitT extends FileSourceSplit> {
    /** A reader gets so much at a time, in one split or many. */
    private static final long ENOUGH_BYTES = 4L << 20;

    private static final int MAX_SPLITS = 128;

    /** A reader gets at most this part of its share of the splits that are left. */
    private static final int SHARES = 4;

    private final SplitEnumeratorContext<SplitT> context;
    private final FileSplitAssigner assigner;
    private final SplitLocality locality;

    /** Splits that nobody has; by our own count, since an assigner tells it only by a copy. */
    private int left;

    SplitPortions(SplitEnumeratorContext<SplitT> context, FileSplitAssigner assigner) {
        this.context = context;
        this.assigner = assigner;
        this.locality = new SplitLocality(context);
        this.left = assigner.remainingSplits().size();
    }

    /**
     * @param host of the reader that asks; null if unknown
     * @return empty if nothing is left
     */
    @SuppressWarnings("unchecked") // the source's own enumerator made the splits
    List<SplitT> next(String host) {
        List<SplitT> given = new ArrayList<>();
        long bytes = 0;
        int atMost =
                Math.max(1, Math.min(MAX_SPLITS, left / (SHARES * context.currentParallelism())));
        while (given.size() < atMost && bytes < ENOUGH_BYTES) {
            Optional<FileSourceSplit> next = assigner.getNext(host);
            if (next.isEmpty()) {
                break;
            }
            given.add((SplitT) next.get());
            bytes += next.get().length();
            locality.onGiven(next.get(), host);
            if (given.get(0).isOn(host) && !next.get().isOn(host)) {
                break; // what lies elsewhere is not taken along
            }
        }
        left = Math.max(0, left - given.size());
        return given;
    }

    void add(Collection<FileSourceSplit> splits) {
        if (!splits.isEmpty()) {
            assigner.addSplits(splits);
            left += splits.size();
        }
    }

    @SuppressWarnings("unchecked") // the source's own enumerator made the splits
    Collection<SplitT> remaining() {
        return (Collection<SplitT>) assigner.remainingSplits();
    }

    /** Says where the splits went, if they lay anywhere. */
    void tell() {
        locality.tell();
    }
}
