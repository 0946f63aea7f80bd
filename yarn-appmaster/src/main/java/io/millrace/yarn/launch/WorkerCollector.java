package io.millrace.yarn.launch;

/** What the collector of a worker's garbage is chosen for. */
public enum WorkerCollector {
    /** Least CPU: the parallel collector in containers of up to 4 GB, G1 in larger ones. */
    AUTO,

    /**
     * Shortest pauses: Shenandoah where the node's Java has it, else G1 with a small young
     * generation.
     */
    LOW_PAUSE
}
