package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.testing.Interleavings;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

class LoopEntryInterleavingsTest {
    /** A mailbox, those who post to it, and loops that give its owner turns. */
    public abstract static class Model implements Turnable {
        private final ConcurrentLinkedQueue<Integer> mailbox = new ConcurrentLinkedQueue<>();
        private final AtomicInteger inTurn = new AtomicInteger();
        // Not volatile: what one turn writes the next has to see.
        private int turns;
        private volatile int turnsEnded;
        private volatile boolean overlapped;

        abstract void wake();

        /** Gives a turn if one is due; returns false if none is. */
        abstract boolean giveTurn();

        /** Whether a turn is still due. */
        abstract boolean isQueued();

        @Operation
        public void post() {
            mailbox.add(1);
            wake();
        }

        @Operation
        public void loop() {
            giveTurn();
        }

        @Override
        public int turn() {
            if (inTurn.getAndIncrement() != 0) {
                overlapped = true;
            }
            turns++;
            int read = 0;
            while (mailbox.poll() != null) {
                read++;
            }
            turnsEnded = turns;
            inTurn.decrementAndGet();
            return read;
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public long nextTurnNanos() {
            return Long.MAX_VALUE;
        }

        @Validate
        public void noMailWaitsForNobody() {
            if (!mailbox.isEmpty() && !isQueued()) {
                throw new IllegalStateException("mail waits, and no turn will read it");
            }
            if (overlapped || turns != turnsEnded) {
                throw new IllegalStateException("two turns at once");
            }
        }
    }

    /** The real entry and lane. */
    public static class Real extends Model {
        private final Lane lane = new Lane(null);
        private final LoopEntry entry = new LoopEntry(this, lane, ignored -> {});

        public Real() {
            entry.wake();
        }

        @Override
        void wake() {
            entry.wake();
        }

        @Override
        boolean giveTurn() {
            LoopEntry next = lane.poll();
            if (next == null) {
                return false;
            }
            next.begin();
            next.end(next.work().turn(), lane);
            return true;
        }

        @Override
        boolean isQueued() {
            return !lane.isEmpty();
        }
    }

    /** Forgets a wake-up that came during a turn. */
    public static class Forgetful extends Model {
        private final ConcurrentLinkedQueue<Model> queue = new ConcurrentLinkedQueue<>();
        private final AtomicInteger state = new AtomicInteger(1); // 0 idle, 1 queued, 2 running

        public Forgetful() {
            queue.add(this);
        }

        @Override
        void wake() {
            if (state.compareAndSet(0, 1)) {
                queue.add(this);
            }
        }

        @Override
        boolean giveTurn() {
            if (queue.poll() == null) {
                return false;
            }
            state.set(2);
            if (turn() > 0) {
                state.set(1);
                queue.add(this);
            } else {
                state.set(0);
            }
            return true;
        }

        @Override
        boolean isQueued() {
            return !queue.isEmpty();
        }
    }

    @Test
    void givesOneTurnAtATimeAndForgetsNoWakeUpInAnyInterleaving() {
        Interleavings.check(Real.class, 3, 2);
    }

    @Test
    void theCheckFindsTheMailThatAForgetfulEntryLeaves() {
        assertThatThrownBy(() -> Interleavings.check(Forgetful.class, 3, 2))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("mail waits");
    }
}
