package io.millrace.coordinator.resource;

/**
 * The size of a worker. Immutable.
 *
 * @param memoryMb of the whole process, as granted by the cluster
 */
public record WorkerSpec(int slots, int memoryMb, int virtualCores) {
    public WorkerSpec {
        if (slots < 1 || memoryMb < 1 || virtualCores < 1) {
            throw new IllegalArgumentException(slots + " slots, " + memoryMb + " MB");
        }
    }
}
