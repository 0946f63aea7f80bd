package io.millrace.runtime.operator;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;

/**
 * Stamps records by the program's strategy and makes watermarks of them; the time that comes in
 * ends here, but for the end of all time and idleness.
 */
final class TimestampsOperator extends Operator {
    private final Receiver next;
    private final OperatorContext context;
    private final SourceTime time;
    // Null if records keep their timestamps and no watermarks are made.
    private final TimestampAssigner<Object> assigner;

    @SuppressWarnings("unchecked")
    TimestampsOperator(OperatorSpec.TimestampsSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.next = next;
        this.context = context;
        this.time =
                new SourceTime(
                        (WatermarkStrategy<Object>) spec.watermarks(), context.scope(), next);
        this.assigner = time.assigner();
    }

    @Override
    public void open() {
        scheduleTick();
    }

    private void scheduleTick() {
        long tickMs = time.nextTickMs(context.clockMs().getAsLong());
        if (tickMs != Long.MAX_VALUE) {
            context.processingTimers().at(tickMs, this::tick);
        }
    }

    private void tick() {
        try {
            time.onTick(context.clockMs().getAsLong());
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        scheduleTick();
    }

    @Override
    public void push(Object record, long timestampMs) {
        if (assigner == null) {
            next.push(record, timestampMs);
            return;
        }
        long stampedMs;
        try {
            stampedMs = assigner.extractTimestamp(record, timestampMs);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        next.push(record, stampedMs);
        time.onRecord(record, stampedMs);
    }

    @Override
    public void watermark(long timestampMs) {
        if (timestampMs == Long.MAX_VALUE) {
            time.onEnd();
        }
    }

    @Override
    public void idle() {
        time.onSourceIdle();
    }
}
