package io.millrace.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.chunk.ControlEvent.EndOfInput;
import io.millrace.runtime.chunk.ControlEvent.Idle;
import io.millrace.runtime.chunk.ControlEvent.Watermark;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputGateTest {
    private final List<ArrayDeque<Item>> channels = new ArrayList<>();
    private int closed;

    private InputGate gate(int number) {
        InputGate gate = new InputGate(number, BarrierAligner.aligned(number), 0);
        for (int i = 0; i < number; i++) {
            ArrayDeque<Item> queue = new ArrayDeque<>();
            channels.add(queue);
            gate.connect(
                    i,
                    new ChannelReader() {
                        @Override
                        public Item poll() {
                            return queue.poll();
                        }

                        @Override
                        public long bytesIn() {
                            return 5;
                        }

                        @Override
                        public void close() {
                            closed++;
                        }
                    });
        }
        return gate;
    }

    private static RecordChunk chunk(Object record) {
        RecordChunk chunk = new RecordChunk(false);
        chunk.add(record, RecordChunk.NO_TIMESTAMP);
        return chunk;
    }

    private void put(InputGate gate, int channel, Item item) {
        channels.get(channel).add(item);
        gate.signal(channel);
    }

    @Test
    void takesFromTheChannelsInTurn() {
        InputGate gate = gate(2);
        RecordChunk a1 = chunk("a1");
        RecordChunk a2 = chunk("a2");
        RecordChunk b1 = chunk("b1");
        channels.get(0).addAll(List.of(a1, a2));
        channels.get(1).add(b1);

        assertThat(List.of(gate.poll(), gate.poll(), gate.poll())).containsExactly(a1, b1, a2);
        assertThat(gate.poll()).isNull();
        assertThat(gate.recordsIn()).isEqualTo(3);
        assertThat(gate.bytesIn()).isEqualTo(10);
    }

    @Test
    void comesBackToASilentChannelWhenItIsSignalled() {
        InputGate gate = gate(100);
        assertThat(gate.poll()).isNull();
        RecordChunk late = chunk("late");

        channels.get(77).add(late);
        assertThat(gate.poll()).as("nobody has said so").isNull();
        gate.signal(77);
        gate.signal(77);

        assertThat(gate.poll()).isSameAs(late);
        assertThat(gate.poll()).isNull();
    }

    @Test
    void passesTheLowestWatermark() {
        InputGate gate = gate(2);
        put(gate, 0, new Watermark(10));
        assertThat(gate.poll()).isNull();
        put(gate, 1, new Watermark(7));
        assertThat(gate.poll()).isEqualTo(new Watermark(7));
        put(gate, 1, new Watermark(20));
        assertThat(gate.poll()).isEqualTo(new Watermark(10));
        put(gate, 0, new Watermark(3));
        assertThat(gate.poll()).as("time does not go back").isNull();
    }

    @Test
    void doesNotWaitForIdleOrEndedChannels() {
        InputGate gate = gate(3);
        put(gate, 0, new Watermark(10));
        put(gate, 1, new Idle());
        assertThat(gate.poll()).isNull();
        put(gate, 2, new EndOfInput());
        assertThat(gate.poll()).isEqualTo(new Watermark(10));

        put(gate, 0, new Idle());
        assertThat(gate.poll()).isEqualTo(new Idle());
        put(gate, 1, new Watermark(12));
        assertThat(gate.poll()).isEqualTo(new Watermark(12));
    }

    @Test
    void endsWhenTheLastChannelEnds() {
        InputGate gate = gate(2);
        put(gate, 0, new EndOfInput());
        assertThat(gate.poll()).isNull();
        put(gate, 1, chunk("x"));
        put(gate, 1, new EndOfInput());
        assertThat(gate.poll()).isInstanceOf(RecordChunk.class);
        assertThat(gate.poll()).isEqualTo(new EndOfInput());

        gate.close();
        assertThat(closed).isEqualTo(2);
    }
}
