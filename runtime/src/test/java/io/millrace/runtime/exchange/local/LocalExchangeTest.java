package io.millrace.runtime.exchange.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.chunk.ControlEvent.EndOfInput;
import io.millrace.runtime.chunk.ControlEvent.Watermark;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.plan.JobId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LocalExchangeTest {
    private static final ChannelId ID =
            new ChannelId(new JobId("0123456789abcdef0123456789abcdef"), 1, 0, 0, 0);

    private final LocalExchange exchange = new LocalExchange(3);
    private final AtomicInteger spaceCalls = new AtomicInteger();
    private final AtomicInteger itemCalls = new AtomicInteger();
    private final ChannelWriter writer =
            exchange.openWriter(ID, null, null, spaceCalls::incrementAndGet);
    private final ChannelReader reader =
            exchange.openReader(ID, null, null, itemCalls::incrementAndGet);

    @Test
    void refusesWhatDoesNotFitAndSaysWhenThereIsSpace() {
        for (int i = 0; i < 3; i++) {
            assertThat(writer.offer(new Watermark(i))).isTrue();
        }
        assertThat(writer.hasSpace()).isFalse();
        Watermark fourth = new Watermark(3);
        assertThat(writer.offer(fourth)).isFalse();
        assertThat(spaceCalls).hasValue(0);

        assertThat(reader.poll()).isEqualTo(new Watermark(0));
        assertThat(spaceCalls).as("half of it is not free yet").hasValue(0);
        assertThat(reader.poll()).isEqualTo(new Watermark(1));

        assertThat(spaceCalls).hasValue(1);
        assertThat(writer.offer(fourth)).isTrue();
        assertThat(reader.poll()).isEqualTo(new Watermark(2));
        assertThat(spaceCalls).as("nobody waits any more").hasValue(1);
    }

    private static RecordChunk chunkOf(int estimatedBytes) {
        RecordChunk chunk = new RecordChunk(false);
        chunk.add("record", RecordChunk.NO_TIMESTAMP);
        chunk.estimatedBytes = estimatedBytes;
        return chunk;
    }

    @Test
    void refusesWhatIsTooLargeByEstimateThoughThereIsAPlace() {
        RecordChunk large = chunkOf(600_000);
        assertThat(writer.offer(chunkOf(500_000))).isTrue();
        assertThat(writer.offer(large)).as("one item may go beyond").isTrue();
        assertThat(writer.offer(chunkOf(1))).isFalse();

        reader.poll();
        assertThat(spaceCalls).hasValue(1);
        assertThat(writer.hasSpace()).as("the large one is still there").isFalse();
        assertThat(reader.poll()).isSameAs(large);

        assertThat(writer.offer(chunkOf(1))).isTrue();
    }

    @Test
    void wakesAReaderForHalfOfTheQueueOrWhenTheWriterSettles() {
        assertThat(reader.poll()).isNull();
        writer.offer(new Watermark(1));
        assertThat(itemCalls).as("more may come").hasValue(0);
        writer.settle();
        assertThat(itemCalls).hasValue(1);
        writer.settle();
        assertThat(itemCalls).as("it is awake").hasValue(1);

        assertThat(reader.poll()).isNotNull();
        assertThat(reader.poll()).isNull();
        writer.offer(new Watermark(2));
        writer.offer(new Watermark(3));
        assertThat(itemCalls).hasValue(2);
    }

    @Test
    void wakesTheReaderOnlyIfItWaits() {
        writer.offer(new Watermark(1));
        assertThat(itemCalls).hasValue(0);
        assertThat(reader.poll()).isNotNull();
        assertThat(reader.poll()).isNull();
        writer.offer(new Watermark(2));
        writer.offer(new Watermark(3));
        assertThat(itemCalls).hasValue(1);
    }

    @Test
    void deliversWhatWasOfferedBeforeTheWriterCloses() {
        writer.offer(new Watermark(1));
        writer.offer(new EndOfInput());
        writer.close();

        assertThat(reader.poll()).isEqualTo(new Watermark(1));
        assertThat(reader.poll()).isEqualTo(new EndOfInput());
        assertThat(reader.poll()).isNull();
        reader.close();
        assertThat(exchange.openChannels()).isZero();
    }

    @Test
    void failsTheReaderIfTheWriterIsGoneBeforeTheEnd() {
        writer.offer(new Watermark(1));
        writer.close();

        assertThat(reader.poll()).isEqualTo(new Watermark(1));
        assertThatThrownBy(reader::poll).hasMessageStartingWith("EXCHANGE_FAILED: the writer");
    }

    @Test
    void failsTheWriterIfTheReaderIsGone() {
        reader.close();
        assertThat(spaceCalls).hasValue(1);
        assertThatThrownBy(() -> writer.offer(new Watermark(1)))
                .hasMessageStartingWith("EXCHANGE_FAILED: the reader");
    }

    @Test
    void losesNoWakeUpBetweenTwoThreads() throws InterruptedException {
        int items = 200_000;
        LocalExchange shared = new LocalExchange(4);
        Thread[] sides = new Thread[2];
        ChannelWriter out = shared.openWriter(ID, null, null, () -> LockSupport.unpark(sides[0]));
        ChannelReader in = shared.openReader(ID, null, null, () -> LockSupport.unpark(sides[1]));
        long[] sum = new long[1];
        sides[0] =
                new Thread(
                        () -> {
                            for (int i = 0; i < items; i++) {
                                while (!out.offer(new Watermark(i))) {
                                    out.settle();
                                    LockSupport.park();
                                }
                            }
                            out.settle();
                        });
        sides[1] =
                new Thread(
                        () -> {
                            for (int i = 0; i < items; i++) {
                                Watermark next;
                                while ((next = (Watermark) in.poll()) == null) {
                                    LockSupport.park();
                                }
                                sum[0] += next.timestampMs() == i ? 1 : 0;
                            }
                        });
        sides[0].start();
        sides[1].start();
        sides[0].join(30_000);
        sides[1].join(30_000);
        assertThat(sum[0]).isEqualTo(items);
    }
}
