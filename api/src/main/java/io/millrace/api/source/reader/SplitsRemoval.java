package io.millrace.api.source.reader;

import java.util.List;

/** Splits that nobody wants any more. Immutable. */
public class SplitsRemoval<SplitT> extends SplitsChange<SplitT> {
    public SplitsRemoval(List<SplitT> splits) {
        super(splits);
    }

    @Override
    public String toString() {
        return "removed splits " + splits();
    }
}
