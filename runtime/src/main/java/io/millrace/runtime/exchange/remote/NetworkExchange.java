package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.DrainPace;
import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.exchange.stored.RangeBytes;
import io.millrace.runtime.exchange.stored.ResultFiles;
import io.millrace.runtime.exchange.stored.ResultTransport;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.runtime.wire.AppSecret.Purpose;
import io.millrace.runtime.wire.DataConnection;
import io.millrace.runtime.wire.WireClient;
import io.millrace.runtime.wire.WireServer;
import io.millrace.runtime.wire.WireThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The exchange of a worker: a channel whose other end is in the same worker is local, every other
 * one goes over the network. Thread-safe.
 */
/* The reading worker dials, subscribes and grants credit; the writing worker answers. So there is one
 * connection for each pair of workers and direction, on which data flows one way and credit the other.
 */
public final class NetworkExchange implements Exchange, ResultTransport {
    // A writer that ends before its end of input belongs to a task that has failed or was
    // cancelled,
    // and that task tells so itself. Its readers keep quiet for this long, so that the coordinator
    // hears of the cause and not of its echo; it cancels them long before.
    private static final Duration ABORT_GRACE = Duration.ofSeconds(30);

    private final String workerId;
    private final AppSecret secret;
    private final RemoteExchangeSettings settings;
    private final Exchange local;
    private final Duration abortGrace;
    private final WireThreads threads;
    private final EncodeBuffers buffers = new EncodeBuffers();
    private final WriterDesk desk;
    private final ConcurrentHashMap<WorkerAddress, ProducerLink> producers =
            new ConcurrentHashMap<>();
    // Guarded by this object: who opens the door need not be who closes the exchange.
    private ServerSocketChannel reserved;
    private int port;
    private WireServer server;
    // Set by whoever assembles the worker, read by network threads.
    private volatile ResultFiles resultFiles = NetworkExchange::noResults;

    private NetworkExchange(
            String workerId,
            AppSecret secret,
            RemoteExchangeSettings settings,
            Exchange local,
            Duration abortGrace) {
        this.workerId = workerId;
        this.secret = secret;
        this.settings = settings;
        this.local = local;
        this.abortGrace = abortGrace;
        this.threads = WireThreads.start("data-" + workerId, settings.networkThreads());
        this.desk = new WriterDesk(workerId, settings.openTimeout(), threads);
    }

    /**
     * Begins to serve data.
     *
     * @param port 0 for any that is free
     * @param local takes the channels inside this worker; closed with this exchange
     */
    public static NetworkExchange serve(
            String workerId,
            String bindHost,
            int port,
            AppSecret secret,
            RemoteExchangeSettings settings,
            Exchange local) {
        return serve(workerId, bindHost, port, secret, settings, local, ABORT_GRACE);
    }

    static NetworkExchange serve(
            String workerId,
            String bindHost,
            int port,
            AppSecret secret,
            RemoteExchangeSettings settings,
            Exchange local,
            Duration abortGrace) {
        NetworkExchange exchange =
                new NetworkExchange(workerId, secret, settings, local, abortGrace);
        exchange.reserve(bindHost, port);
        try {
            exchange.openToOthers();
            return exchange;
        } catch (RuntimeException e) {
            try (exchange) {
                throw e;
            }
        }
    }

    /**
     * Takes a port, and serves data when {@link #openToOthers} is called: for a worker that may
     * stay the only one, and then needs no network. Others that come before that wait.
     *
     * @param port 0 for any that is free
     * @param local takes the channels inside this worker; closed with this exchange
     */
    public static NetworkExchange reserve(
            String workerId,
            String bindHost,
            int port,
            AppSecret secret,
            RemoteExchangeSettings settings,
            Exchange local) {
        NetworkExchange exchange =
                new NetworkExchange(workerId, secret, settings, local, ABORT_GRACE);
        exchange.reserve(bindHost, port);
        return exchange;
    }

    private synchronized void reserve(String bindHost, int wantedPort) {
        reserved = WireServer.reserve(bindHost, wantedPort, Purpose.DATA);
        port = reserved.socket().getLocalPort();
    }

    /** Begins to serve data, if it does not yet and is not closed. Any thread. */
    public synchronized void openToOthers() {
        if (server != null || !reserved.isOpen()) {
            return;
        }
        server =
                WireServer.serve(
                        threads,
                        reserved,
                        secret,
                        Purpose.DATA,
                        connection -> {
                            ConsumerLink link =
                                    new ConsumerLink(
                                            workerId,
                                            (DataConnection) connection,
                                            desk,
                                            () -> resultFiles);
                            desk.add(link);
                            return link;
                        });
    }

    /** Where this exchange serves data. */
    public synchronized int port() {
        return port;
    }

    /** Direct memory that the network buffers of this worker hold. */
    public long directBytes() {
        return threads.directBytes();
    }

    @Override
    public ChannelWriter openWriter(
            ChannelId id, WorkerAddress consumer, Supplier<ChunkCodec> codec, Runnable onSpace) {
        if (consumer.workerId().equals(workerId)) {
            return local.openWriter(id, consumer, codec, onSpace);
        }
        RemoteWriter writer =
                new RemoteWriter(
                        id, consumer.workerId(), codec.get(), buffers, onSpace, desk::close);
        desk.open(writer);
        return writer;
    }

    @Override
    public ChannelReader openReader(
            ChannelId id, WorkerAddress producer, Supplier<ChunkCodec> codec, Runnable onItem) {
        if (producer.workerId().equals(workerId)) {
            return local.openReader(id, producer, codec, onItem);
        }
        RemoteReader reader =
                new RemoteReader(
                        id,
                        producer.workerId(),
                        codec.get(),
                        settings.channelWindowBytes(),
                        new DrainPace(
                                settings.drainTarget().toNanos(),
                                settings.channelWindowBytes(),
                                System::nanoTime),
                        onItem,
                        this::leave);
        ProducerLink link = linkTo(producer);
        while (!link.add(reader)) {
            producers.remove(producer, link);
            link = linkTo(producer);
        }
        return reader;
    }

    @Override
    public void serve(ResultFiles files) {
        resultFiles = files;
    }

    private static ResultFiles.Section noResults(ResultId id, int from, int to) throws IOException {
        throw new IOException("the worker keeps no results, and so has no " + id);
    }

    @Override
    public RangeBytes open(StoredExchange.Input input, long windowBytes, Runnable onBytes) {
        WorkerAddress holder = input.worker();
        RangeFetch fetch =
                new RangeFetch(
                        input.id(),
                        input.slice(),
                        holder.workerId(),
                        windowBytes,
                        onBytes,
                        this::leave);
        ProducerLink link = linkTo(holder);
        while (!link.add(fetch)) {
            producers.remove(holder, link);
            link = linkTo(holder);
        }
        return fetch;
    }

    private void leave(RangeFetch fetch) {
        producers.values().forEach(link -> link.leave(fetch));
    }

    private void leave(RemoteReader reader) {
        producers.values().forEach(link -> link.leave(reader));
    }

    private ProducerLink linkTo(WorkerAddress producer) {
        ProducerLink known = producers.get(producer);
        if (known != null) {
            return known;
        }
        ProducerLink made =
                new ProducerLink(
                        workerId,
                        producer,
                        settings.channelWindowBytes(),
                        this::onAborted,
                        gone -> producers.remove(producer, gone));
        ProducerLink earlier = producers.putIfAbsent(producer, made);
        if (earlier != null) {
            return earlier;
        }
        dial(made);
        return made;
    }

    private void dial(ProducerLink link) {
        WireClient.connectAsync(
                        threads,
                        link.producer().host(),
                        link.producer().dataPort(),
                        secret,
                        Purpose.DATA,
                        link,
                        settings.connectTimeout())
                .whenComplete(
                        (connection, error) -> {
                            if (error == null) {
                                link.onConnected(connection);
                            } else {
                                link.onConnectFailed(
                                        error instanceof CompletionException
                                                ? error.getCause()
                                                : error);
                            }
                        });
    }

    private void onAborted(RemoteReader reader) {
        threads.schedule(
                () ->
                        reader.onFailed(
                                "the task at worker "
                                        + reader.producerWorker()
                                        + " that writes channel "
                                        + reader.id()
                                        + " has ended without end of input.",
                                null),
                abortGrace);
    }

    @Override
    public void releaseJob(JobId jobId) {
        String what = "job " + jobId + " was released at worker " + workerId + ".";
        local.releaseJob(jobId);
        desk.releaseJob(jobId, what);
        producers.values().forEach(link -> link.failJob(jobId, what));
        producers.values().forEach(ProducerLink::closeIfIdle);
    }

    /** Ends the connections, the port and the threads; what is still open fails. */
    @Override
    public void close() {
        ServerSocketChannel door;
        WireServer listening;
        synchronized (this) {
            door = reserved;
            listening = server;
        }
        try (local;
                threads;
                door;
                listening) {
            desk.close();
            producers.values().forEach(ProducerLink::close);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the port of worker " + workerId + " could not be closed", e);
        }
    }
}
