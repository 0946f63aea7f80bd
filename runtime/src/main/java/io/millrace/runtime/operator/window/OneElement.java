package io.millrace.runtime.operator.window;

import java.util.AbstractList;

/** A list of one element, which may be null. Immutable. */
final class OneElement extends AbstractList<Object> {
    private final Object element;

    OneElement(Object element) {
        this.element = element;
    }

    @Override
    public Object get(int index) {
        if (index != 0) {
            throw new IndexOutOfBoundsException(index);
        }
        return element;
    }

    @Override
    public int size() {
        return 1;
    }
}
