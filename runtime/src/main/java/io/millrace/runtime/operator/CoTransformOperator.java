package io.millrace.runtime.operator;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.BoundedMultiInput;
import io.millrace.api.operator.InputSelectable;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.TwoInputStreamOperator;
import io.millrace.api.operator.WatermarkStatus;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.Watermark;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.RecordChunk;

/** Calls a program's own operator of two inputs; it merges their time itself. */
final class CoTransformOperator extends TwoInputOperator {
    private final OperatorContext context;
    private final OwnOperator<?> own;
    private final TwoInputStreamOperator<Object, Object, Object> operator;
    private final boolean firstKeyed;
    private final boolean secondKeyed;
    // Null if the operator takes both inputs at all times.
    private final SelectedInputs selected;
    private final boolean[] isIdle = new boolean[2];

    @SuppressWarnings("unchecked") // records are objects here
    CoTransformOperator(OperatorSpec.CoTransformSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.context = context;
        this.own =
                OwnOperator.make(
                        TwoInputStreamOperator.class,
                        spec.factory(),
                        context,
                        next,
                        spec.firstKey(),
                        spec.secondKey());
        this.operator = (TwoInputStreamOperator<Object, Object, Object>) own.operator();
        this.firstKeyed = spec.firstKey() != null;
        this.secondKeyed = spec.secondKey() != null;
        this.selected =
                operator instanceof InputSelectable selectable
                        ? new SelectedInputs(
                                selectable, new Wanted(), spec.firstKey(), spec.secondKey())
                        : null;
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
        take(FIRST, record, timestampMs);
    }

    @Override
    public void pushSecond(Object record, long timestampMs) {
        take(SECOND, record, timestampMs);
    }

    private void take(int input, Object record, long timestampMs) {
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

    /** What comes when the operator wants it. */
    private final class Wanted implements SelectedInputs.Target {
        @Override
        public void process(int input, StreamRecord<Object> element) throws Exception {
            activate(input);
            CoTransformOperator.this.process(input, element);
        }

        @Override
        public void tell(int input, ControlEvent event) {
            switch (event.kind()) {
                case WATERMARK -> time(input, ((ControlEvent.Watermark) event).timestampMs());
                case IDLE -> becomeIdle(input);
                case ACTIVE -> activate(input);
                case END_OF_INPUT -> end(input);
                case BARRIER -> throw new IllegalStateException(event + " waits for nobody");
            }
        }
    }

    private void process(int input, StreamRecord<Object> element) throws Exception {
        if (input == FIRST) {
            if (firstKeyed) {
                operator.setKeyContextElement1(element);
            }
            operator.processElement1(element);
        } else {
            if (secondKeyed) {
                operator.setKeyContextElement2(element);
            }
            operator.processElement2(element);
        }
    }

    @Override
    void onRecords(int input) {
        if (selected == null) {
            activate(input);
        }
    }

    @Override
    void watermark(int input, long timestampMs) {
        if (!defers(input, new ControlEvent.Watermark(timestampMs))) {
            time(input, timestampMs);
        }
    }

    @Override
    void idle(int input) {
        if (!defers(input, new ControlEvent.Idle())) {
            becomeIdle(input);
        }
    }

    @Override
    void active(int input) {
        if (!defers(input, new ControlEvent.Active())) {
            activate(input);
        }
    }

    private boolean defers(int input, ControlEvent event) {
        return selected != null && selected.defers(input, event);
    }

    private void time(int input, long timestampMs) {
        activate(input);
        try {
            if (input == FIRST) {
                operator.processWatermark1(new Watermark(timestampMs));
            } else {
                operator.processWatermark2(new Watermark(timestampMs));
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void becomeIdle(int input) {
        if (!isIdle[input]) {
            status(input, WatermarkStatus.IDLE);
        }
    }

    private void activate(int input) {
        if (isIdle[input]) {
            status(input, WatermarkStatus.ACTIVE);
        }
    }

    private void status(int input, WatermarkStatus status) {
        isIdle[input] = status.isIdle();
        try {
            if (input == FIRST) {
                operator.processWatermarkStatus1(status);
            } else {
                operator.processWatermarkStatus2(status);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    protected boolean takesInput(int input) {
        return selected == null || selected.takes(input);
    }

    @Override
    ChunkReceiver.Holding holding(int input) {
        return selected == null ? ChunkReceiver.Holding.NEVER : selected.holding(input);
    }

    @Override
    protected void endOfInput(int input) {
        if (!defers(input, new ControlEvent.EndOfInput())) {
            end(input);
        }
    }

    private void end(int input) {
        try {
            if (operator instanceof BoundedMultiInput bounded) {
                bounded.endInput(input + 1);
            }
            if (selected != null) {
                selected.onEnd(input);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
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
