package io.millrace.api.lineage;

/** Records go from a source to a sink. */
public interface LineageEdge {
    SourceLineageVertex source();

    LineageVertex sink();
}
