package io.millrace.runtime.message;

/**
 * What the coordinator and the workers say to each other. Encoded by {@code MessageCodec}; fields
 * may be null only where their record says so.
 */
public sealed interface Message permits ToCoordinator, ToWorker {}
