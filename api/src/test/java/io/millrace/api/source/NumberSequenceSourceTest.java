package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.type.Types;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberSequenceSourceTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42, 20_261_123})
    void cutsAnyRangeIntoPartsThatMeetAndDifferByAtMostOne(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            long a = random.nextLong() >> random.nextInt(64);
            long b = random.nextLong() >> random.nextInt(64);
            long from = Math.min(a, b);
            long to = Math.max(a, b);
            int parts = 1 + random.nextInt(20);
            requirePartition(from, to, parts, NumberSequenceSource.cut(from, to, parts));
        }
        requirePartition(
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                3,
                NumberSequenceSource.cut(Long.MIN_VALUE, Long.MAX_VALUE, 3));
    }

    private static void requirePartition(
            long from, long to, int parts, List<NumberSequenceSplit> splits) {
        assertThat(splits.get(0).from()).isEqualTo(from);
        assertThat(splits.get(splits.size() - 1).to()).isEqualTo(to);
        BigInteger smallest = null;
        BigInteger largest = null;
        for (int i = 0; i < splits.size(); i++) {
            if (i > 0) {
                assertThat(splits.get(i).from()).isEqualTo(splits.get(i - 1).to() + 1);
            }
            BigInteger size =
                    BigInteger.valueOf(splits.get(i).to())
                            .subtract(BigInteger.valueOf(splits.get(i).from()));
            smallest = smallest == null ? size : smallest.min(size);
            largest = largest == null ? size : largest.max(size);
        }
        assertThat(largest.subtract(smallest)).isLessThanOrEqualTo(BigInteger.ONE);
        long count = to - from + 1;
        assertThat(splits).hasSize(count > 0 && count < parts ? (int) count : parts);
    }

    @Test
    void readsEveryNumberOnceHoweverItIsAsked() throws Exception {
        FakeReaderContext context = new FakeReaderContext();
        for (int step : new int[] {1, 3, 256}) {
            SourceReader<Long, NumberSequenceSplit> reader =
                    new NumberSequenceSource(0, 9).createReader(context);
            reader.start();
            List<Long> read = new ArrayList<>();
            assertThat(poll(reader, read, step)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
            assertThat(reader.isAvailable()).isNotDone();
            reader.addSplits(NumberSequenceSource.cut(0, 9, 2));
            assertThat(reader.isAvailable()).isDone();
            reader.notifyNoMoreSplits();
            InputStatus status = InputStatus.MORE_AVAILABLE;
            while (status == InputStatus.MORE_AVAILABLE) {
                status = poll(reader, read, step);
            }
            assertThat(status).isEqualTo(InputStatus.END_OF_INPUT);
            assertThat(read).containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
        }
    }

    @SuppressWarnings("unchecked")
    private static InputStatus poll(
            SourceReader<Long, NumberSequenceSplit> reader, List<Long> read, int step)
            throws Exception {
        FakeOutput<Long> output = new FakeOutput<>(read);
        return step == 1
                ? reader.pollNext(output)
                : ((ChunkedReader<Long>) reader).read(output, step);
    }

    @Test
    void goesOnWhereAnotherReaderStopped() throws Exception {
        NumberSequenceSource source = new NumberSequenceSource(0, 9);
        SourceReader<Long, NumberSequenceSplit> first =
                source.createReader(new FakeReaderContext());
        first.addSplits(NumberSequenceSource.cut(0, 9, 2));
        List<Long> read = new ArrayList<>();
        poll(first, read, 3);
        SourceReader<Long, NumberSequenceSplit> second =
                source.createReader(new FakeReaderContext());
        SimpleVersionedSerializer<Collection<NumberSequenceSplit>> serializer =
                source.getEnumeratorCheckpointSerializer();
        byte[] bytes = serializer.serialize(first.snapshotState(1));
        second.addSplits(new ArrayList<>(serializer.deserialize(serializer.getVersion(), bytes)));
        second.notifyNoMoreSplits();
        while (poll(second, read, 4) == InputStatus.MORE_AVAILABLE) {
            assertThat(read.size()).isLessThan(11);
        }
        assertThat(read).containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
    }

    @Test
    void readsValuesOfACollectionFromTheirBytes() throws Exception {
        CollectionSource<String> source =
                new CollectionSource<>(List.of("a", "b", "c"), Types.STRING);
        assertThatThrownBy(
                        () ->
                                new ObjectOutputStream(new ByteArrayOutputStream())
                                        .writeObject(source))
                .isInstanceOf(NotSerializableException.class);
        FakeReaderContext context = new FakeReaderContext();
        SourceReader<String, NumberSequenceSplit> reader =
                source.encodedBy(context.createValueCodec(Types.STRING)).createReader(context);
        reader.addSplits(List.of(new NumberSequenceSplit("1", 1, 2)));
        List<String> read = new ArrayList<>();
        reader.pollNext(new FakeOutput<>(read));
        reader.pollNext(new FakeOutput<>(read));
        assertThat(read).containsExactly("b", "c");
    }

    @Test
    void skipsWhatAnEarlierReaderOfAnIteratorHasRead() throws Exception {
        IteratorSource<String> source =
                new IteratorSource<>(List.of("a", "b", "c").iterator(), Types.STRING);
        SourceReader<String, NumberSequenceSplit> reader =
                source.createReader(new FakeReaderContext());
        reader.addSplits(List.of(new NumberSequenceSplit("1", 1, Long.MAX_VALUE)));
        List<String> read = new ArrayList<>();
        while (reader.pollNext(new FakeOutput<>(read)) != InputStatus.END_OF_INPUT) {
            assertThat(read.size()).isLessThan(3);
        }
        assertThat(read).containsExactly("b", "c");
    }

    @Test
    void refusesARangeThatGoesDown() {
        assertThatThrownBy(() -> new NumberSequenceSource(2, 1))
                .hasMessageContaining("from 2 to 1");
    }
}
