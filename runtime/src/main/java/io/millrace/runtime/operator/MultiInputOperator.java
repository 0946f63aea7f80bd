package io.millrace.runtime.operator;

import io.millrace.runtime.chain.Receiver;

/**
 * An operator that any number of edges lead to, as one input or several. Stands at the head of a
 * chain, or behind another operator if it has one input. Confined to its task.
 */
public abstract class MultiInputOperator extends Operator {
    protected MultiInputOperator(Receiver next) {
        super(next);
    }

    /**
     * Takes one record of an input.
     *
     * @param input from 0, as in all methods
     */
    abstract void push(int input, Object record, long timestampMs);

    /**
     * Takes one record of an input whose key hash is known.
     *
     * @param keyHash as {@code KeyGroups.hash} gives it
     */
    void pushKeyed(int input, Object record, long timestampMs, int keyHash) {
        push(input, record, timestampMs);
    }

    abstract void watermark(int input, long timestampMs);

    /** Nobody should wait for the time of one input. */
    abstract void idle(int input);

    /** The time of one input counts again, although it has not come further. */
    abstract void active(int input);

    /** One input has ended. */
    abstract void endOfInput(int input);

    /** Whether the operator takes more of one input now. */
    abstract boolean takesInput(int input);

    /** See {@link ChunkReceiver#holding}. */
    ChunkReceiver.Holding holding(int input) {
        return ChunkReceiver.Holding.NEVER;
    }
}
