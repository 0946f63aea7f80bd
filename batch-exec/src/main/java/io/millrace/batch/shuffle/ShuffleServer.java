package io.millrace.batch.shuffle;

/** Who serves the results of a worker on YARN. */
public enum ShuffleServer {
    /** The node where it has a shuffle service, else the worker. */
    AUTO,
    /** The node; a node without the service gets no workers. */
    NODE,
    /** The worker itself, as long as it lives. */
    WORKER
}
