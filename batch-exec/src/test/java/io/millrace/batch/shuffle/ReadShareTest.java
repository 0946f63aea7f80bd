package io.millrace.batch.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.exchange.stored.RangeBytes;
import io.millrace.runtime.message.ResultSlice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReadShareTest {
    private final List<Integer> opened = new ArrayList<>();
    private final List<Integer> woken = new ArrayList<>();

    /** Bytes that do not come. */
    private static final class Silent implements RangeBytes {
        @Override
        public ByteBuffer poll() {
            return null;
        }

        @Override
        public String where(long position) {
            return "nowhere";
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private List<RangeReader> readers(long shareBytes, long... windows) {
        List<RangeReader> readers = new ArrayList<>();
        for (int i = 0; i < windows.length; i++) {
            int number = i;
            readers.add(
                    new RangeReader(
                            Edge.id(i),
                            new ResultSlice(0, 1, 1, windows[i]),
                            windows[i],
                            () -> {
                                opened.add(number);
                                return new Silent();
                            },
                            () -> {
                                throw new AssertionError("nothing comes");
                            },
                            () -> woken.add(number)));
        }
        List<RangeReader> full = readers.stream().filter(reader -> !reader.isEmpty()).toList();
        ReadShare share = new ReadShare(shareBytes, full);
        readers.forEach(reader -> reader.shareWith(share));
        share.begin();
        return readers;
    }

    private void pollAll(List<RangeReader> readers) {
        readers.forEach(reader -> assertThat(reader.poll()).isNull());
    }

    @Test
    void onlyThoseBeginForWhomThereIsMemory() {
        List<RangeReader> readers = readers(100, 40, 40, 40, 10);

        pollAll(readers);
        assertThat(opened).containsExactly(0, 1);
        readers.get(0).close();
        assertThat(woken).containsExactly(2, 3);
        pollAll(readers.subList(2, 4));

        assertThat(opened).containsExactly(0, 1, 2, 3);
    }

    @Test
    void oneBeginsEvenIfItWantsMoreThanThereIs() {
        List<RangeReader> readers = readers(100, 400, 1);

        pollAll(readers);
        assertThat(opened).containsExactly(0);
        readers.get(0).close();

        assertThat(woken).containsExactly(1);
    }

    @Test
    void whoLeavesBeforeItsTurnIsNotWaitedFor() {
        List<RangeReader> readers = readers(100, 100, 100, 100);

        readers.get(1).close();
        readers.get(0).close();

        assertThat(woken).containsExactly(2);
    }

    @Test
    void aThousandTinyRangesAreNotOpenAtOnce() {
        List<RangeReader> readers =
                readers(1 << 20, LongStream.generate(() -> 10).limit(1_000).toArray());

        pollAll(readers);

        assertThat(opened).hasSize(64);
    }

    @Test
    void anEmptyRangeNeedsNoTurn() {
        List<RangeReader> readers = readers(100, 100, 0);

        Item item = readers.get(1).poll();

        assertThat(item).isEqualTo(new ControlEvent.Watermark(Long.MAX_VALUE));
        assertThat(readers.get(1).poll()).isEqualTo(new ControlEvent.EndOfInput());
        assertThat(opened).isEmpty();
    }
}
