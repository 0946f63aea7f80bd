package io.millrace.connector.datagen;

import io.millrace.api.function.Function;
import io.millrace.api.source.SourceReaderContext;
import java.io.Serializable;

/**
 * Makes a record of a value. Each subtask has a copy of its own, confined to its task. After a
 * failure records are made again, so what the function gives should depend on the value only.
 */
@FunctionalInterface
public interface GeneratorFunction<T, O> extends Function, Serializable {
    /** Called once, before the first record. */
    default void open(SourceReaderContext readerContext) throws Exception {}

    /** Called once at the end, also after a failure; may be called without {@code open}. */
    default void close() throws Exception {}

    /** Not null. */
    O map(T value) throws Exception;
}
