package io.millrace.runtime.operator;

import io.millrace.runtime.chain.Receiver;

/**
 * The place behind an operator with side outputs: records of the main output go on, time goes to
 * all outputs.
 */
final class TimeFan extends Receiver {
    private final Receiver main;
    private final Receiver[] sides;

    TimeFan(Receiver main, Receiver[] sides) {
        this.main = main;
        this.sides = sides;
    }

    @Override
    public void push(Object record, long timestampMs) {
        main.push(record, timestampMs);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        main.pushKeyed(record, timestampMs, keyHash);
    }

    @Override
    public void watermark(long timestampMs) {
        main.watermark(timestampMs);
        for (Receiver side : sides) {
            side.watermark(timestampMs);
        }
    }

    @Override
    public void idle() {
        main.idle();
        for (Receiver side : sides) {
            side.idle();
        }
    }

    @Override
    public void active() {
        main.active();
        for (Receiver side : sides) {
            side.active();
        }
    }
}
