package io.millrace.api.lineage;

import io.millrace.api.source.Boundedness;

/** A source, by what it reads. */
public interface SourceLineageVertex extends LineageVertex {
    Boundedness boundedness();
}
