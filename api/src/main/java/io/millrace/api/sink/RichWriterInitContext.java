package io.millrace.api.sink;

import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.function.RuntimeContext;

/** What the engine gives a writer: also the context of functions. */
public interface RichWriterInitContext extends WriterInitContext {
    RuntimeContext getRuntimeContext();

    /** For functions that the writer calls. */
    FunctionHost functions();
}
