package io.millrace.runtime.exchange.local;

import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.DrainPace;
import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.exchange.ExchangeOptions;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The exchange of tasks in one process. Addresses and codecs are not looked at: items go by
 * reference, and the writer of the edge has copied what may change. Thread-safe.
 */
public final class LocalExchange implements Exchange {
    /** As the window of a channel between workers is by default. */
    private static final long MAX_BYTES = 512 << 10;

    private final int capacityItems;
    private final long drainTargetNanos;
    private final ConcurrentHashMap<ChannelId, LocalChannel> channels = new ConcurrentHashMap<>();

    /**
     * @param capacityItems chunks and events that one channel holds before its writer has to wait
     * @param drainTarget within which a reader should take what its channel holds
     */
    public LocalExchange(int capacityItems, Duration drainTarget) {
        this.capacityItems = capacityItems;
        this.drainTargetNanos = drainTarget.toNanos();
    }

    /** With the default drain target. */
    public LocalExchange(int capacityItems) {
        this(capacityItems, ExchangeOptions.DRAIN_TARGET.defaultValue().orElseThrow());
    }

    @Override
    public ChannelWriter openWriter(
            ChannelId id, WorkerAddress consumer, Supplier<ChunkCodec> codec, Runnable onSpace) {
        LocalChannel channel = channel(id);
        channel.onSpace(onSpace);
        return channel.writer();
    }

    @Override
    public ChannelReader openReader(
            ChannelId id, WorkerAddress producer, Supplier<ChunkCodec> codec, Runnable onItem) {
        LocalChannel channel = channel(id);
        channel.onItem(onItem);
        return channel.reader();
    }

    private LocalChannel channel(ChannelId id) {
        return channels.computeIfAbsent(
                id,
                key ->
                        new LocalChannel(
                                key,
                                capacityItems,
                                MAX_BYTES,
                                new DrainPace(drainTargetNanos, MAX_BYTES, System::nanoTime),
                                () -> channels.remove(key)));
    }

    /** Channels that have an open end. */
    public int openChannels() {
        return channels.size();
    }

    @Override
    public void releaseJob(JobId jobId) {
        channels.forEach(
                (id, channel) -> {
                    if (id.jobId().equals(jobId)) {
                        channel.release();
                    }
                });
    }

    @Override
    public void close() {
        channels.values().forEach(LocalChannel::release);
    }
}
