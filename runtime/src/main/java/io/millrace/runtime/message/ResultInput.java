package io.millrace.runtime.message;

import io.millrace.runtime.plan.ResultId;
import java.util.List;

/**
 * A result as the tasks of one deployment read it. Immutable.
 *
 * @param worker that has it
 * @param slices what they read of it, each once; a task knows its own by the first range
 */
public record ResultInput(ResultId id, WorkerAddress worker, List<ResultSlice> slices) {
    public ResultInput {
        slices = List.copyOf(slices);
    }
}
