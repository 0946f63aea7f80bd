package io.millrace.runtime.message;

/** Where a worker serves data. Immutable. */
public record WorkerAddress(String workerId, String host, int dataPort) {}
