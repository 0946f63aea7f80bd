package io.millrace.savepoint;

import io.millrace.runtime.serde.Scalar;
import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.List;

/** An array of a primitive type. Immutable. */
final class ArrayColumn extends ListColumn {
    private final Class<?> type;

    /**
     * @param element of each element
     */
    ArrayColumn(Scalar array, Scalar element) {
        super(new ScalarColumn(element));
        this.type = array.type().getComponentType();
    }

    @Override
    List<?> elements(Object value) {
        return new AbstractList<Object>() {
            @Override
            public Object get(int index) {
                return Array.get(value, index);
            }

            @Override
            public int size() {
                return Array.getLength(value);
            }
        };
    }

    @Override
    Object value(List<Object> elements) {
        Object array = Array.newInstance(type, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) == null) {
                return null;
            }
            Array.set(array, i, elements.get(i));
        }
        return array;
    }
}
