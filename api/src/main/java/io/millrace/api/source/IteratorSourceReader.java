package io.millrace.api.source;

import java.util.Iterator;

/** Emits what the iterators of its splits give. Confined to its task. */
public class IteratorSourceReader<
                E, IterT extends Iterator<E>, SplitT extends IteratorSourceSplit<E, IterT>>
        extends IteratorSourceReaderBase<E, E, IterT, SplitT> {
    public IteratorSourceReader(SourceReaderContext context) {
        super(context);
    }

    @Override
    protected E convert(E value) {
        return value;
    }
}
