package io.millrace.runtime.task;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * What a source is told, in the order in which it was sent. Between the trigger of a checkpoint and
 * the task's own cut nothing of an enumerator is taken in: its position in that checkpoint still
 * has what it gave later, and a restore would give it once more. A later trigger waits behind what
 * came before it. Confined to the task.
 */
final class SourceMail {
    private final BooleanSupplier owesCut;
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /**
     * @param owesCut whether a checkpoint was triggered of which the task has not made its cut yet
     */
    SourceMail(BooleanSupplier owesCut) {
        this.owesCut = owesCut;
    }

    /** Splits, or an event, of an enumerator. */
    void enumerator(Runnable action) {
        if (owesCut.getAsBoolean() || !waiting.isEmpty()) {
            waiting.add(action);
        } else {
            action.run();
        }
    }

    /** A checkpoint begins. */
    void trigger(Runnable action) {
        if (waiting.isEmpty()) {
            action.run();
        } else {
            waiting.add(action);
        }
    }

    /** Takes in what waited for the cut. Returns how much it was. */
    int settle() {
        int taken = 0;
        while (!waiting.isEmpty() && !owesCut.getAsBoolean()) {
            waiting.remove().run();
            taken++;
        }
        return taken;
    }
}
