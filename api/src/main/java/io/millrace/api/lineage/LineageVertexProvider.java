package io.millrace.api.lineage;

/** A source or sink that says what it reads or writes. */
public interface LineageVertexProvider {
    LineageVertex getLineageVertex();
}
