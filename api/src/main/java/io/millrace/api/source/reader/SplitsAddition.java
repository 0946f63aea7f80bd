package io.millrace.api.source.reader;

import java.util.List;

/** Further splits to read. Immutable. */
public class SplitsAddition<SplitT> extends SplitsChange<SplitT> {
    public SplitsAddition(List<SplitT> splits) {
        super(splits);
    }

    @Override
    public String toString() {
        return "added splits " + splits();
    }
}
