package io.millrace.connector.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * Gives a reader a split with bytes on its own host, if there is one, else the next in order.
 * Confined to the enumerator's thread.
 */
public class LocalityAwareSplitAssigner implements FileSplitAssigner {
    private final LinkedHashSet<FileSourceSplit> splits;

    public LocalityAwareSplitAssigner(Collection<FileSourceSplit> splits) {
        this.splits = new LinkedHashSet<>(splits);
    }

    @Override
    public Optional<FileSourceSplit> getNext(String hostname) {
        Iterator<FileSourceSplit> each = splits.iterator();
        FileSourceSplit first = null;
        while (each.hasNext()) {
            FileSourceSplit split = each.next();
            if (hostname == null || split.isOn(hostname)) {
                each.remove();
                return Optional.of(split);
            }
            if (first == null) {
                first = split;
            }
        }
        splits.remove(first);
        return Optional.ofNullable(first);
    }

    @Override
    public void addSplits(Collection<FileSourceSplit> newSplits) {
        splits.addAll(newSplits);
    }

    @Override
    public Collection<FileSourceSplit> remainingSplits() {
        return new ArrayList<>(splits);
    }
}
