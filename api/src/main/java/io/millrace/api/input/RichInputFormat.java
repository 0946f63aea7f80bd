package io.millrace.api.input;

import io.millrace.api.function.RuntimeContext;
import java.io.IOException;

/** An input format that knows its subtask. Confined to its task. */
public abstract class RichInputFormat<OT, T extends InputSplit> implements InputFormat<OT, T> {
    private static final long serialVersionUID = 1L;

    private transient RuntimeContext runtimeContext;

    /** Called in a subtask, before {@link #openInputFormat}. */
    public void setRuntimeContext(RuntimeContext t) {
        this.runtimeContext = t;
    }

    /**
     * @throws IllegalStateException where splits are found, outside of any subtask
     */
    public RuntimeContext getRuntimeContext() {
        if (runtimeContext == null) {
            throw new IllegalStateException(
                    "An input format has a runtime context while it reads, and not before.");
        }
        return runtimeContext;
    }

    /** Called once in a subtask, before the first split. */
    public void openInputFormat() throws IOException {}

    /** Called once in a subtask, after the last split, also after a failure. */
    public void closeInputFormat() throws IOException {}
}
