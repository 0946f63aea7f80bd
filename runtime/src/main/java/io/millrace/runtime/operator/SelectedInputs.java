package io.millrace.runtime.operator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.operator.InputSelectable;
import io.millrace.api.operator.InputSelection;
import io.millrace.api.operator.StreamRecord;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.state.unkeyed.StampedRecords;
import java.util.ArrayDeque;
import java.util.Arrays;

/** Gives an operator records of the input that it wants next. Confined to its task. */
/* Records come in chunks, and the operator may want another input after each. What is left of a chunk
 * then waits here, at most one chunk an input: while it does, or the input is not wanted, the task
 * leaves the input in its gate.
 */
final class SelectedInputs {
    private final InputSelectable operator;
    private final Target target;
    private final Input[] inputs;
    private InputSelection selection = InputSelection.ALL;

    /** Takes the records that are wanted. */
    interface Target {
        void process(int input, StreamRecord<Object> element) throws Exception;
    }

    private static final class Input {
        private final ArrayDeque<StreamRecord<Object>> waiting = new ArrayDeque<>();
        private boolean ended;
    }

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} if the job takes checkpoints
     */
    SelectedInputs(InputSelectable operator, int inputs, Target target, OperatorContext context) {
        if (context.mode() == ExecutionMode.STREAMING
                && CheckpointSettings.from(context.config()).isEnabled()) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "operator '"
                            + context.name()
                            + "' chooses the input that it reads, so a barrier on another one could"
                            + " wait for ever. Switch the job's checkpoints off, or let the"
                            + " operator read both inputs.");
        }
        this.operator = operator;
        this.inputs = new Input[inputs];
        Arrays.setAll(this.inputs, input -> new Input());
        this.target = target;
    }

    /** Asks the operator what it wants. */
    void select() {
        selection = operator.nextSelection();
        boolean all = true;
        boolean wanted = false;
        for (int input = 0; input < inputs.length; input++) {
            boolean open = !inputs[input].ended || !inputs[input].waiting.isEmpty();
            all &= !open;
            wanted |= open && wants(input);
        }
        if (!all && !wanted) {
            throw new IllegalStateException(
                    "nextSelection() wants none of the inputs that have not ended, so the operator"
                            + " would wait forever. Select another input when one has ended.");
        }
    }

    private boolean wants(int input) {
        return selection.isInputSelected(input + 1);
    }

    boolean takes(int input) {
        return wants(input) && inputs[input].waiting.isEmpty();
    }

    void offer(int input, StreamRecord<Object> element) throws Exception {
        inputs[input].waiting.add(element);
        drain();
    }

    void onEnd(int input) throws Exception {
        inputs[input].ended = true;
        select();
        drain();
    }

    private void drain() throws Exception {
        int next;
        while ((next = nextWaiting()) >= 0) {
            target.process(next, inputs[next].waiting.remove());
            select();
        }
    }

    /** At a barrier: hands over what waits. */
    void snapshot(SnapshotTurn turn, OperatorContext context) {
        for (int input = 0; input < inputs.length; input++) {
            ArrayDeque<StreamRecord<Object>> waiting = inputs[input].waiting;
            records(context, input)
                    .hand(
                            turn,
                            waiting.size(),
                            taker -> {
                                for (StreamRecord<Object> element : waiting) {
                                    taker.take(
                                            element.getValue(),
                                            element.hasTimestamp()
                                                    ? element.getTimestamp()
                                                    : RecordChunk.NO_TIMESTAMP);
                                }
                            });
        }
    }

    /** The operator is open: it may want what a checkpoint has left waiting. */
    void begin(OperatorContext context) throws Exception {
        for (int input = 0; input < inputs.length; input++) {
            ArrayDeque<StreamRecord<Object>> waiting = inputs[input].waiting;
            records(context, input)
                    .restore(
                            context.restored(),
                            context.segments(),
                            (record, timestampMs) ->
                                    waiting.add(
                                            timestampMs == RecordChunk.NO_TIMESTAMP
                                                    ? new StreamRecord<>(record)
                                                    : new StreamRecord<>(record, timestampMs)));
        }
        select();
        drain();
    }

    private static StampedRecords records(OperatorContext context, int input) {
        return context.heldRecords("waiting-" + input, input);
    }

    /** -1 if there is none that is wanted. */
    private int nextWaiting() {
        for (int input = 0; input < inputs.length; input++) {
            if (wants(input) && !inputs[input].waiting.isEmpty()) {
                return input;
            }
        }
        return -1;
    }
}
