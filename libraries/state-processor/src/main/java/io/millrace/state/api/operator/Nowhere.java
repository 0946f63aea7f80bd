package io.millrace.state.api.operator;

import io.millrace.runtime.chain.Receiver;

/** Where nobody listens. */
final class Nowhere extends Receiver {
    @Override
    public void push(Object record, long timestampMs) {}

    @Override
    public void watermark(long timestampMs) {}

    @Override
    public void idle() {}
}
