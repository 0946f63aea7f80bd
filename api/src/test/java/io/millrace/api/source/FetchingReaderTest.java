package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Configuration;
import io.millrace.api.source.ratelimit.RateLimiter;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.source.reader.RecordsBySplits;
import io.millrace.api.source.reader.RecordsWithSplitIds;
import io.millrace.api.source.reader.SingleThreadFetcherManager;
import io.millrace.api.source.reader.SingleThreadMultiplexSourceReaderBase;
import io.millrace.api.source.reader.SourceReaderOptions;
import io.millrace.api.source.reader.SplitReader;
import io.millrace.api.source.reader.SplitsAddition;
import io.millrace.api.source.reader.SplitsChange;
import io.millrace.api.source.reader.SplitsRemoval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader with a fetcher: what the test puts is fetched. */
@Timeout(30)
class FetchingReaderTest {
    private record Split(String splitId) implements SourceSplit {}

    /** Waits for what the test gives it. */
    private static final class Client implements SplitReader<String, Split> {
        private static final RecordsWithSplitIds<String> NOTHING =
                new RecordsBySplits.Builder<String>().build();

        private final BlockingQueue<RecordsWithSplitIds<String>> given =
                new LinkedBlockingQueue<>();
        private final Queue<String> heard = new ConcurrentLinkedQueue<>();
        private volatile IOException failure;
        private volatile boolean closed;

        @Override
        public RecordsWithSplitIds<String> fetch() throws IOException {
            if (failure != null) {
                throw failure;
            }
            try {
                return given.take();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void handleSplitsChanges(SplitsChange<Split> change) {
            assertThat(change).isInstanceOfAny(SplitsAddition.class, SplitsRemoval.class);
            heard.add((change instanceof SplitsAddition ? "+" : "-") + ids(change.splits()));
        }

        @Override
        public void pauseOrResumeSplits(Collection<Split> toPause, Collection<Split> toResume) {
            heard.add("pause" + ids(toPause) + " resume" + ids(toResume));
        }

        private static List<String> ids(Collection<Split> splits) {
            return splits.stream().map(Split::splitId).toList();
        }

        @Override
        public void wakeUp() {
            given.add(NOTHING);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Reader
            extends SingleThreadMultiplexSourceReaderBase<String, String, Split, List<String>> {
        private final List<String> finished = new ArrayList<>();

        Reader(Client client, RateLimiterStrategy<Split> limit) {
            super(
                    new SingleThreadFetcherManager<>(() -> client, new Configuration()),
                    (text, output, seen) -> {
                        seen.add(text);
                        output.collect(text);
                    },
                    "end"::equals,
                    new Configuration(),
                    new FakeReaderContext(),
                    limit);
        }

        @Override
        protected void onSplitFinished(Map<String, List<String>> ended) {
            ended.forEach((id, seen) -> finished.add(id + seen));
        }

        @Override
        protected List<String> initializedState(Split split) {
            return new ArrayList<>();
        }

        @Override
        protected Split toSplitType(String splitId, List<String> seen) {
            return new Split(splitId);
        }
    }

    private final Client client = new Client();
    private final List<String> records = new ArrayList<>();
    private final FakeOutput<String> output = new FakeOutput<>(records);
    private Reader reader = new Reader(client, null);

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    private void give(Map<String, Collection<String>> fetched, String... finished) {
        RecordsBySplits.Builder<String> fetch = new RecordsBySplits.Builder<>();
        fetched.forEach(fetch::addAll);
        fetch.addFinishedSplits(List.of(finished));
        client.given.add(fetch.build());
    }

    private InputStatus readTo(int wanted) throws Exception {
        return readUntil(() -> records.size() >= wanted);
    }

    private InputStatus readUntil(BooleanSupplier reached) throws Exception {
        InputStatus status = InputStatus.MORE_AVAILABLE;
        while (!reached.getAsBoolean() && status != InputStatus.END_OF_INPUT) {
            if (status == InputStatus.NOTHING_AVAILABLE) {
                reader.isAvailable().get(20, TimeUnit.SECONDS);
            }
            status = reader.pollNext(output);
        }
        return status;
    }

    @Test
    void splitsThatComeWhileTheClientWaitsAreHeardOf() throws Exception {
        reader.addSplits(List.of(new Split("a")));
        reader.addSplits(List.of(new Split("b")));
        give(Map.of("b", List.of("1")));
        readTo(1);
        assertThat(records).containsExactly("1");
        assertThat(client.heard).containsExactly("+[a]", "+[b]");
    }

    @Test
    void theReaderEndsWhenItsSplitsHaveEndedAndNoneIsToCome() throws Exception {
        reader.addSplits(List.of(new Split("a"), new Split("b")));
        give(Map.of("a", List.of("1")), "a");
        give(Map.of("b", List.of("2")), "b");
        readTo(2);
        reader.notifyNoMoreSplits();
        assertThat(readTo(Integer.MAX_VALUE)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(reader.finished).containsExactly("a[1]", "b[2]");
        assertThat(reader.snapshotState(1)).isEmpty();
    }

    @Test
    void aSplitIsReadAfterAllOthersHaveEnded() throws Exception {
        reader.addSplits(List.of(new Split("a")));
        give(Map.of("a", List.of("1")), "a");
        readTo(1);
        readUntil(() -> reader.getNumberOfCurrentlyAssignedSplits() == 0);
        reader.addSplits(List.of(new Split("b")));
        give(Map.of("b", List.of("2")));
        readTo(2);
        assertThat(reader.snapshotState(1)).containsExactly(new Split("b"));
    }

    @Test
    void aRecordMayEndItsSplitAndIsNotEmitted() throws Exception {
        reader.addSplits(List.of(new Split("a"), new Split("b")));
        give(Map.of("a", List.of("1", "end", "lost")));
        give(Map.of("a", List.of("lost")));
        give(Map.of("b", List.of("2")), "b");
        reader.notifyNoMoreSplits();
        assertThat(readTo(Integer.MAX_VALUE)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(records).containsExactly("1", "2");
        assertThat(client.heard).contains("-[a]");
    }

    @Test
    void whatTheClientThrowsFailsTheTask() {
        client.failure = new IOException("the broker is gone");
        reader.addSplits(List.of(new Split("a")));
        assertThatThrownBy(() -> readTo(1))
                .hasMessageContaining("A thread that reads splits has failed")
                .hasMessageContaining("the broker is gone")
                .hasCause(client.failure);
    }

    @Test
    void splitsArePausedByTheClient() throws Exception {
        reader.addSplits(List.of(new Split("a"), new Split("b")));
        reader.pauseOrResumeSplits(List.of("a", "of others"), List.of("b"));
        give(Map.of("b", List.of("1")));
        readTo(1);
        assertThat(client.heard).containsExactly("+[a, b]", "pause[a] resume[b]");
    }

    @Test
    void closingEndsAClientThatWaitsAndOneWhoseTaskIsBehind() throws Exception {
        reader.addSplits(List.of(new Split("a")));
        for (int fetch = 0; fetch < 5; fetch++) { // the queue has room for two
            give(Map.of("a", List.of("1")));
        }
        reader.close();
        assertThat(client.closed).isTrue();
    }

    @Test
    void aLimitOfTheRateIsKept() throws Exception {
        List<CompletableFuture<Void>> permits = new ArrayList<>();
        reader =
                new Reader(
                        client,
                        parallelism ->
                                new RateLimiter<>() {
                                    @Override
                                    public CompletionStage<Void> acquire() {
                                        permits.add(new CompletableFuture<>());
                                        return permits.get(permits.size() - 1);
                                    }
                                });
        reader.addSplits(List.of(new Split("a")));
        give(Map.of("a", List.of("1", "2")));
        readUntil(() -> !permits.isEmpty());
        assertThat(records).isEmpty();
        assertThat(reader.isAvailable()).isNotDone();
        permits.get(0).complete(null);
        readTo(1);
        reader.pollNext(output);
        assertThat(records).as("the second waits for its own").containsExactly("1");
        assertThat(permits).hasSize(2);
    }

    @Test
    void aQueueWithoutRoomIsRefused() {
        Configuration options = new Configuration();
        options.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, 0);
        assertThatThrownBy(() -> new SourceReaderOptions(options))
                .hasMessageContaining("source.reader.element.queue.capacity is at least 1, not 0");
    }
}
