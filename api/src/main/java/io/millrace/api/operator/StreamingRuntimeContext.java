package io.millrace.api.operator;

import io.millrace.api.function.RuntimeContext;

/** The context of an operator's functions, as a class. Implemented by the engine. */
public abstract class StreamingRuntimeContext implements RuntimeContext {}
