package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.Scalar;
import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.List;

/** An array of a primitive type. Immutable. */
final class ArrayColumn extends ListColumn {
    private final Class<?> type;
    private final int elementBytes;

    /**
     * @param element of each element
     */
    ArrayColumn(Scalar array, Scalar element) {
        super(new ScalarColumn(element));
        this.type = array.type().getComponentType();
        this.elementBytes =
                switch (element) {
                    case BOOLEAN -> 1;
                    case SHORT -> Short.BYTES;
                    case INT, FLOAT -> Integer.BYTES;
                    default -> Long.BYTES;
                };
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
    int readHeader(BinaryReader in) {
        return in.readLength(elementBytes) << 1;
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
