package io.millrace.api.source.reader;

import java.util.List;

/** What a split reader is told about its splits. Immutable. */
public abstract class SplitsChange<SplitT> {
    private final List<SplitT> splits;

    SplitsChange(List<SplitT> splits) {
        this.splits = List.copyOf(splits);
    }

    public List<SplitT> splits() {
        return splits;
    }
}
