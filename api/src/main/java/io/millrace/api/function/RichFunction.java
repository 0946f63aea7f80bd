package io.millrace.api.function;

import io.millrace.api.option.Configuration;

/**
 * A function with a life: the engine calls {@code setRuntimeContext}, {@code open}, then the
 * function's own methods, then {@code close}, all on the task's thread. {@code close} is also
 * called after a failure.
 */
public interface RichFunction extends Function {
    /** Called once before the first record. The default calls {@link #open(Configuration)}. */
    default void open(OpenContext openContext) throws Exception {
        open(new Configuration());
    }

    /**
     * The older form, which programs may still override. Called with an empty configuration.
     *
     * @deprecated override {@link #open(OpenContext)}
     */
    @Deprecated
    default void open(Configuration parameters) throws Exception {}

    /** Called once at the end, also after a failure; may be called without {@code open}. */
    void close() throws Exception;

    /** The context of the task; set before {@code open}. */
    RuntimeContext getRuntimeContext();

    void setRuntimeContext(RuntimeContext runtimeContext);

    /**
     * What a function may ask in a round of an iteration.
     *
     * @throws IllegalStateException always where there is no iteration
     */
    default IterationRuntimeContext getIterationRuntimeContext() {
        if (getRuntimeContext() instanceof IterationRuntimeContext iteration) {
            return iteration;
        }
        throw new IllegalStateException("This function is not in an iteration.");
    }
}
