package io.millrace.api.source;

import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.function.RuntimeContext;

/** What a reader is given by the engine: also the context of functions. Confined to the task. */
public abstract class RichSourceReaderContext implements SourceReaderContext {
    private RuntimeContext runtimeContext;

    public void setRuntimeContext(RuntimeContext runtimeContext) {
        this.runtimeContext = runtimeContext;
    }

    /** For functions that the reader calls. */
    public abstract FunctionHost functions();

    public RuntimeContext getRuntimeContext() {
        if (runtimeContext == null) {
            throw new IllegalStateException("This reader runs outside of a task.");
        }
        return runtimeContext;
    }
}
