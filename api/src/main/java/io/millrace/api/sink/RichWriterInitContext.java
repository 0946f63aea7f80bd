package io.millrace.api.sink;

import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.option.Config;

/** What the engine gives a writer: also the context of functions. */
public interface RichWriterInitContext extends WriterInitContext {
    RuntimeContext getRuntimeContext();

    /**
     * The operator's identity in the job, the same after a restart: its uid, or else its place in
     * the program.
     */
    String operatorIdentity();

    /** The job's options. */
    Config config();

    /** For functions that the writer calls. */
    FunctionHost functions();
}
