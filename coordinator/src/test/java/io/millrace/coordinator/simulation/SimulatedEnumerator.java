package io.millrace.coordinator.simulation;

/** Hands out the numbers of splits, each once. */
final class SimulatedEnumerator {
    private final int splits;
    private int next;

    SimulatedEnumerator(int splits) {
        this.splits = splits;
    }

    /** The next split, or −1 if there is none left. */
    int next() {
        return next < splits ? next++ : -1;
    }
}
