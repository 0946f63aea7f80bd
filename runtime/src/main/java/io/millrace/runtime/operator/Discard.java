package io.millrace.runtime.operator;

import io.millrace.runtime.chain.Receiver;

/** The place behind an operator whose output nobody wants. */
final class Discard extends Receiver {
    @Override
    public void push(Object record, long timestampMs) {
        // Nobody wants it.
    }

    @Override
    public void watermark(long timestampMs) {
        // Nobody is behind.
    }

    @Override
    public void idle() {
        // Nobody is behind.
    }
}
