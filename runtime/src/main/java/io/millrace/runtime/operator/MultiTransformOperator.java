package io.millrace.runtime.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.BoundedMultiInput;
import io.millrace.api.operator.Input;
import io.millrace.api.operator.InputSelectable;
import io.millrace.api.operator.MultipleInputStreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.WatermarkStatus;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.Watermark;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.RecordChunk;
import java.util.List;

/** Calls a program's own operator of many inputs; it merges their time itself. */
final class MultiTransformOperator extends MultiInputOperator {
    private final OperatorContext context;
    private final OwnOperator<?> own;
    private final MultipleInputStreamOperator<Object> operator;
    private final Input<Object>[] inputs;
    private final boolean keyed;
    // Null if the operator takes all inputs at all times.
    private final SelectedInputs selected;
    private final boolean[] isIdle;
    private final boolean[] ended;

    @SuppressWarnings("unchecked") // records are objects here
    MultiTransformOperator(
            OperatorSpec.MultiTransformSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.context = context;
        this.own =
                OwnOperator.make(
                        MultipleInputStreamOperator.class,
                        spec.factory(),
                        context,
                        next,
                        spec.keys().toArray(new KeySelector<?, ?>[0]));
        this.operator = (MultipleInputStreamOperator<Object>) own.operator();
        this.keyed = !spec.keys().isEmpty();
        this.inputs = inputsOf(operator, spec.inputs(), context.name());
        this.isIdle = new boolean[inputs.length];
        this.ended = new boolean[inputs.length];
        this.selected =
                operator instanceof InputSelectable selectable
                        ? new SelectedInputs(selectable, new Wanted(), keysOf(spec))
                        : null;
    }

    /** One for each input. */
    private static KeySelector<?, ?>[] keysOf(OperatorSpec.MultiTransformSpec spec) {
        return spec.keys().isEmpty()
                ? new KeySelector<?, ?>[spec.inputs()]
                : spec.keys().toArray(new KeySelector<?, ?>[0]);
    }

    /** What comes when the operator wants it. */
    private final class Wanted implements SelectedInputs.Target {
        @Override
        public void process(int input, StreamRecord<Object> element) throws Exception {
            MultiTransformOperator.this.process(input, element);
        }

        @Override
        public void tell(int input, ControlEvent event) throws Exception {
            switch (event.kind()) {
                case WATERMARK -> time(input, ((ControlEvent.Watermark) event).timestampMs());
                case IDLE -> becomeIdle(input);
                case ACTIVE -> activate(input);
                case END_OF_INPUT -> end(input);
                case BARRIER -> throw new IllegalStateException(event + " waits for nobody");
            }
        }
    }

    @SuppressWarnings("unchecked") // records are objects here
    private static Input<Object>[] inputsOf(
            MultipleInputStreamOperator<Object> operator, int streams, String name) {
        try {
            @SuppressWarnings("rawtypes") // as programs know it
            List<Input> inputs = operator.getInputs();
            if (inputs.size() != streams) {
                throw new IllegalStateException(
                        "getInputs() gives "
                                + inputs.size()
                                + " inputs, and the program leads "
                                + streams
                                + " streams to the operator. Make it give one for each stream.");
            }
            return inputs.toArray(new Input[0]);
        } catch (Throwable e) {
            throw UserCodeException.of(name, e);
        }
    }

    @Override
    public void open() throws Exception {
        context.openState();
        own.open();
        if (selected != null) {
            selected.begin(context);
        }
    }

    @Override
    public void push(Object record, long timestampMs) {
        push(0, record, timestampMs);
    }

    @Override
    void push(int input, Object record, long timestampMs) {
        try {
            StreamRecord<Object> element = new StreamRecord<>(record, timestampMs);
            if (timestampMs == RecordChunk.NO_TIMESTAMP) {
                element.eraseTimestamp();
            }
            if (selected == null) {
                process(input, element);
            } else {
                selected.offer(input, element);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void process(int input, StreamRecord<Object> element) throws Exception {
        activate(input);
        if (keyed) {
            inputs[input].setKeyContextElement(element);
        }
        inputs[input].processElement(element);
    }

    private void activate(int input) throws Exception {
        if (isIdle[input]) {
            isIdle[input] = false;
            inputs[input].processWatermarkStatus(WatermarkStatus.ACTIVE);
        }
    }

    @Override
    public void watermark(long timestampMs) {
        watermark(0, timestampMs);
    }

    @Override
    void watermark(int input, long timestampMs) {
        try {
            if (!defers(input, new ControlEvent.Watermark(timestampMs))) {
                time(input, timestampMs);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void idle() {
        idle(0);
    }

    @Override
    void idle(int input) {
        try {
            if (!defers(input, new ControlEvent.Idle())) {
                becomeIdle(input);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void active() {
        active(0);
    }

    @Override
    void active(int input) {
        try {
            if (!defers(input, new ControlEvent.Active())) {
                activate(input);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    boolean takesInput(int input) {
        return selected == null || selected.takes(input);
    }

    private boolean defers(int input, ControlEvent event) {
        return selected != null && selected.defers(input, event);
    }

    private void time(int input, long timestampMs) throws Exception {
        activate(input);
        inputs[input].processWatermark(new Watermark(timestampMs));
    }

    private void becomeIdle(int input) throws Exception {
        if (!isIdle[input]) {
            isIdle[input] = true;
            inputs[input].processWatermarkStatus(WatermarkStatus.IDLE);
        }
    }

    @Override
    ChunkReceiver.Holding holding(int input) {
        return selected == null ? ChunkReceiver.Holding.NEVER : selected.holding(input);
    }

    @Override
    void endOfInput(int input) {
        try {
            if (!defers(input, new ControlEvent.EndOfInput())) {
                end(input);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void end(int input) throws Exception {
        ended[input] = true;
        if (operator instanceof BoundedMultiInput bounded) {
            bounded.endInput(input + 1);
        }
        if (selected != null) {
            selected.onEnd(input);
        }
    }

    @Override
    public int timers(TimeDomain domain) {
        return own.task().timers(domain);
    }

    @Override
    public void endKey() {
        own.endKey();
    }

    @Override
    public boolean finish() throws Exception {
        // Behind another operator nobody says that the input has ended.
        for (int input = 0; input < inputs.length; input++) {
            if (!ended[input]) {
                end(input);
            }
        }
        own.endTime(context.mode());
        operator.finish();
        return true;
    }

    @Override
    public void beforeSnapshot(long checkpointId) throws Exception {
        own.beforeSnapshot(checkpointId);
    }

    @Override
    public void snapshot(SnapshotTurn turn) throws Exception {
        own.snapshot(turn);
        if (selected != null) {
            selected.snapshot(turn, context);
        }
        super.snapshot(turn);
    }

    @Override
    public void checkpointEnded(long checkpointId, boolean complete) throws Exception {
        own.checkpointEnded(checkpointId, complete);
        super.checkpointEnded(checkpointId, complete);
    }

    @Override
    public boolean awaitsCheckpoint() {
        return own.listens();
    }

    @Override
    public void release() throws Exception {
        try {
            operator.close();
        } finally {
            context.closeState();
        }
    }
}
