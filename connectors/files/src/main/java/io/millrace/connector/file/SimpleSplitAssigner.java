package io.millrace.connector.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;

/** Gives splits in their order to whoever asks. Confined to the enumerator's thread. */
public class SimpleSplitAssigner implements FileSplitAssigner {
    private final ArrayDeque<FileSourceSplit> splits;

    public SimpleSplitAssigner(Collection<FileSourceSplit> splits) {
        this.splits = new ArrayDeque<>(splits);
    }

    @Override
    public Optional<FileSourceSplit> getNext(String hostname) {
        return Optional.ofNullable(splits.poll());
    }

    @Override
    public void addSplits(Collection<FileSourceSplit> newSplits) {
        splits.addAll(newSplits);
    }

    @Override
    public Collection<FileSourceSplit> remainingSplits() {
        return new ArrayList<>(splits);
    }

    @Override
    public String toString() {
        return "splits in order, " + splits.size() + " left";
    }
}
