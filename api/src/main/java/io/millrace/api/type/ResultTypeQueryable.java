package io.millrace.api.type;

/** A function, source or format that knows its own result type. */
public interface ResultTypeQueryable<T> {
    TypeInformation<T> getProducedType();
}
