package io.millrace.api.function;

/**
 * Handles each record with access to its timestamp, and emits any number of records.
 *
 * @param <I> records in
 * @param <O> records out
 */
public abstract class ProcessFunction<I, O> extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    /** Called for each record; {@code ctx} and {@code out} are valid during the call only. */
    public abstract void processElement(I value, Context ctx, Collector<O> out) throws Exception;

    /** What is known about the record. Implemented by the engine. */
    public abstract class Context {
        /** Milliseconds since the epoch, or null if the record has no timestamp. */
        public abstract Long timestamp();
    }
}
