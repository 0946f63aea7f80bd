package io.millrace.api.source.reader;

import java.io.Serializable;

/** Says where a split ends by what a record holds. Confined to the task. */
@FunctionalInterface
public interface RecordEvaluator<T> extends Serializable {
    /** Whether its split ends in front of this record, which is not emitted then. */
    boolean isEndOfStream(T record);
}
