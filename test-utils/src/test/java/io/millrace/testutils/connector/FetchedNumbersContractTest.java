package io.millrace.testutils.connector;

import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.reader.RecordsBySplits;
import io.millrace.api.source.reader.RecordsWithSplitIds;
import io.millrace.api.source.reader.SingleThreadMultiplexSourceReaderBase;
import io.millrace.api.source.reader.SplitReader;
import io.millrace.api.source.reader.SplitsAddition;
import io.millrace.api.source.reader.SplitsChange;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** A source of numbers that are fetched by a thread of the reader's. */
class FetchedNumbersContractTest
        extends SourceContract<
                Long,
                NumberSequenceSource.NumberSequenceSplit,
                Collection<NumberSequenceSource.NumberSequenceSplit>> {
    private static final long LAST = 24;

    @Override
    protected Source<
                    Long,
                    NumberSequenceSource.NumberSequenceSplit,
                    Collection<NumberSequenceSource.NumberSequenceSplit>>
            source() {
        return new FetchedNumbers();
    }

    @Override
    protected List<Long> expected() {
        return LongStream.rangeClosed(0, LAST).boxed().toList();
    }

    private static final class FetchedNumbers extends NumberSequenceSource {
        private static final long serialVersionUID = 1L;

        FetchedNumbers() {
            super(0, LAST);
        }

        @Override
        public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
            return new NumberReader(context);
        }
    }

    private static final class NumberReader
            extends SingleThreadMultiplexSourceReaderBase<
                    Long, Long, NumberSequenceSource.NumberSequenceSplit, NumberReader.Position> {
        /** The next number of a split, and its last one. */
        private record Position(AtomicLong next, long to) {}

        NumberReader(SourceReaderContext context) {
            super(
                    Numbers::new,
                    (number, output, position) -> {
                        output.collect(number);
                        position.next().set(number + 1);
                    },
                    context.getConfiguration(),
                    context);
        }

        @Override
        public void start() {
            if (getNumberOfCurrentlyAssignedSplits() == 0) {
                context.sendSplitRequest();
            }
        }

        @Override
        protected void onSplitFinished(Map<String, Position> finished) {
            context.sendSplitRequest();
        }

        @Override
        protected Position initializedState(NumberSequenceSource.NumberSequenceSplit split) {
            return new Position(new AtomicLong(split.from()), split.to());
        }

        @Override
        protected NumberSequenceSource.NumberSequenceSplit toSplitType(
                String splitId, Position position) {
            return new NumberSequenceSource.NumberSequenceSplit(
                    splitId, position.next().get(), position.to());
        }
    }

    /** Two numbers of each split a fetch. */
    private static final class Numbers
            implements SplitReader<Long, NumberSequenceSource.NumberSequenceSplit> {
        private final Map<String, Iterator<Long>> splits = new LinkedHashMap<>();

        @Override
        public RecordsWithSplitIds<Long> fetch() {
            RecordsBySplits.Builder<Long> fetched = new RecordsBySplits.Builder<>();
            splits.forEach(
                    (id, numbers) -> {
                        for (int i = 0; i < 2 && numbers.hasNext(); i++) {
                            fetched.add(id, numbers.next());
                        }
                        if (!numbers.hasNext()) {
                            fetched.addFinishedSplit(id);
                        }
                    });
            RecordsBySplits<Long> all = fetched.build();
            splits.keySet().removeAll(all.finishedSplits());
            return all;
        }

        @Override
        public void handleSplitsChanges(
                SplitsChange<NumberSequenceSource.NumberSequenceSplit> change) {
            if (change instanceof SplitsAddition) {
                change.splits().forEach(split -> splits.put(split.splitId(), split.getIterator()));
            }
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }
}
