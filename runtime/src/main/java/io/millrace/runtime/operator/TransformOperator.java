package io.millrace.runtime.operator;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.BoundedMultiInput;
import io.millrace.api.operator.BoundedOneInput;
import io.millrace.api.operator.EndsLater;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.WatermarkStatus;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.Watermark;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.chunk.RecordChunk;

/** Calls a program's own operator of one input. */
/* Each record comes in a new StreamRecord, because operators may keep it, unless the job reuses
 * objects. Where it does not escape, the JIT makes none.
 */
final class TransformOperator extends Operator {
    private final OperatorContext context;
    private final OwnOperator<?> own;
    private final OneInputStreamOperator<Object, Object> operator;
    private final StreamRecord<Object> reused;
    private final boolean keyed;
    private boolean isIdle;

    @SuppressWarnings("unchecked") // records are objects here
    TransformOperator(OperatorSpec.TransformSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.context = context;
        this.own =
                OwnOperator.make(
                        OneInputStreamOperator.class,
                        spec.factory(),
                        context,
                        next,
                        spec.keySelector());
        this.operator = (OneInputStreamOperator<Object, Object>) own.operator();
        this.reused = context.reusesObjects() ? new StreamRecord<>(null) : null;
        this.keyed = spec.keySelector() != null;
    }

    @Override
    public void open() throws Exception {
        context.openState();
        own.open();
    }

    @Override
    public void push(Object record, long timestampMs) {
        try {
            if (isIdle) {
                activate();
            }
            StreamRecord<Object> element = reused == null ? new StreamRecord<>(record) : reused;
            element.replace(record, timestampMs);
            if (timestampMs == RecordChunk.NO_TIMESTAMP) {
                element.eraseTimestamp();
            }
            if (keyed) {
                operator.setKeyContextElement(element);
            }
            operator.processElement(element);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        own.task().expectKey(keyHash);
        push(record, timestampMs);
        own.task().expectNoKey();
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        own.task().expect(keyHashes, count);
    }

    private void activate() throws Exception {
        isIdle = false;
        operator.processWatermarkStatus(WatermarkStatus.ACTIVE);
    }

    @Override
    public void watermark(long timestampMs) {
        try {
            if (isIdle) {
                activate();
            }
            operator.processWatermark(new Watermark(timestampMs));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void idle() {
        if (isIdle) {
            return;
        }
        isIdle = true;
        try {
            operator.processWatermarkStatus(WatermarkStatus.IDLE);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void active() {
        if (!isIdle) {
            return;
        }
        try {
            activate();
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
    public boolean mayEnd() throws Exception {
        return !(operator instanceof EndsLater waiting) || waiting.mayEnd();
    }

    @Override
    public boolean finish() throws Exception {
        own.endTime(context.mode());
        endInput();
        operator.finish();
        return true;
    }

    @Override
    public void endInput() throws Exception {
        if (operator instanceof BoundedOneInput bounded) {
            bounded.endInput();
        } else if (operator instanceof BoundedMultiInput bounded) {
            bounded.endInput(1);
        }
    }

    @Override
    public void beforeSnapshot(long checkpointId) throws Exception {
        own.beforeSnapshot(checkpointId);
    }

    @Override
    public void snapshot(SnapshotTurn turn) throws Exception {
        own.snapshot(turn);
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
