package io.millrace.api.checkpoint;

import io.millrace.api.function.Function;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.OperatorStateStore;
import io.millrace.api.type.GenericTypeInfo;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How a function takes part in checkpoints, whichever of the interfaces it has; one that has none
 * is left alone. For operators that call functions. Stateless; on the task's thread.
 */
@SuppressWarnings("deprecation") // the older interface is served too
public final class FunctionState {
    /** Of the objects of a {@link ListCheckpointed}. */
    private static final String LIST_NAME = "_default_";

    private FunctionState() {}

    /** Before the function is opened. */
    public static void initialize(Function function, FunctionInitializationContext context)
            throws Exception {
        if (function instanceof CheckpointedFunction checkpointed) {
            checkpointed.initializeState(context);
        } else if (function instanceof ListCheckpointed<?> list && context.isRestored()) {
            restore(list, context.getOperatorStateStore());
        }
    }

    /** Between two records, before the function's states are saved. */
    public static void snapshot(
            Function function, FunctionSnapshotContext context, OperatorStateStore states)
            throws Exception {
        if (function instanceof CheckpointedFunction checkpointed) {
            checkpointed.snapshotState(context);
        } else if (function instanceof ListCheckpointed<?> list) {
            List<? extends Serializable> elements =
                    list.snapshotState(context.getCheckpointId(), context.getCheckpointTimestamp());
            listOf(states).update(elements == null ? List.of() : new ArrayList<>(elements));
        }
    }

    public static void notifyComplete(Function function, long checkpointId) throws Exception {
        if (function instanceof CheckpointListener listener) {
            listener.notifyCheckpointComplete(checkpointId);
        }
    }

    public static void notifyAborted(Function function, long checkpointId) throws Exception {
        if (function instanceof CheckpointListener listener) {
            listener.notifyCheckpointAborted(checkpointId);
        }
    }

    @SuppressWarnings("unchecked") // the function saved these objects itself
    private static <T extends Serializable> void restore(
            ListCheckpointed<T> function, OperatorStateStore states) throws Exception {
        List<T> saved = new ArrayList<>();
        for (Serializable element : listOf(states).get()) {
            saved.add((T) element);
        }
        function.restoreState(saved);
    }

    private static ListState<Serializable> listOf(OperatorStateStore states) throws Exception {
        return states.getListState(
                new ListStateDescriptor<>(LIST_NAME, new GenericTypeInfo<>(Serializable.class)));
    }
}
