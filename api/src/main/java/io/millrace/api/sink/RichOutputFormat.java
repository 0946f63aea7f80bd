package io.millrace.api.sink;

import io.millrace.api.function.RuntimeContext;

/** An output format with the context of functions, which is there from {@code configure} on. */
public abstract class RichOutputFormat<IT> implements OutputFormat<IT> {
    private static final long serialVersionUID = 1L;

    private transient RuntimeContext runtimeContext;

    public void setRuntimeContext(RuntimeContext t) {
        this.runtimeContext = t;
    }

    public RuntimeContext getRuntimeContext() {
        if (runtimeContext == null) {
            throw new IllegalStateException(
                    "The runtime context is there from configure() on, not in the constructor of "
                            + getClass().getName()
                            + ".");
        }
        return runtimeContext;
    }
}
