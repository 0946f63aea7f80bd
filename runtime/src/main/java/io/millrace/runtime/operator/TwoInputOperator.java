package io.millrace.runtime.operator;

import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.exchange.WatermarkMerger;

/**
 * An operator that two edges lead to: {@link #push} takes the records of the first, {@link
 * #pushSecond} those of the second. Its time is that of the slower input that is not idle. Stands
 * at the head of a chain. Confined to its task.
 */
public abstract class TwoInputOperator extends Operator {
    protected static final int FIRST = 0;
    protected static final int SECOND = 1;

    private final WatermarkMerger merger = WatermarkMerger.ofInputs(2);

    protected TwoInputOperator(Receiver next) {
        super(next);
    }

    /** Takes one record of the second input. */
    public abstract void pushSecond(Object record, long timestampMs);

    /**
     * Takes one record of the second input whose key hash is known.
     *
     * @param keyHash as {@code KeyGroups.hash} gives it
     */
    public void pushSecondKeyed(Object record, long timestampMs, int keyHash) {
        pushSecond(record, timestampMs);
    }

    /** Records of an input follow. */
    void onRecords(int input) {
        merged(merger.onRecords(input));
    }

    /** Time of one input. */
    void watermark(int input, long timestampMs) {
        merged(merger.onWatermark(input, timestampMs));
    }

    /** Nobody should wait for the time of one input. */
    void idle(int input) {
        merged(merger.onIdle(input));
    }

    /** The time of one input counts again, although it has not come further. */
    void active(int input) {
        merged(merger.onActive(input));
    }

    /** One input has ended. */
    protected void endOfInput(int input) {}

    /** Whether the operator takes more of one input now. */
    protected boolean takesInput(int input) {
        return true;
    }

    /** See {@link ChunkReceiver#holding}. */
    ChunkReceiver.Holding holding(int input) {
        return ChunkReceiver.Holding.NEVER;
    }

    private void merged(ControlEvent first) {
        for (ControlEvent event = first; event != null; event = merger.takeFollowing()) {
            pass(event);
        }
    }

    private void pass(ControlEvent event) {
        switch (event.kind()) {
            case WATERMARK -> watermark(((ControlEvent.Watermark) event).timestampMs());
            case IDLE -> idle();
            case ACTIVE -> active();
            case BARRIER, END_OF_INPUT -> throw new IllegalStateException(event + " is no time");
        }
    }
}
