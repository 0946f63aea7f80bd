package io.millrace.api.lineage;

import io.millrace.api.type.TypeInformation;

/** The type of the records of a data set. */
public interface TypeDatasetFacet extends LineageDatasetFacet {
    @SuppressWarnings("rawtypes") // as programs know it
    TypeInformation getTypeInformation();
}
