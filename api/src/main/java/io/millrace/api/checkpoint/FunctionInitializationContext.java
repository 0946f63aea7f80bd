package io.millrace.api.checkpoint;

/** What a {@link CheckpointedFunction} is given to ask for its states. */
public interface FunctionInitializationContext extends ManagedInitializationContext {}
