package io.millrace.api.type;

import java.io.Serializable;

/** Reads the fields of a record for a comparator. Confined to its user. */
interface FieldReader extends Serializable {
    /**
     * @param index position among the direct fields
     * @return null if the field is
     */
    Object get(Object record, int index);

    /** Whether null is a key, which comes before all others. */
    default boolean allowsNull() {
        return false;
    }
}
