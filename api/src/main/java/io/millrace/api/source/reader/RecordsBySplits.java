package io.millrace.api.source.reader;

import io.millrace.api.source.SourceSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A fetch as lists. Confined to one thread at a time. */
public class RecordsBySplits<E> implements RecordsWithSplitIds<E> {
    private final Set<String> finishedSplits;
    private final Iterator<Map.Entry<String, Collection<E>>> splits;
    private Iterator<E> records; // null before the first split

    /**
     * @param recordsBySplit by the split's id
     */
    public RecordsBySplits(Map<String, Collection<E>> recordsBySplit, Set<String> finishedSplits) {
        this.splits = recordsBySplit.entrySet().iterator();
        this.finishedSplits = finishedSplits;
    }

    @Override
    public String nextSplit() {
        if (!splits.hasNext()) {
            records = null;
            return null;
        }
        Map.Entry<String, Collection<E>> next = splits.next();
        records = next.getValue().iterator();
        return next.getKey();
    }

    @Override
    public E nextRecordFromSplit() {
        if (records == null) {
            throw new IllegalStateException("Records are asked for before nextSplit().");
        }
        return records.hasNext() ? records.next() : null;
    }

    @Override
    public Set<String> finishedSplits() {
        return finishedSplits;
    }

    /** Collects a fetch. */
    public static class Builder<E> {
        private final Map<String, Collection<E>> records = new LinkedHashMap<>();
        private final Set<String> finished = new HashSet<>();

        public Builder() {}

        public void add(String splitId, E record) {
            records.computeIfAbsent(splitId, key -> new ArrayList<>()).add(record);
        }

        public void add(SourceSplit split, E record) {
            add(split.splitId(), record);
        }

        public void addAll(String splitId, Collection<E> added) {
            records.merge(
                    splitId,
                    new ArrayList<>(added),
                    (before, more) -> {
                        List<E> both = new ArrayList<>(before);
                        both.addAll(more);
                        return both;
                    });
        }

        public void addAll(SourceSplit split, Collection<E> added) {
            addAll(split.splitId(), added);
        }

        public void addFinishedSplit(String splitId) {
            finished.add(splitId);
        }

        public void addFinishedSplits(Collection<String> splitIds) {
            finished.addAll(splitIds);
        }

        public RecordsBySplits<E> build() {
            return new RecordsBySplits<>(records, finished);
        }
    }
}
