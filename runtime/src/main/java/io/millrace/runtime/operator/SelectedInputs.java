package io.millrace.runtime.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.operator.InputSelectable;
import io.millrace.api.operator.InputSelection;
import io.millrace.api.operator.StreamRecord;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.state.unkeyed.StampedRecords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives an operator records of the input that it wants next. Confined to its task. */
/* Records come in chunks, and the operator may want another input after each. What is left of a chunk
 * then waits here: while it does, or the input is not wanted, the task leaves the input in its gate.
 *
 * But not while the task waits for barriers: the one of an input that is not wanted lies behind records.
 * They are read then and wait here, with the events between them, and belong to the snapshot. Time and
 * ends do not: who sends them says them again after a restore.
 */
final class SelectedInputs {
    /** Of one input. Where more lie in front of a barrier, the checkpoint is given up. */
    private static final int MOST_HELD = 1 << 18;

    private final InputSelectable operator;
    private final Target target;
    private final Input[] inputs;
    private InputSelection selection = InputSelection.ALL;

    /** Takes what is wanted. */
    interface Target {
        void process(int input, StreamRecord<Object> element) throws Exception;

        /** An event that had to wait behind records. */
        void tell(int input, ControlEvent event) throws Exception;
    }

    private static final class Input {
        private final KeySelector<Object, ?> key; // null if it has none
        private final ArrayDeque<Object> waiting = new ArrayDeque<>(); // records and events
        private boolean ended;

        private Input(KeySelector<Object, ?> key) {
            this.key = key;
        }

        private List<StreamRecord<Object>> records() {
            List<StreamRecord<Object>> records = new ArrayList<>();
            for (Object item : waiting) {
                if (!(item instanceof ControlEvent)) {
                    records.add(asRecord(item));
                }
            }
            return records;
        }
    }

    /**
     * @param keys one for each input; null where it has no keys
     */
    @SuppressWarnings("unchecked") // selectors take the records of their input
    SelectedInputs(InputSelectable operator, Target target, KeySelector<?, ?>... keys) {
        this.operator = operator;
        this.inputs =
                Arrays.stream(keys)
                        .map(key -> new Input((KeySelector<Object, ?>) key))
                        .toArray(Input[]::new);
        this.target = target;
    }

    @SuppressWarnings("unchecked") // what waits and is no event
    private static StreamRecord<Object> asRecord(Object item) {
        return (StreamRecord<Object>) item;
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

    /** Whether records that are not wanted can wait here, so that a barrier comes through. */
    ChunkReceiver.Holding holding(int input) {
        return inputs[input].waiting.size() < MOST_HELD
                ? ChunkReceiver.Holding.ROOM
                : ChunkReceiver.Holding.FULL;
    }

    /** Whether an event waits until the operator wants the input: then it is told later. */
    boolean defers(int input, ControlEvent event) {
        if (takes(input)) {
            return false;
        }
        inputs[input].waiting.add(event);
        return true;
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
            Object item = inputs[next].waiting.remove();
            if (item instanceof ControlEvent event) {
                target.tell(next, event);
            } else {
                target.process(next, asRecord(item));
                select();
            }
        }
    }

    /** At a barrier: hands over what waits. */
    void snapshot(SnapshotTurn turn, OperatorContext context) {
        for (int input = 0; input < inputs.length; input++) {
            List<StreamRecord<Object>> waiting = inputs[input].records();
            held(context, input)
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
            Input own = inputs[input];
            held(context, input)
                    .restore(
                            context.restored(),
                            context.segments(),
                            (record, timestampMs) -> {
                                if (own.key == null || context.owns(own.key.getKey(record))) {
                                    own.waiting.add(
                                            timestampMs == RecordChunk.NO_TIMESTAMP
                                                    ? new StreamRecord<>(record)
                                                    : new StreamRecord<>(record, timestampMs));
                                }
                            });
        }
        select();
        drain();
    }

    /** Records with keys go to all subtasks, and each takes those of its key groups. */
    private StampedRecords held(OperatorContext context, int input) {
        return context.heldRecords(
                "waiting-" + input,
                input,
                inputs[input].key == null ? StatePart.Kind.SPLIT_LIST : StatePart.Kind.UNION_LIST);
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
