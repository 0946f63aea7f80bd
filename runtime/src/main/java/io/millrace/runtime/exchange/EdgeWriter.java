package io.millrace.runtime.exchange;

import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.ControlEvent;

/**
 * The end of a chain where records leave on an edge: picks the channel for each record. A subclass
 * for each kind of partitioning. Confined to its task.
 */
public abstract class EdgeWriter extends Receiver {
    private final EdgeOutput output;

    EdgeWriter(EdgeOutput output) {
        this.output = output;
    }

    @Override
    public final void watermark(long timestampMs) {
        output.send(new ControlEvent.Watermark(timestampMs));
    }

    @Override
    public final void idle() {
        output.send(new ControlEvent.Idle());
    }

    @Override
    public final void active() {
        output.send(new ControlEvent.Active());
    }
}
