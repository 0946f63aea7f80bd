package io.millrace.runtime.operator;

import io.millrace.runtime.chunk.RecordChunk;

/** Pushes the records of a chunk into the second input of an operator that has two. */
final class SecondInputLoop extends ChunkReceiver {
    private final TwoInputOperator operator;

    private int looked; // so that the compiler keeps the look

    SecondInputLoop(TwoInputOperator operator) {
        this.operator = operator;
    }

    @Override
    public int accept(RecordChunk chunk, PieceEnd piece) {
        operator.onRecords(TwoInputOperator.SECOND);
        Object[] values = chunk.values;
        int[] keyHashes = chunk.keyHashes;
        int size = chunk.size;
        looked = chunk.look();
        if (keyHashes == null) {
            for (int i = 0; i < size; i++) {
                operator.pushSecond(values[i], chunk.timestampMs(i));
                if (piece.isOver()) {
                    return i + 1;
                }
            }
        } else {
            operator.expect(keyHashes, size);
            for (int i = 0; i < size; i++) {
                operator.pushSecondKeyed(values[i], chunk.timestampMs(i), keyHashes[i]);
                if (piece.isOver()) {
                    return i + 1;
                }
            }
        }
        return size;
    }

    @Override
    public void watermark(long timestampMs) {
        operator.watermark(TwoInputOperator.SECOND, timestampMs);
    }

    @Override
    public void idle() {
        operator.idle(TwoInputOperator.SECOND);
    }

    @Override
    public void active() {
        operator.active(TwoInputOperator.SECOND);
    }

    @Override
    public void endOfInput() {
        operator.endOfInput(TwoInputOperator.SECOND);
    }

    @Override
    public boolean takesInput() {
        return operator.takesInput(TwoInputOperator.SECOND);
    }

    @Override
    public Holding holding() {
        return operator.holding(TwoInputOperator.SECOND);
    }
}
