package io.millrace.runtime.task;

import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.WorkerAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where each subtask of a job runs. Immutable. */
final class PlacementTable {
    private final List<WorkerAddress> workers;
    private final Map<Integer, int[]> workersByVertex = new HashMap<>();

    PlacementTable(List<WorkerAddress> workers, List<Placement> placements) {
        this.workers = workers;
        for (Placement placement : placements) {
            workersByVertex.put(placement.vertexId(), placement.workers());
        }
    }

    WorkerAddress of(int vertexId, int subtask) {
        int[] placed = workersByVertex.get(vertexId);
        if (placed == null || subtask >= placed.length) {
            throw new IllegalArgumentException(
                    "the deployment does not say where subtask "
                            + subtask
                            + " of vertex "
                            + vertexId
                            + " runs");
        }
        return workers.get(placed[subtask]);
    }
}
