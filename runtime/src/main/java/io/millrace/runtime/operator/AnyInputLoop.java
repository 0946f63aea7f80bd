package io.millrace.runtime.operator;

import io.millrace.runtime.chunk.RecordChunk;

/** Pushes the records of a chunk into one of the inputs of an operator that has many. */
final class AnyInputLoop extends ChunkReceiver {
    private final MultiInputOperator operator;
    private final int input;

    private int looked; // so that the compiler keeps the look

    AnyInputLoop(MultiInputOperator operator, Integer input) {
        this.operator = operator;
        this.input = input;
    }

    @Override
    public int accept(RecordChunk chunk, PieceEnd piece) {
        Object[] values = chunk.values;
        int[] keyHashes = chunk.keyHashes;
        int size = chunk.size;
        looked = chunk.look();
        if (keyHashes == null) {
            for (int i = 0; i < size; i++) {
                operator.push(input, values[i], chunk.timestampMs(i));
                if (piece.isOver()) {
                    return i + 1;
                }
            }
        } else {
            for (int i = 0; i < size; i++) {
                operator.pushKeyed(input, values[i], chunk.timestampMs(i), keyHashes[i]);
                if (piece.isOver()) {
                    return i + 1;
                }
            }
        }
        return size;
    }

    @Override
    public void watermark(long timestampMs) {
        operator.watermark(input, timestampMs);
    }

    @Override
    public void idle() {
        operator.idle(input);
    }

    @Override
    public void active() {
        operator.active(input);
    }

    @Override
    public void endOfInput() {
        operator.endOfInput(input);
    }

    @Override
    public boolean takesInput() {
        return operator.takesInput(input);
    }

    @Override
    public Holding holding() {
        return operator.holding(input);
    }
}
