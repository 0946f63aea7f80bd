package io.millrace.api.lineage;

/** One aspect of a data set, such as its schema. */
public interface LineageDatasetFacet {
    /** Which aspect it is. */
    String name();
}
