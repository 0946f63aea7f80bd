package io.millrace.api.lineage;

import java.util.Optional;

/** Knows the type of the records of a data set. */
public interface TypeDatasetFacetProvider {
    /** Empty if the type is erased. */
    Optional<TypeDatasetFacet> getTypeDatasetFacet();
}
