package io.millrace.api.source;

import java.util.Iterator;

/** A split whose records are those of an iterator. */
public interface IteratorSourceSplit<E, IterT extends Iterator<E>> extends SourceSplit {
    /** A new iterator over what the split has. */
    IterT getIterator();

    /** The split that holds what {@code iterator} has not given yet. */
    IteratorSourceSplit<E, IterT> getUpdatedSplitForIterator(IterT iterator);
}
