package io.millrace.runtime.exchange.remote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.testing.Interleavings;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

class CreditInterleavingsTest {
    private static final long WINDOW = 4;

    /** The two tasks of a channel, and the network between them, which is a third thread. */
    public abstract static class Model {
        private static final long[] ITEMS = {3, 2, 5, 1, 1, 4};

        private final SendWindow sender = new SendWindow();
        private final ConcurrentLinkedQueue<Integer> data = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Long> credit = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
        private int sent;
        private int consumed;
        private boolean inOrder = true;
        private volatile boolean refused;

        /** Two items have used up the window and wait for the reading task. */
        final void begin() {
            sender.onGranted(WINDOW);
            send();
            network();
            send();
            network();
        }

        abstract boolean onReceived(long bytes);

        /** Tells {@code peer} the new total, if there is one. */
        abstract void onConsumed(long bytes, LongConsumer peer);

        @Operation(nonParallelGroup = "writing task")
        public void send() {
            if (sent < ITEMS.length && sender.isOpen()) {
                sender.onSent(ITEMS[sent]);
                data.add(sent++);
            }
        }

        @Operation(nonParallelGroup = "network")
        public void network() {
            Long total = credit.poll();
            if (total != null) {
                sender.onGranted(total);
            }
            Integer item = data.poll();
            if (item != null) {
                refused |= !onReceived(ITEMS[item]);
                queue.add(item);
            }
        }

        @Operation(nonParallelGroup = "reading task")
        public void consume() {
            Integer item = queue.poll();
            if (item != null) {
                inOrder &= item == consumed;
                consumed++;
                onConsumed(ITEMS[item], credit::add);
            }
        }

        /** From wherever the threads have stopped, all that is left can still be delivered. */
        @Validate
        public void neverStuck() {
            for (int round = 0; round < 50 && consumed < ITEMS.length; round++) {
                send();
                network();
                consume();
            }
            if (refused) {
                throw new IllegalStateException("an honest sender was refused");
            }
            if (!inOrder) {
                throw new IllegalStateException("out of order");
            }
            if (consumed < ITEMS.length) {
                throw new IllegalStateException("stuck before item " + consumed);
            }
        }
    }

    /** The real windows. */
    public static class Real extends Model {
        private final ReceiveWindow receiver = new ReceiveWindow(WINDOW);

        public Real() {
            begin();
        }

        @Override
        boolean onReceived(long bytes) {
            return receiver.onReceived(bytes, true);
        }

        @Override
        void onConsumed(long bytes, LongConsumer peer) {
            long total = receiver.onConsumed(bytes);
            if (total != 0) {
                peer.accept(total);
            }
        }
    }

    /** Tells the peer of a grant before it has noted it itself. */
    public static class Premature extends Model {
        private volatile long granted = WINDOW;
        private long received;
        private long consumedBytes;

        public Premature() {
            begin();
        }

        @Override
        boolean onReceived(long bytes) {
            if (received >= granted) {
                return false;
            }
            received += bytes;
            return true;
        }

        @Override
        void onConsumed(long bytes, LongConsumer peer) {
            consumedBytes += bytes;
            peer.accept(consumedBytes + WINDOW);
            granted = consumedBytes + WINDOW;
        }
    }

    @Test
    void refusesNoHonestSenderAndIsNeverStuckInAnyInterleaving() {
        Interleavings.check(Real.class, 3, 2);
    }

    @Test
    void theCheckFindsTheSenderThatAPrematureGrantHasRefused() {
        assertThatThrownBy(() -> Interleavings.check(Premature.class, 3, 2))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("refused");
    }
}
