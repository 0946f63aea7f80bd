package io.millrace.worker;

/**
 * Who a worker is and what it was granted. Immutable.
 *
 * @param workerId unique in the application; on YARN the container's id
 * @param host under which the other workers reach this one
 * @param slots subtasks of each vertex that it holds at most
 * @param memoryBytes of the whole process
 */
public record WorkerProfile(String workerId, String host, int slots, long memoryBytes) {
    public WorkerProfile {
        if (workerId.isBlank() || host.isBlank() || slots < 1) {
            throw new IllegalArgumentException(
                    "worker '" + workerId + "' at '" + host + "' with " + slots + " slots");
        }
    }
}
