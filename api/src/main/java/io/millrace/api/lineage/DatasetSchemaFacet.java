package io.millrace.api.lineage;

import java.util.Map;

/** The schema of a data set. */
public interface DatasetSchemaFacet extends LineageDatasetFacet {
    /** By their names. */
    <T> Map<String, DatasetSchemaField<T>> fields();
}
