package io.millrace.runtime.operator;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.message.TaskTime.OriginTime;

/**
 * Stamps records by the program's strategy and makes watermarks of them; the time and idleness that
 * come in end here, but for the end of all time.
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
        this.time = new SourceTime((WatermarkStrategy<Object>) spec.watermarks(), context, next);
        this.assigner = time.assigner();
    }

    @Override
    public void open() {
        time.start();
    }

    @Override
    public void push(Object record, long timestampMs) {
        if (time.isIdle()) {
            time.wake();
        }
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
        try {
            time.onRecord(record, stampedMs);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void watermark(long timestampMs) {
        if (timestampMs == Long.MAX_VALUE) {
            time.onEnd();
        }
    }

    /** Whether anything is idle is for the program's generator to say, as Flink has it. */
    @Override
    public void idle() {
        // The next watermark comes from the generator.
    }

    @Override
    public void active() {
        // As idle.
    }

    @Override
    public OriginTime origin(TimeSince since) {
        return time.origin(since);
    }
}
