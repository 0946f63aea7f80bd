package io.millrace.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import io.millrace.runtime.chunk.ControlEvent.EndOfInput;
import io.millrace.runtime.chunk.ControlEvent.Idle;
import io.millrace.runtime.chunk.ControlEvent.Watermark;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputGateTest {
    private final List<ArrayDeque<Item>> channels = new ArrayList<>();
    private int closed;

    private InputGate gate(int number) {
        return gate(number, BarrierAligner.aligned(number));
    }

    private static BarrierAligner overtaking(int channels) {
        BitSet all = new BitSet();
        all.set(0, channels);
        return new BarrierAligner(channels, true, all);
    }

    private InputGate gate(int number, BarrierAligner aligner) {
        InputGate gate = new InputGate(number, aligner, 0);
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

    private static RecordChunk chunkOf(int records) {
        RecordChunk chunk = new RecordChunk(true);
        for (int i = 0; i < records; i++) {
            chunk.add(i, i == 2 ? RecordChunk.NO_TIMESTAMP : 10L * i, 100 + i);
        }
        chunk.estimatedBytes = 10 * records;
        return chunk;
    }

    @Test
    void givesOutAChunkInPartsInOrder() {
        InputGate gate = gate(2);
        put(gate, 0, chunkOf(5));
        put(gate, 0, new EndOfInput());
        put(gate, 1, new EndOfInput());

        List<String> seen = new ArrayList<>();
        Item item;
        while (!((item = gate.poll(2)) instanceof EndOfInput)) {
            RecordChunk part = (RecordChunk) item;
            StringBuilder text = new StringBuilder(part.estimatedBytes + " bytes");
            for (int i = 0; i < part.size; i++) {
                text.append(' ').append(part.values[i]);
                text.append('@')
                        .append(
                                part.timestampMs(i) == RecordChunk.NO_TIMESTAMP
                                        ? "-"
                                        : part.timestampMs(i));
                text.append('#').append(part.keyHashes[i]);
            }
            seen.add(text.toString());
        }

        assertThat(seen)
                .containsExactly(
                        "20 bytes 0@0#100 1@10#101",
                        "20 bytes 2@-#102 3@30#103",
                        "10 bytes 4@40#104");
        assertThat(gate.recordsIn()).isEqualTo(5);
    }

    @Test
    void whatIsLeftOfAChunkWaitsBeforeWhatIsReadAhead() {
        BarrierAligner aligner = overtaking(1);
        InputGate gate = gate(1, aligner);
        put(gate, 0, chunkOf(3));
        gate.poll(1);
        put(gate, 0, chunk("behind"));
        put(gate, 0, new Barrier(1, 0, CheckpointKind.FULL));
        aligner.onTrigger(new Barrier(1, 0, CheckpointKind.FULL));
        aligner.overtake(1);

        gate.readAhead(10, 1000);

        assertThat(aligner.due()).isNotNull();
        assertThat(gate.queued(0)).hasSize(2);
        assertThat(gate.queued(0).get(0).size).isEqualTo(2);
        assertThat(gate.queued(0).get(1).values[0]).isEqualTo("behind");
    }

    @Test
    void aCutThatOvertakesNothingWaitsForTheRestOfAChunk() {
        BarrierAligner aligner = BarrierAligner.aligned(1);
        InputGate gate = gate(1, aligner);
        put(gate, 0, chunkOf(3));
        put(gate, 0, new Barrier(1, 0, CheckpointKind.FULL));
        gate.poll(2);
        aligner.onTrigger(new Barrier(1, 0, CheckpointKind.FULL));
        assertThat(aligner.due()).isNull();

        assertThat(((RecordChunk) gate.poll(2)).values[0]).isEqualTo(2);
        assertThat(gate.poll(2)).isNull();

        assertThat(aligner.due()).isNotNull();
    }

    @Test
    void restoredChunksComeInPartsToo() {
        InputGate gate = gate(1);
        gate.restore(List.of(chunkOf(3)));

        assertThat(((RecordChunk) gate.poll(2)).size).isEqualTo(2);
        assertThat(gate.restored()).hasSize(1);
        assertThat(((RecordChunk) gate.poll(2)).values[0]).isEqualTo(2);
        assertThat(gate.restored()).isEmpty();
    }

    @Test
    void whatIsGivenBackComesFirstAndIsNotCounted() {
        InputGate gate = gate(1);
        gate.restore(List.of(chunkOf(3)));
        put(gate, 0, chunkOf(4));
        put(gate, 0, new Watermark(9));

        RecordChunk restored = (RecordChunk) gate.poll();
        gate.giveBack(restored.part(1, 3));
        assertThat(gate.recordsIn()).isEqualTo(1);
        assertThat(gate.restored()).hasSize(1);
        assertThat(((RecordChunk) gate.poll()).values[0]).isEqualTo(1);

        RecordChunk chunk = (RecordChunk) gate.poll();
        gate.giveBack(chunk.part(3, 4));
        assertThat(((RecordChunk) gate.poll()).values[0]).isEqualTo(3);
        assertThat(gate.poll()).isEqualTo(new Watermark(9));
        assertThat(gate.recordsIn()).isEqualTo(7);
    }

    @Test
    void aCutWaitsForWhatIsGivenBack() {
        BarrierAligner aligner = BarrierAligner.aligned(1);
        InputGate gate = gate(1, aligner);
        put(gate, 0, chunkOf(3));
        put(gate, 0, new Barrier(1, 0, CheckpointKind.FULL));
        gate.giveBack(((RecordChunk) gate.poll()).part(1, 3));
        aligner.onTrigger(new Barrier(1, 0, CheckpointKind.FULL));
        assertThat(aligner.due()).isNull();

        assertThat(((RecordChunk) gate.poll()).size).isEqualTo(2);
        assertThat(gate.poll()).isNull();

        assertThat(aligner.due()).isNotNull();
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
