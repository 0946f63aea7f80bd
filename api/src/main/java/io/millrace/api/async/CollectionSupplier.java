package io.millrace.api.async;

import java.util.Collection;

/** Makes results on the task's thread. */
public interface CollectionSupplier<OUT> {
    Collection<OUT> get() throws Exception;
}
