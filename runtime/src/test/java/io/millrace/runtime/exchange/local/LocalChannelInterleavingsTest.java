package io.millrace.runtime.exchange.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.DrainPace;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.testing.Interleavings;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

class LocalChannelInterleavingsTest {
    /** The two tasks at a channel, in every interleaving that the checker tries. */
    public abstract static class Model {
        private static final int CAPACITY = 1;

        private final Runnable wakeReader = () -> readerAsleep = false;
        private final Runnable wakeWriter = () -> writerAsleep = false;
        // Whether a task has found nothing to do and not been woken since.
        private volatile boolean readerAsleep;
        private volatile boolean writerAsleep;
        private long written;
        private long read;
        private boolean inOrder = true;

        abstract boolean offer(long number);

        /** The next number, or -1. */
        abstract long poll();

        final Runnable wakeReader() {
            return wakeReader;
        }

        final Runnable wakeWriter() {
            return wakeWriter;
        }

        @Operation(nonParallelGroup = "writer")
        public void write() {
            writerAsleep = true;
            if (offer(written)) {
                written++;
                writerAsleep = false;
            }
        }

        @Operation(nonParallelGroup = "reader")
        public void read() {
            readerAsleep = true;
            long number = poll();
            if (number >= 0) {
                inOrder &= number == read;
                read++;
                readerAsleep = false;
            }
        }

        @Validate
        public void nobodySleepsOverWork() {
            if (readerAsleep && read < written) {
                throw new IllegalStateException("the reader sleeps, and " + read + " waits for it");
            }
            if (writerAsleep && written - read < CAPACITY) {
                throw new IllegalStateException("the writer sleeps, and there is space");
            }
            if (!inOrder || written - read > CAPACITY) {
                throw new IllegalStateException("out of order, or more than fits");
            }
        }
    }

    /** The real channel. */
    public static class Real extends Model {
        private final ChannelWriter writer;
        private final ChannelReader reader;

        public Real() {
            LocalChannel channel =
                    new LocalChannel(
                            new ChannelId(new JobId("0".repeat(32)), 1, 0, 0, 0),
                            Model.CAPACITY,
                            1 << 20,
                            new DrainPace(1, 1 << 20, () -> 0),
                            () -> {});
            channel.onItem(wakeReader());
            channel.onSpace(wakeWriter());
            writer = channel.writer();
            reader = channel.reader();
        }

        @Override
        boolean offer(long number) {
            boolean taken = writer.offer(new ControlEvent.Watermark(number));
            writer.settle();
            return taken;
        }

        @Override
        long poll() {
            ControlEvent.Watermark item = (ControlEvent.Watermark) reader.poll();
            return item == null ? -1 : item.timestampMs();
        }
    }

    /** Does not look once more after it has raised its flag. */
    public static class Hasty extends Model {
        private final ConcurrentLinkedQueue<Long> queue = new ConcurrentLinkedQueue<>();
        private volatile boolean readerWaits;
        private volatile boolean writerWaits;

        @Override
        boolean offer(long number) {
            if (queue.size() >= Model.CAPACITY) {
                writerWaits = true;
                return false;
            }
            queue.add(number);
            if (readerWaits) {
                readerWaits = false;
                wakeReader().run();
            }
            return true;
        }

        @Override
        long poll() {
            Long number = queue.poll();
            if (number == null) {
                readerWaits = true;
                return -1;
            }
            if (writerWaits) {
                writerWaits = false;
                wakeWriter().run();
            }
            return number;
        }
    }

    @Test
    void losesNoItemAndNoWakeUpInAnyInterleaving() {
        Interleavings.check(Real.class, 2, 2);
    }

    @Test
    void theCheckFindsTheWakeUpThatAHastyChannelLoses() {
        assertThatThrownBy(() -> Interleavings.check(Hasty.class, 2, 2))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("sleeps");
    }
}
