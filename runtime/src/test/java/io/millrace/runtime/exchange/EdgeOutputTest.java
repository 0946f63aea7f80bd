package io.millrace.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.type.Types;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.serde.Serializers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeOutputTest {
    private static final ControlEvent WATERMARK = new ControlEvent.Watermark(7);
    private static final ControlEvent END = new ControlEvent.EndOfInput();

    private final List<Object> offered = new ArrayList<>();

    private EdgeOutput output(boolean readAtTheEnd) {
        ChannelWriter writer =
                new ChannelWriter() {
                    @Override
                    public boolean offer(Item item) {
                        offered.add(item instanceof RecordChunk chunk ? chunk.size : item);
                        return true;
                    }

                    @Override
                    public boolean hasSpace() {
                        return true;
                    }

                    @Override
                    public boolean isReadAtTheEnd() {
                        return readAtTheEnd;
                    }

                    @Override
                    public void settle() {
                        // Nobody sleeps.
                    }

                    @Override
                    public long bytesOut() {
                        return 0;
                    }

                    @Override
                    public void close() {
                        // Nothing is held.
                    }
                };
        return new EdgeOutput(
                new ChannelWriter[] {writer},
                false,
                RecordChunk.CAPACITY,
                full -> {
                    throw new AssertionError("there is space");
                },
                new RecordSizes(Serializers.of(Types.LONG, getClass().getClassLoader())),
                () -> {});
    }

    private static void append(EdgeOutput output, int records) {
        for (int i = 0; i < records; i++) {
            output.append(0, (long) i, RecordChunk.NO_TIMESTAMP);
        }
    }

    @Test
    void aChunkLeavesWhenItsTaskRests() {
        EdgeOutput output = output(false);
        append(output, 3);
        output.flush();
        append(output, 2);
        output.send(WATERMARK);

        assertThat(offered).containsExactly(3, 2, WATERMARK);
    }

    @Test
    void chunksThatAreReadAtTheEndAreFull() {
        EdgeOutput output = output(true);
        append(output, 3);
        output.flush();
        output.send(WATERMARK);
        append(output, RecordChunk.CAPACITY);
        output.send(END);

        assertThat(offered).containsExactly(RecordChunk.CAPACITY, 3, END);
        assertThat(output.watermarkMs()).isEqualTo(7);
        assertThat(output.recordsOut()).isEqualTo(3 + RecordChunk.CAPACITY);
    }
}
