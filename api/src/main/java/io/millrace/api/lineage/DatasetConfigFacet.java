package io.millrace.api.lineage;

import java.util.Map;

/** The settings of a data set. */
public interface DatasetConfigFacet extends LineageDatasetFacet {
    Map<String, String> config();
}
