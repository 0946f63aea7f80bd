package io.millrace.api.lineage;

import java.util.Map;

/** Something that is read or written, such as a topic or a table. */
public interface LineageDataset {
    String name();

    /** Where names are unique: of a topic, its cluster. */
    String namespace();

    /** By their names. */
    Map<String, LineageDatasetFacet> facets();
}
