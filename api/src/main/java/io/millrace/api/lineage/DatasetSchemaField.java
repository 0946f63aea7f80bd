package io.millrace.api.lineage;

/**
 * A field of a data set.
 *
 * @param <T> how its type is described
 */
public interface DatasetSchemaField<T> {
    String name();

    T type();
}
