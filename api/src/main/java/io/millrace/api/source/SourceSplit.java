package io.millrace.api.source;

/** A part of a source's data that one reader reads. */
public interface SourceSplit {
    /** Unique in its source. */
    String splitId();
}
