package io.millrace.api.source.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.IteratorSourceReader;
import io.millrace.api.source.NumberSequenceIterator;
import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.time.Watermark;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RateLimitedSourceReaderTest {
    private final Records output = new Records();

    @Test
    void emitsWhatTheGateHoldsAndAsMuchAgainAfterACheckpoint() throws Exception {
        RateLimitedSourceReader<Long, NumberSequenceSplit> reader =
                reader(100, new GatedRateLimiter<>(7));

        poll(reader, 256);
        assertThat(output.records).hasSize(7);
        assertThat(reader.isAvailable()).isNotDone();

        CompletableFuture<Void> available = reader.isAvailable();
        reader.notifyCheckpointComplete(1);
        assertThat(available).isDone();
        poll(reader, 256);
        assertThat(output.records).hasSize(14).doesNotHaveDuplicates();
    }

    @Test
    void permitsThatACheckpointFindsAreNotAdded() throws Exception {
        RateLimitedSourceReader<Long, NumberSequenceSplit> reader =
                reader(100, new GatedRateLimiter<>(7));
        reader.notifyCheckpointComplete(1);
        reader.notifyCheckpointComplete(2);
        poll(reader, 256);
        assertThat(output.records).hasSize(7);
    }

    @Test
    void endsWithExactlyTheRecordsOfTheSplit() throws Exception {
        RateLimitedSourceReader<Long, NumberSequenceSplit> reader =
                reader(10, new NoOpRateLimiter<>());
        reader.notifyNoMoreSplits();
        InputStatus status;
        do {
            status = reader.read(output, 3);
        } while (status == InputStatus.MORE_AVAILABLE);
        assertThat(status).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(output.records).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void anOwnLimiterIsAskedOnceForEachRecord() throws Exception {
        Manual limiter = new Manual();
        RateLimitedSourceReader<Long, NumberSequenceSplit> reader = reader(10, limiter);

        assertThat(poll(reader, 5)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        assertThat(limiter.asked).hasSize(1);

        limiter.asked.remove().complete(null);
        assertThat(reader.isAvailable()).isDone();
        assertThat(poll(reader, 5)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(output.records).containsExactly(0L);
        assertThat(limiter.asked).hasSize(1);
    }

    @Test
    void aLimiterThatFailsFailsTheRead() {
        RateLimitedSourceReader<Long, NumberSequenceSplit> reader =
                reader(
                        10,
                        new RateLimiter<>() {
                            @Override
                            public CompletionStage<Void> acquire() {
                                return CompletableFuture.failedFuture(
                                        new IllegalStateException("no rate"));
                            }
                        });
        assertThatThrownBy(() -> poll(reader, 5)).hasMessageContaining("no rate");
    }

    @Test
    void aLimiterThatImplementsNothingSaysSo() {
        RateLimitedSourceReader<Long, NumberSequenceSplit> reader =
                reader(10, new RateLimiter<>() {});
        assertThatThrownBy(() -> poll(reader, 5)).hasMessageContaining("permits nothing");
    }

    @Test
    void fewerRecordsThanSubtasksAreRefused() {
        RateLimiterStrategy<NumberSequenceSplit> strategy = RateLimiterStrategy.perCheckpoint(3);
        assertThatThrownBy(() -> strategy.createRateLimiter(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 records a checkpoint");
    }

    private InputStatus poll(RateLimitedSourceReader<Long, ?> reader, int max) throws Exception {
        InputStatus status = reader.read(output, max);
        while (status == InputStatus.MORE_AVAILABLE) {
            status = reader.read(output, max);
        }
        return status;
    }

    private static RateLimitedSourceReader<Long, NumberSequenceSplit> reader(
            long count, RateLimiter<NumberSequenceSplit> limiter) {
        SourceReaderContext context =
                (SourceReaderContext)
                        Proxy.newProxyInstance(
                                SourceReaderContext.class.getClassLoader(),
                                new Class<?>[] {SourceReaderContext.class},
                                (proxy, method, arguments) -> null);
        RateLimitedSourceReader<Long, NumberSequenceSplit> reader =
                new RateLimitedSourceReader<>(
                        new IteratorSourceReader<Long, NumberSequenceIterator, NumberSequenceSplit>(
                                context),
                        limiter);
        reader.start();
        reader.addSplits(List.of(new NumberSequenceSplit("1", 0, count - 1)));
        return reader;
    }

    /** Permits when the test says so. */
    private static final class Manual implements RateLimiter<NumberSequenceSplit> {
        private final ArrayDeque<CompletableFuture<Void>> asked = new ArrayDeque<>();

        @Override
        public CompletionStage<Void> acquire(int numberOfEvents) {
            assertThat(numberOfEvents).isEqualTo(1);
            CompletableFuture<Void> permit = new CompletableFuture<>();
            asked.add(permit);
            return permit;
        }
    }

    /** Keeps the records. */
    private static final class Records implements ReaderOutput<Long> {
        private final List<Long> records = new ArrayList<>();

        @Override
        public void collect(Long record) {
            records.add(record);
        }

        @Override
        public void collect(Long record, long timestamp) {
            records.add(record);
        }

        @Override
        public SourceOutput<Long> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {}

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }
}
