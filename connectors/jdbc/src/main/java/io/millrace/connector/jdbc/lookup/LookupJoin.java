package io.millrace.connector.jdbc.lookup;

import io.millrace.api.function.Collector;
import java.io.Serializable;
import java.util.List;

/**
 * Makes records out of one and the rows of its key. Called by several threads at once in an
 * asynchronous lookup, so it must be thread-safe there.
 */
@FunctionalInterface
public interface LookupJoin<IN, V, OUT> extends Serializable {
    /**
     * @param rows not to be changed, also later: others get the same ones out of the cache; empty
     *     if the key has none
     */
    void join(IN record, List<V> rows, Collector<OUT> out) throws Exception;
}
