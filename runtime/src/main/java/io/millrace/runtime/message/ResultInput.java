package io.millrace.runtime.message;

import io.millrace.runtime.plan.ResultId;
import java.util.List;

/**
 * A result as the tasks of one deployment read it. Immutable.
 *
 * @param worker that has it
 * @param slices what they read of it, each once; a task knows its own by the first range
 * @param node the shuffle service that has it, too; null if only the worker does
 */
public record ResultInput(
        ResultId id, WorkerAddress worker, List<ResultSlice> slices, NodeService node) {
    public ResultInput {
        slices = List.copyOf(slices);
    }

    /** Of one that the worker alone has. */
    public ResultInput(ResultId id, WorkerAddress worker, List<ResultSlice> slices) {
        this(id, worker, slices, null);
    }
}
