package io.millrace.api.function;

import io.millrace.api.option.Configuration;
import java.io.Serializable;

/** Keeps the runtime context of a rich function; open and close do nothing unless overridden. */
public abstract class AbstractRichFunction implements RichFunction, Serializable {
    private static final long serialVersionUID = 1L;

    private transient RuntimeContext runtimeContext;

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        this.runtimeContext = context;
    }

    @Override
    public RuntimeContext getRuntimeContext() {
        if (runtimeContext == null) {
            throw new IllegalStateException(
                    "The runtime context is there from open() on, not in the constructor of "
                            + getClass().getName()
                            + ".");
        }
        return runtimeContext;
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        open(new Configuration());
    }

    /**
     * @deprecated override {@link #open(OpenContext)}
     */
    @Deprecated
    @Override
    public void open(Configuration parameters) throws Exception {}

    @Override
    public void close() throws Exception {}
}
