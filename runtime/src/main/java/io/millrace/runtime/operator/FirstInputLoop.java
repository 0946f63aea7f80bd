package io.millrace.runtime.operator;

import io.millrace.runtime.chunk.RecordChunk;

/** Pushes the records of a chunk into the first input of an operator that has two. */
final class FirstInputLoop extends ChunkReceiver {
    private final TwoInputOperator operator;

    private int looked; // so that the compiler keeps the look

    FirstInputLoop(TwoInputOperator operator) {
        this.operator = operator;
    }

    @Override
    public int accept(RecordChunk chunk, PieceEnd piece) {
        operator.onRecords(TwoInputOperator.FIRST);
        Object[] values = chunk.values;
        int[] keyHashes = chunk.keyHashes;
        int size = chunk.size;
        looked = chunk.look();
        if (keyHashes == null) {
            for (int i = 0; i < size; i++) {
                operator.push(values[i], chunk.timestampMs(i));
                if (piece.isOver()) {
                    return i + 1;
                }
            }
        } else {
            operator.expect(keyHashes, size);
            for (int i = 0; i < size; i++) {
                operator.pushKeyed(values[i], chunk.timestampMs(i), keyHashes[i]);
                if (piece.isOver()) {
                    return i + 1;
                }
            }
        }
        return size;
    }

    @Override
    public void watermark(long timestampMs) {
        operator.watermark(TwoInputOperator.FIRST, timestampMs);
    }

    @Override
    public void idle() {
        operator.idle(TwoInputOperator.FIRST);
    }

    @Override
    public void active() {
        operator.active(TwoInputOperator.FIRST);
    }

    @Override
    public void endOfInput() {
        operator.endOfInput(TwoInputOperator.FIRST);
    }

    @Override
    public boolean takesInput() {
        return operator.takesInput(TwoInputOperator.FIRST);
    }

    @Override
    public Holding holding() {
        return operator.holding(TwoInputOperator.FIRST);
    }
}
