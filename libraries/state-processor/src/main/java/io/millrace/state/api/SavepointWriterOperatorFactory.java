package io.millrace.state.api;

import io.millrace.api.file.Path;
import io.millrace.api.operator.StreamOperator;
import io.millrace.state.api.writer.SnapshotUtils;
import java.io.Serializable;

/**
 * Makes an operator of the program's own, whose state at the end of its input becomes that of an
 * operator in a savepoint.
 *
 * <p>The operator takes the records like in a job, and no time passes. {@code endInput} is called
 * if it has that, then what it holds is written: all states that it has asked for, its timers, and
 * what it writes in {@code snapshotState}. It does not have to write or emit anything for that;
 * what it emits goes nowhere, also what {@link SnapshotUtils} gives. {@code finish} is not called,
 * since the job that starts from the savepoint goes on with the operator.
 */
@FunctionalInterface
public interface SavepointWriterOperatorFactory extends Serializable {
    /**
     * Called once for each savepoint that is written, where the program is built.
     *
     * @param savepointTimestamp when that is, in milliseconds since the epoch
     * @param savepointPath the directory of the savepoint, which is not there yet and of which the
     *     operator must write nothing
     * @return an operator with one input, which travels to each subtask by Java serialization
     */
    StreamOperator<?> createOperator(long savepointTimestamp, Path savepointPath);
}
