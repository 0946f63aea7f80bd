package io.millrace.connector.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SplitsAssignment;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DataGeneratorSourceTest {
    private final List<String> records = new ArrayList<>();

    @Test
    void everyIndexBecomesOneRecordWhateverTheParallelism() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            records.clear();
            int count = 1 + random.nextInt(3_000);
            int parallelism = 1 + random.nextInt(9);
            DataGeneratorSource<String> source =
                    new DataGeneratorSource<>(i -> "r" + i, count, Types.STRING);
            for (NumberSequenceSplit split : splitsOf(source, parallelism)) {
                read(source, split, 1 + random.nextInt(300));
            }
            assertThat(records).hasSize(count).doesNotHaveDuplicates();
            assertThat(records).contains("r0", "r" + (count - 1));
        }
    }

    @Test
    void aReaderGoesOnWhereItsSnapshotWas() throws Exception {
        DataGeneratorSource<String> source =
                new DataGeneratorSource<>(i -> "r" + i, 10, Types.STRING);
        SourceReader<String, NumberSequenceSplit> first = reader(source);
        first.addSplits(List.of(new NumberSequenceSplit("1", 0, 9)));
        first.pollNext(output());
        for (int i = 0; i < 4; i++) {
            first.pollNext(output());
        }
        List<NumberSequenceSplit> snapshot = first.snapshotState(1);

        read(source, snapshot.get(0), 3);

        assertThat(records)
                .containsExactly("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9");
    }

    @Test
    void whatTheFunctionThrowsComesOutAsItIs() throws Exception {
        DataGeneratorSource<String> source =
                new DataGeneratorSource<>(
                        i -> {
                            throw new IOException("no record " + i);
                        },
                        10,
                        Types.STRING);
        assertThatThrownBy(() -> read(source, new NumberSequenceSplit("1", 0, 9), 5))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no record 0");
    }

    @Test
    void theFunctionIsOpenedBeforeTheFirstRecordAndClosed() throws Exception {
        Lifecycle function = new Lifecycle();
        DataGeneratorSource<String> source = new DataGeneratorSource<>(function, 2, Types.STRING);
        read(source, new NumberSequenceSplit("1", 0, 1), 5);
        assertThat(function.calls).containsExactly("open", "map", "map", "close");
    }

    @Test
    void noRecordsAreRefused() {
        assertThatThrownBy(() -> new DataGeneratorSource<>(i -> i, 0, Types.LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0");
    }

    @Test
    void aGatedReaderStopsAtItsGate() throws Exception {
        DataGeneratorSource<String> source =
                new DataGeneratorSource<>(
                        i -> "r" + i, 10, RateLimiterStrategy.perCheckpoint(4), Types.STRING);
        SourceReader<String, NumberSequenceSplit> reader = reader(source);
        reader.addSplits(List.of(new NumberSequenceSplit("1", 0, 9)));
        drain(reader, 256);
        assertThat(records).hasSize(4);
        reader.notifyCheckpointComplete(1);
        drain(reader, 256);
        assertThat(records).hasSize(8);
    }

    private void read(DataGeneratorSource<String> source, NumberSequenceSplit split, int max)
            throws Exception {
        SourceReader<String, NumberSequenceSplit> reader = reader(source);
        reader.addSplits(List.of(split));
        reader.notifyNoMoreSplits();
        assertThat(drain(reader, max)).isEqualTo(InputStatus.END_OF_INPUT);
        reader.close();
    }

    @SuppressWarnings("unchecked")
    private InputStatus drain(SourceReader<String, NumberSequenceSplit> reader, int max)
            throws Exception {
        InputStatus status;
        do {
            status = ((ChunkedReader<String>) reader).read(output(), max);
        } while (status == InputStatus.MORE_AVAILABLE);
        return status;
    }

    private static SourceReader<String, NumberSequenceSplit> reader(
            DataGeneratorSource<String> source) throws Exception {
        SourceReader<String, NumberSequenceSplit> reader =
                source.createReader(
                        fake(
                                SourceReaderContext.class,
                                (proxy, method, arguments) ->
                                        method.getName().equals("currentParallelism") ? 1 : null));
        reader.start();
        return reader;
    }

    private static List<NumberSequenceSplit> splitsOf(
            DataGeneratorSource<String> source, int parallelism) throws Exception {
        List<NumberSequenceSplit> splits = new ArrayList<>();
        boolean[] ended = new boolean[1];
        @SuppressWarnings("unchecked")
        SplitEnumeratorContext<NumberSequenceSplit> context =
                fake(
                        SplitEnumeratorContext.class,
                        (proxy, method, arguments) -> {
                            switch (method.getName()) {
                                case "currentParallelism":
                                    return parallelism;
                                case "assignSplit":
                                    splits.add((NumberSequenceSplit) arguments[0]);
                                    return null;
                                case "assignSplits":
                                    ((SplitsAssignment<NumberSequenceSplit>) arguments[0])
                                            .assignment()
                                            .values()
                                            .forEach(splits::addAll);
                                    return null;
                                default:
                                    ended[0] = true;
                                    return null;
                            }
                        });
        SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> enumerator =
                source.createEnumerator(context);
        for (int i = 0; !ended[0]; i++) {
            enumerator.handleSplitRequest(i % parallelism, null);
        }
        return splits;
    }

    @SuppressWarnings("unchecked")
    private ReaderOutput<String> output() {
        return fake(
                ReaderOutput.class,
                (proxy, method, arguments) -> {
                    records.add((String) arguments[0]);
                    return null;
                });
    }

    private static <T> T fake(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Says what was called. */
    private static final class Lifecycle implements GeneratorFunction<Long, String> {
        private static final long serialVersionUID = 1L;

        private final List<String> calls = new ArrayList<>();

        @Override
        public void open(SourceReaderContext readerContext) {
            calls.add("open");
        }

        @Override
        public String map(Long value) {
            calls.add("map");
            return "x";
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
