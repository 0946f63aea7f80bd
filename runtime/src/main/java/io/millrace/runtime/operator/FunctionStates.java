package io.millrace.runtime.operator;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.checkpoint.FunctionState;
import io.millrace.api.checkpoint.ListCheckpointed;
import io.millrace.api.function.Function;
import io.millrace.api.function.WrappingFunction;
import io.millrace.api.state.CheckpointListener;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.unkeyed.UnkeyedStates;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The user's functions of one operator as checkpoints see them, and their states without keys.
 * Confined to the task.
 */
final class FunctionStates implements FunctionHost {
    private static final Set<StatePart.Kind> KINDS =
            EnumSet.of(
                    StatePart.Kind.SPLIT_LIST, StatePart.Kind.UNION_LIST, StatePart.Kind.BROADCAST);

    /** Names of lists that are the engine's own; those of functions have no such mark. */
    static final String OWN = "millrace:";

    private final OperatorContext context;
    private final JobSerializers serializers;
    private final List<Managed> functions = new ArrayList<>();
    private UnkeyedStates states; // null until first asked for

    /**
     * A function that takes part in checkpoints.
     *
     * @param caller calls it, at a barrier or when a checkpoint has ended
     */
    private record Managed(Function function, Caller caller) {}

    FunctionStates(OperatorContext context, JobSerializers serializers) {
        this.context = context;
        this.serializers = serializers;
    }

    UnkeyedStates states() {
        if (states == null) {
            List<RestoredPart> restored =
                    context.restored().stream()
                            .filter(part -> KINDS.contains(part.part().kind()))
                            .filter(part -> !part.part().name().startsWith(OWN))
                            .toList();
            states =
                    new UnkeyedStates(
                            context.name(),
                            serializers,
                            restored,
                            context.segments(),
                            context.subtask(),
                            context.scope().vertex().parallelism());
        }
        return states;
    }

    @Override
    public void manage(Function function, Caller caller) throws Exception {
        Function own = WrappingFunction.innermost(function);
        functions.add(new Managed(own, caller));
        FunctionState.initialize(own, new InitializationScope(context, states()));
    }

    /** At a barrier, first: functions put what they hold into their states. */
    void prepare(SnapshotTurn turn) throws Exception {
        for (Managed managed : functions) {
            if (!hasState(managed.function())) {
                continue;
            }
            managed.caller()
                    .call(
                            () ->
                                    FunctionState.snapshot(
                                            managed.function(),
                                            new SnapshotScope(context, turn),
                                            states()));
        }
    }

    @SuppressWarnings("deprecation") // the older interface is served too
    private static boolean hasState(Function function) {
        return function instanceof CheckpointedFunction || function instanceof ListCheckpointed;
    }

    /** At a barrier, last: hands over the states without keys. */
    void snapshot(SnapshotTurn turn) {
        if (states != null || !context.restored().isEmpty()) {
            states().snapshot(turn);
        }
    }

    void checkpointEnded(long checkpointId, boolean complete) throws Exception {
        for (Managed managed : functions) {
            if (managed.function() instanceof CheckpointListener) {
                managed.caller()
                        .call(
                                complete
                                        ? () ->
                                                FunctionState.notifyComplete(
                                                        managed.function(), checkpointId)
                                        : () ->
                                                FunctionState.notifyAborted(
                                                        managed.function(), checkpointId));
            }
        }
    }

    /** Whether a function wants to hear of checkpoints that end. */
    boolean listens() {
        return functions.stream().anyMatch(m -> m.function() instanceof CheckpointListener);
    }
}
