package io.millrace.api.serialization;

import java.util.ArrayList;
import java.util.List;

/**
 * The comparator of a type with fields. Confined to its user.
 *
 * @param <T> the type
 */
@SuppressWarnings("rawtypes") // the signatures that programs call
public abstract class CompositeTypeComparator<T> extends TypeComparator<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public TypeComparator[] getFlatComparators() {
        List<TypeComparator> flat = new ArrayList<>();
        getFlatComparator(flat);
        return flat.toArray(new TypeComparator[0]);
    }

    /** Adds the comparators of the keys, those inside nested types one by one. */
    public abstract void getFlatComparator(List<TypeComparator> flatComparators);
}
