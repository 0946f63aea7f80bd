package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.IteratorSourceEnumerator;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SupportsHandleExecutionAttemptSourceEvent;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A slow subtask of a source whose readers must be greeted by their enumerator before they read.
 */
@Timeout(60)
class TalkingSourceProgramsTest {
    private static final int RECORDS = 4_000;
    private static final int STALLING = 1;

    private static final Set<String> HEARD = new ConcurrentSkipListSet<>();
    private static final CountDownLatch STALL = new CountDownLatch(1);

    /** The stalling subtask has numbers to stall at: fast ones would else take them all. */
    private static final CompletableFuture<Void> GIVEN = new CompletableFuture<>();

    private record Hello() implements SourceEvent {}

    private record Welcome(int attempt) implements SourceEvent {}

    /** Numbers, for readers that say hello. */
    private static final class TalkingSource extends NumberSequenceSource {
        private static final long serialVersionUID = 1L;

        TalkingSource() {
            super(0, RECORDS - 1);
        }

        @Override
        public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
            return new TalkingReader(context);
        }

        @Override
        public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>>
                createEnumerator(SplitEnumeratorContext<NumberSequenceSplit> context) {
            return new TalkingEnumerator(
                    context, splitNumberRange(getFrom(), getTo(), context.currentParallelism()));
        }
    }

    private static final class TalkingReader extends HeldReader {
        private final SourceReaderContext context;
        private final CompletableFuture<Void> greeted;

        TalkingReader(SourceReaderContext context) {
            this(context, new CompletableFuture<>());
        }

        private TalkingReader(SourceReaderContext context, CompletableFuture<Void> greeted) {
            super(context, CompletableFuture.allOf(greeted, GIVEN));
            this.context = context;
            this.greeted = greeted;
        }

        @Override
        public void start() {
            context.sendSourceEventToCoordinator(new Hello());
        }

        @Override
        public void handleSourceEvents(SourceEvent event) {
            assertThat(event).isInstanceOf(Welcome.class);
            super.start();
            greeted.complete(null);
        }

        @Override
        public void addSplits(List<NumberSequenceSource.NumberSequenceSplit> splits) {
            super.addSplits(splits);
            if (context.getIndexOfSubtask() == STALLING) {
                GIVEN.complete(null);
            }
        }
    }

    private static final class TalkingEnumerator
            extends IteratorSourceEnumerator<NumberSequenceSource.NumberSequenceSplit>
            implements SupportsHandleExecutionAttemptSourceEvent {
        private final SplitEnumeratorContext<NumberSequenceSource.NumberSequenceSplit> context;

        TalkingEnumerator(
                SplitEnumeratorContext<NumberSequenceSource.NumberSequenceSplit> context,
                Collection<NumberSequenceSource.NumberSequenceSplit> splits) {
            super(context, splits);
            this.context = context;
        }

        @Override
        public void handleSourceEvent(int subtaskId, int attemptNumber, SourceEvent event) {
            HEARD.add(subtaskId + "#" + attemptNumber);
            assertThat(context.registeredReadersOfAttempts().get(subtaskId))
                    .containsKey(attemptNumber);
            context.sendEventToSourceReader(subtaskId, attemptNumber, new Welcome(attemptNumber));
        }
    }

    /** The first attempt of one subtask stands still until the second one has ended. */
    private static final class Stalling extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private boolean stalls;
        private boolean second;

        @Override
        public void open(OpenContext openContext) {
            boolean mine = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == STALLING;
            stalls = mine && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0;
            second = mine && !stalls;
        }

        @Override
        public Long map(Long number) throws Exception {
            if (stalls) {
                STALL.await();
            }
            return number;
        }

        @Override
        public void close() {
            if (second) {
                STALL.countDown();
            }
        }
    }

    @Test
    void theSecondAttemptIsGreetedAndReadsWhatTheFirstWasGiven() throws Exception {
        Configuration options = new Configuration();
        options.setString("embedded.workers", "2");
        options.setString("execution.batch.speculative.enabled", "true");
        options.setString("slow-task-detector.check-interval", "20 ms");
        options.setString("slow-task-detector.execution-time.baseline-lower-bound", "100 ms");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.setParallelism(4);

        List<Long> collected = new ArrayList<>();
        try (CloseableIterator<Long> results =
                env.fromSource(new TalkingSource(), WatermarkStrategy.noWatermarks(), "talking")
                        .map(new Stalling())
                        .keyBy(number -> number % 64)
                        .map(number -> number, Types.LONG)
                        .executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        collected.sort(null);

        assertThat(collected).isEqualTo(LongStream.range(0, RECORDS).boxed().toList());
        assertThat(HEARD).containsExactly("0#0", "1#0", "1#1", "2#0", "3#0");
    }
}
