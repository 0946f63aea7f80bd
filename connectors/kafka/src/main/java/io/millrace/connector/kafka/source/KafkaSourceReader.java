package io.millrace.connector.kafka.source;

import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Emits what its {@link FetchLoop} has fetched, partition by partition. Confined to its task. */
final class KafkaSourceReader<T> implements SourceReader<T, KafkaPartitionSplit>, ChunkedReader<T> {
    private static final long JOIN_MS = 5_000;

    private final FetchQueue queue;
    private final FetchLoop fetching;
    private final Thread thread;
    private final RecordReading<T> reading;
    private final StreamEnd end;
    private final ReaderMetrics metrics;
    private final OffsetCommits commits;
    private final Map<TopicPartition, ReadPartition<T>> partitions = new LinkedHashMap<>();

    /** Those that have no output yet. */
    private final List<ReadPartition<T>> added = new ArrayList<>();

    /** What is left of the poll that is being read. */
    private Iterator<FetchedPartition> poll = List.<FetchedPartition>of().iterator();

    /** What is being read, null between partitions; the next record is {@link #at}. */
    private FetchedPartition fetched;

    private ReadPartition<T> partition;
    private int at;
    private boolean noMoreSplits;
    private boolean started;

    /**
     * @param thread of {@code fetching}, not started
     * @param end null if the schema never says that the stream ends
     */
    KafkaSourceReader(
            FetchQueue queue,
            FetchLoop fetching,
            Thread thread,
            RecordReading<T> reading,
            StreamEnd end,
            ReaderMetrics metrics,
            OffsetCommits commits) {
        this.queue = queue;
        this.fetching = fetching;
        this.thread = thread;
        this.reading = reading;
        this.end = end;
        this.metrics = metrics;
        this.commits = commits;
    }

    @Override
    public void start() {
        // The enumerator gives out partitions by itself.
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return read(output, 1);
    }

    @Override
    public InputStatus read(ReaderOutput<T> output, int maxRecords) throws Exception {
        if (!added.isEmpty()) {
            openOutputs(output);
        }
        int left = maxRecords;
        while (left > 0) {
            if (fetched == null && !nextPartition()) {
                return isFinished() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            left -= emit(output, left);
            if (end != null && end.reached()) {
                return endHere();
            }
        }
        return InputStatus.MORE_AVAILABLE;
    }

    /** Before any record: a partition without records holds the watermark back from the start. */
    private void openOutputs(ReaderOutput<T> output) {
        for (ReadPartition<T> each : added) {
            each.open(output.createOutputForSplit(each.splitId()));
        }
        for (ReadPartition<T> each : added) {
            if (each.isAtEnd()) {
                finish(each, output);
            }
        }
        added.clear();
    }

    private boolean nextPartition() {
        while (true) {
            while (poll.hasNext()) {
                FetchedPartition next = poll.next();
                ReadPartition<T> reader = partitions.get(next.partition());
                if (reader != null) { // else it has come to its end
                    fetched = next;
                    partition = reader;
                    at = 0;
                    reader.onEndOffset(next.endOffset());
                    return true;
                }
            }
            List<FetchedPartition> next = queue.take();
            if (next == null) {
                return false;
            }
            poll = next.iterator();
        }
    }

    /** Returns how many records of Kafka it has read. */
    private int emit(ReaderOutput<T> output, int most) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = fetched.records();
        ReadPartition<T> from = partition;
        long stop = from.stop();
        int first = at;
        int last = Math.min(records.size(), first + most);
        while (at < last) {
            ConsumerRecord<byte[], byte[]> record = records.get(at);
            long offset = record.offset();
            if (offset >= stop) {
                from.moveTo(stop);
                break;
            }
            at++;
            reading.read(record, from, output);
            from.moveTo(offset + 1);
        }
        int read = at - first;
        if (at == records.size()) {
            from.moveTo(Math.max(from.position(), fetched.nextOffset()));
            fetched = null;
        }
        if (from.isAtEnd()) {
            fetched = null;
            finish(from, output);
        }
        return read;
    }

    private void finish(ReadPartition<T> done, ReaderOutput<T> output) {
        partitions.remove(done.partition());
        output.releaseOutputForSplit(done.splitId());
        metrics.onFinished(done);
        if (started) {
            commits.onFinished(done.partition(), done.position());
            fetching.orderRemove(done.partition());
        }
    }

    private boolean isFinished() {
        return noMoreSplits && partitions.isEmpty();
    }

    /** The schema has met a record that ends the stream: this subtask reads no more. */
    private InputStatus endHere() {
        fetched = null;
        poll = List.<FetchedPartition>of().iterator();
        for (ReadPartition<T> each : partitions.values()) {
            commits.onFinished(each.partition(), each.position());
        }
        partitions.clear();
        noMoreSplits = true;
        fetching.close();
        return InputStatus.END_OF_INPUT;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return fetched != null || poll.hasNext() || !added.isEmpty() || isFinished()
                ? CompletableFuture.completedFuture(null)
                : queue.available();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        List<KafkaPartitionSplit> toFetch = new ArrayList<>();
        for (KafkaPartitionSplit split : splits) {
            ReadPartition<T> reader = new ReadPartition<>(split);
            partitions.put(split.getTopicPartition(), reader);
            added.add(reader);
            metrics.register(reader);
            if (!reader.isAtEnd()) {
                toFetch.add(split);
            }
        }
        if (!toFetch.isEmpty()) {
            if (!started) {
                started = true;
                thread.start();
            }
            fetching.orderAdd(toFetch);
        }
        queue.wakeTask();
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        queue.wakeTask();
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<String> splitsToPause, Collection<String> splitsToResume) {
        fetching.orderPause(partitionsOf(splitsToPause), partitionsOf(splitsToResume));
    }

    private List<TopicPartition> partitionsOf(Collection<String> splitIds) {
        return partitions.values().stream()
                .filter(each -> splitIds.contains(each.splitId()))
                .map(ReadPartition::partition)
                .toList();
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        List<KafkaPartitionSplit> splits = new ArrayList<>(partitions.size());
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (ReadPartition<T> each : partitions.values()) {
            splits.add(each.snapshot());
            positions.put(each.partition(), each.position());
        }
        commits.onSnapshot(checkpointId, positions);
        return splits;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        commits.onComplete(checkpointId, fetching, this::onCommitted);
    }

    /** By the fetching thread; a number that reporters read. */
    private void onCommitted(Map<TopicPartition, Long> offsets) {
        metrics.onCommitted(offsets);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) {
        commits.onAborted(checkpointId);
    }

    @Override
    public void close() throws InterruptedException {
        fetching.close();
        if (started) {
            thread.join(JOIN_MS); // the client's own limits are shorter
        }
    }
}
