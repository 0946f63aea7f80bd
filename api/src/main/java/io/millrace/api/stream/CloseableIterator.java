package io.millrace.api.stream;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;

/** An iterator that holds resources until it is closed. Not thread-safe. */
public interface CloseableIterator<T> extends Iterator<T>, AutoCloseable {
    CloseableIterator<?> EMPTY_INSTANCE = adapterForIterator(List.of().iterator());

    static <T> CloseableIterator<T> adapterForIterator(Iterator<T> iterator) {
        return adapterForIterator(iterator, () -> {});
    }

    static <T> CloseableIterator<T> adapterForIterator(Iterator<T> iterator, AutoCloseable close) {
        return new IteratorAdapter<>(iterator, close);
    }

    /** Closing hands what has not been read to {@code closeNotConsumed}. */
    static <T> CloseableIterator<T> fromList(List<T> list, Consumer<T> closeNotConsumed) {
        Iterator<T> iterator = list.iterator();
        return adapterForIterator(iterator, () -> iterator.forEachRemaining(closeNotConsumed));
    }

    /** One after the other; closing closes all, also those that have not been read. */
    @SafeVarargs
    static <T> CloseableIterator<T> flatten(CloseableIterator<T>... iterators) {
        List<CloseableIterator<T>> all = List.of(iterators);
        Deque<CloseableIterator<T>> left = new ArrayDeque<>(all);
        return adapterForIterator(
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        while (!left.isEmpty() && !left.peek().hasNext()) {
                            left.remove();
                        }
                        return !left.isEmpty();
                    }

                    @Override
                    public T next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        return left.peek().next();
                    }
                },
                () -> closeAll(all));
    }

    private static void closeAll(List<? extends AutoCloseable> all) throws Exception {
        Exception failure = null;
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Closing hands what has not been read to {@code closeNotConsumed}. */
    @SafeVarargs
    static <T> CloseableIterator<T> ofElements(Consumer<T> closeNotConsumed, T... elements) {
        return fromList(Arrays.asList(elements), closeNotConsumed);
    }

    static <E> CloseableIterator<E> ofElement(E element, Consumer<E> closeIfNotConsumed) {
        return fromList(List.of(element), closeIfNotConsumed);
    }

    @SuppressWarnings("unchecked") // it has no elements of any type
    static <T> CloseableIterator<T> empty() {
        return (CloseableIterator<T>) EMPTY_INSTANCE;
    }

    @Override
    default void close() throws Exception {}

    /** An iterator with something to close. Not thread-safe. */
    final class IteratorAdapter<E> implements CloseableIterator<E> {
        private final Iterator<E> iterator;
        private final AutoCloseable close;

        IteratorAdapter(Iterator<E> iterator, AutoCloseable close) {
            this.iterator = Objects.requireNonNull(iterator);
            this.close = Objects.requireNonNull(close);
        }

        @Override
        public boolean hasNext() {
            return iterator.hasNext();
        }

        @Override
        public E next() {
            return iterator.next();
        }

        @Override
        public void remove() {
            iterator.remove();
        }

        @Override
        public void forEachRemaining(Consumer<? super E> action) {
            iterator.forEachRemaining(action);
        }

        @Override
        public void close() throws Exception {
            close.close();
        }
    }
}
