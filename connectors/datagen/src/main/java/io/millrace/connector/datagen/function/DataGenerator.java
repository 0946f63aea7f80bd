package io.millrace.connector.datagen.function;

import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.function.RuntimeContext;
import java.io.Serializable;
import java.util.Iterator;

/** Makes values, one after the other, as long as it likes. Confined to its source. */
public interface DataGenerator<T> extends Serializable, Iterator<T> {
    /**
     * Called once, first.
     *
     * @param name of its state, unique in its source
     * @param context null where nothing is saved
     */
    void open(String name, FunctionInitializationContext context, RuntimeContext runtimeContext)
            throws Exception;

    /** Called for each checkpoint. */
    default void snapshotState(FunctionSnapshotContext context) throws Exception {}
}
