package io.millrace.api.lineage;

import io.millrace.api.type.TypeInformation;
import java.util.Objects;

/** The type of the records of a data set, as it is described to the engine. Immutable. */
public class DefaultTypeDatasetFacet implements TypeDatasetFacet {
    public static final String TYPE_FACET_NAME = "type";

    @SuppressWarnings("rawtypes") // as programs know it
    private final TypeInformation typeInformation;

    @SuppressWarnings("rawtypes") // as programs know it
    public DefaultTypeDatasetFacet(TypeInformation typeInformation) {
        this.typeInformation = typeInformation;
    }

    @Override
    @SuppressWarnings("rawtypes") // as programs know it
    public TypeInformation getTypeInformation() {
        return typeInformation;
    }

    @Override
    public String name() {
        return TYPE_FACET_NAME;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DefaultTypeDatasetFacet that
                && Objects.equals(typeInformation, that.typeInformation);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(typeInformation);
    }
}
