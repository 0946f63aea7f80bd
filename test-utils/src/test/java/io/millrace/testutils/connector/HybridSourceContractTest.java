package io.millrace.testutils.connector;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.IteratorSourceEnumerator;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.Source;
import io.millrace.api.source.hybrid.HybridSource;
import io.millrace.api.source.hybrid.HybridSourceEnumeratorState;
import io.millrace.api.source.hybrid.HybridSourceSplit;
import java.util.List;
import java.util.stream.LongStream;

/** Three sources of numbers as one; the second is made when the first has been read. */
class HybridSourceContractTest
        extends SourceContract<Long, HybridSourceSplit, HybridSourceEnumeratorState> {
    @Override
    protected Source<Long, HybridSourceSplit, HybridSourceEnumeratorState> source() {
        return HybridSource.<Long, IteratorSourceEnumerator<?>>builder(
                        new NumberSequenceSource(0, 9))
                .<IteratorSourceEnumerator<?>, NumberSequenceSource>addSource(
                        HybridSourceContractTest::behind, Boundedness.BOUNDED)
                .addSource(new NumberSequenceSource(200, 204))
                .build();
    }

    private static NumberSequenceSource behind(
            HybridSource.SourceSwitchContext<? extends IteratorSourceEnumerator<?>> first) {
        // It would be null if the factory were asked again after the restart.
        return new NumberSequenceSource(first.getPreviousEnumerator() == null ? 0 : 100, 107);
    }

    @Override
    protected List<Long> expected() {
        return LongStream.concat(
                        LongStream.rangeClosed(0, 9),
                        LongStream.concat(
                                LongStream.rangeClosed(100, 107), LongStream.rangeClosed(200, 204)))
                .boxed()
                .toList();
    }
}
