package io.millrace.api.stream;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/** An iterator that holds resources until it is closed. Not thread-safe. */
public interface CloseableIterator<T> extends Iterator<T>, AutoCloseable {
    static <T> CloseableIterator<T> adapterForIterator(Iterator<T> iterator) {
        return adapterForIterator(iterator, () -> {});
    }

    static <T> CloseableIterator<T> adapterForIterator(Iterator<T> iterator, AutoCloseable close) {
        return new CloseableIterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public T next() {
                return iterator.next();
            }

            @Override
            public void close() throws Exception {
                close.close();
            }
        };
    }

    /** Closing hands what has not been read to {@code closeNotConsumed}. */
    static <T> CloseableIterator<T> fromList(List<T> list, Consumer<T> closeNotConsumed) {
        Iterator<T> iterator = list.iterator();
        return adapterForIterator(iterator, () -> iterator.forEachRemaining(closeNotConsumed));
    }

    /** Closing hands what has not been read to {@code closeNotConsumed}. */
    @SafeVarargs
    static <T> CloseableIterator<T> ofElements(Consumer<T> closeNotConsumed, T... elements) {
        return fromList(Arrays.asList(elements), closeNotConsumed);
    }

    static <E> CloseableIterator<E> ofElement(E element, Consumer<E> closeIfNotConsumed) {
        return fromList(List.of(element), closeIfNotConsumed);
    }

    static <T> CloseableIterator<T> empty() {
        return adapterForIterator(
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return false;
                    }

                    @Override
                    public T next() {
                        throw new NoSuchElementException();
                    }
                });
    }

    @Override
    default void close() throws Exception {}
}
