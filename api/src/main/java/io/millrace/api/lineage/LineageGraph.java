package io.millrace.api.lineage;

import java.util.List;

/** The sources and sinks of a program, and which lead to which. */
public interface LineageGraph {
    List<SourceLineageVertex> sources();

    List<LineageVertex> sinks();

    List<LineageEdge> relations();
}
