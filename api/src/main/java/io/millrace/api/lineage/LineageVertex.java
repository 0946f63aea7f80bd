package io.millrace.api.lineage;

import java.util.List;

/** A source or a sink, by what it reads or writes. */
public interface LineageVertex {
    List<LineageDataset> datasets();
}
