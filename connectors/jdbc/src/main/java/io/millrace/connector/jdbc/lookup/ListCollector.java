package io.millrace.connector.jdbc.lookup;

import io.millrace.api.function.Collector;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is given. Confined to one call. */
final class ListCollector<T> implements Collector<T> {
    private final List<T> collected = new ArrayList<>();

    @Override
    public void collect(T record) {
        collected.add(record);
    }

    List<T> collected() {
        return collected;
    }

    @Override
    public void close() {}
}
