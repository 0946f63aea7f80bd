package io.millrace.state.api.function;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.function.AbstractRichFunction;

/**
 * Makes lists of operator state of records. Confined to its task. {@code snapshotState} is called
 * once, after the last record.
 *
 * @param <IN> records
 */
public abstract class StateBootstrapFunction<IN> extends AbstractRichFunction
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    public abstract void processElement(IN value, Context ctx) throws Exception;

    /** Of the current record; valid during the call. */
    public interface Context {
        /** Milliseconds since the epoch. */
        long currentProcessingTime();
    }
}
