package io.millrace.batch.shuffle;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.batch.shuffle.node.NodeClient;
import io.millrace.batch.shuffle.node.NodeReads;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.stored.RangeBytes;
import io.millrace.runtime.exchange.stored.ResultFiles;
import io.millrace.runtime.exchange.stored.ResultTransport;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results on the local disks of a worker, which serves them to others. They live as long as it
 * does, unless they are dropped, or the shuffle service of its node serves them, too. Thread-safe.
 */
public final class DiskExchange implements StoredExchange, ResultFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DiskExchange.class);
    private static final long THREAD_KEEP_ALIVE_S = 10;
    private static final long LARGEST_WINDOW_BYTES = 1 << 20;
    private static final long SMALLEST_WINDOW_BYTES = 16 << 10;

    private final WorkerAddress self;
    private final ShuffleSettings settings;
    private final ResultTransport transport;
    private final Nodes nodes;
    private final ResultLayout layout;
    private final Disk disk;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger nextDirectory = new AtomicInteger();
    private final Map<ResultId, Stored> results = new ConcurrentHashMap<>();
    // Those that have results here.
    private final Set<JobId> jobs = ConcurrentHashMap.newKeySet();
    private final Set<LocalRange> readers = ConcurrentHashMap.newKeySet();

    /** A result that is whole. */
    private record Stored(ResultPaths paths, ResultIndex index) {}

    /**
     * The shuffle services of nodes.
     *
     * @param client reads from them; closed with the exchange; null if there are none
     * @param serveThis whether that of this worker's node serves what it writes
     */
    public record Nodes(NodeClient client, boolean serveThis) {
        public static Nodes none() {
            return new Nodes(null, false);
        }
    }

    private DiskExchange(
            WorkerAddress self,
            ShuffleSettings settings,
            ResultTransport transport,
            Nodes nodes,
            Disk disk) {
        this.self = self;
        this.settings = settings;
        this.transport = transport;
        this.nodes = nodes;
        this.layout =
                nodes.serveThis()
                        ? new NodeLayout(self.workerId())
                        : new WorkerLayout(self.workerId());
        this.disk = disk;
        this.threads =
                new ThreadPoolExecutor(
                        settings.threads(),
                        settings.threads(),
                        THREAD_KEEP_ALIVE_S,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(), // one entry for each open reader at most
                        this::thread,
                        new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins to keep results, and to serve them.
     *
     * @param transport to and from other workers; used, not closed
     */
    public static DiskExchange start(
            WorkerAddress self, ShuffleSettings settings, ResultTransport transport) {
        return start(self, settings, transport, Nodes.none());
    }

    /** The same where nodes may have a shuffle service. */
    public static DiskExchange start(
            WorkerAddress self, ShuffleSettings settings, ResultTransport transport, Nodes nodes) {
        return start(self, settings, transport, nodes, Disk.LOCAL);
    }

    static DiskExchange start(
            WorkerAddress self,
            ShuffleSettings settings,
            ResultTransport transport,
            Nodes nodes,
            Disk disk) {
        DiskExchange exchange = new DiskExchange(self, settings, transport, nodes, disk);
        transport.serve(exchange);
        return exchange;
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "results-" + self.workerId());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public ResultWriter openWriter(ResultId id, int ranges, Supplier<ChunkCodec> codec) {
        return new DiskWriter(id, pathsFor(id), self, ranges, codec, settings, disk, new Endings());
    }

    /** Of writers; each on its task's thread. */
    private final class Endings implements DiskWriter.Ending {
        @Override
        public void whole(ResultId id, ResultPaths paths, ResultIndex index) throws IOException {
            layout.onWhole(paths);
            results.put(id, new Stored(paths, index));
        }

        @Override
        public void gone(ResultPaths paths) throws IOException {
            layout.onRemoved(paths);
        }
    }

    /** In the next directory that can be written to. */
    private ResultPaths pathsFor(ResultId id) {
        int first = nextDirectory.getAndIncrement();
        IOException failure = null;
        List<Path> locals = settings.directories();
        jobs.add(id.jobId());
        for (int i = 0; i < locals.size(); i++) {
            Path local = locals.get(Math.floorMod(first + i, locals.size()));
            try {
                return layout.create(local, id);
            } catch (IOException e) {
                LOG.warn("Cannot make a directory for results: in={} cause={}", local, e);
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        throw new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "cannot make a directory for result "
                        + id
                        + " in any of "
                        + settings.directories()
                        + ": "
                        + failure
                        + ". Name local directories that this process may write to in"
                        + " batch.shuffle-directories.",
                failure);
    }

    @Override
    public List<ChannelReader> openReaders(
            List<Input> inputs, Supplier<ChunkCodec> codec, IntFunction<Runnable> onItem) {
        List<RangeReader> opened = new ArrayList<>(inputs.size());
        NodeReads together = nodes.client() == null ? null : nodes.client().begin();
        for (int i = 0; i < inputs.size(); i++) {
            opened.add(reader(inputs.get(i), together, codec, onItem.apply(i)));
        }
        ReadShare share = new ReadShare(settings.readMemoryBytes(), inTurn(opened, inputs));
        opened.forEach(reader -> reader.shareWith(share));
        share.begin();
        return List.copyOf(opened);
    }

    /** Each consumer begins with another producer, so that not all ask the same one at first. */
    private static List<RangeReader> inTurn(List<RangeReader> readers, List<Input> inputs) {
        List<RangeReader> turned = new ArrayList<>(readers.size());
        for (int i = 0; i < readers.size(); i++) {
            RangeReader next = readers.get((inputs.get(0).slice().from() + i) % readers.size());
            if (!next.isEmpty()) {
                turned.add(next);
            }
        }
        return turned;
    }

    /**
     * @param together null if there are no services
     */
    private RangeReader reader(
            Input input, NodeReads together, Supplier<ChunkCodec> codec, Runnable onItem) {
        long window = windowFor(input.slice().bytes());
        Supplier<RangeBytes> ofWorker = () -> transport.open(input, window, onItem);
        Supplier<RangeBytes> bytes;
        if (input.worker().workerId().equals(self.workerId())) {
            bytes = () -> local(input.id(), input.slice(), window, onItem);
        } else if (input.node() != null && together != null) {
            bytes = () -> together.open(input, window, onItem, ofWorker);
        } else {
            bytes = ofWorker;
        }
        return new RangeReader(input.id(), input.slice(), window, bytes, codec, onItem);
    }

    private long windowFor(long sliceBytes) {
        long most =
                Math.max(
                        SMALLEST_WINDOW_BYTES,
                        Math.min(LARGEST_WINDOW_BYTES, settings.readMemoryBytes() / 4));
        return Math.min(most, Math.max(1, sliceBytes));
    }

    private RangeBytes local(ResultId id, ResultSlice slice, long windowBytes, Runnable onBytes) {
        LocalRange reader =
                new LocalRange(
                        id,
                        slice,
                        whereIs(id),
                        this,
                        windowBytes,
                        threads,
                        onBytes,
                        readers::remove);
        readers.add(reader);
        return reader;
    }

    private String whereIs(ResultId id) {
        Stored stored = results.get(id);
        return "worker "
                + self.workerId()
                + (stored == null ? "" : ", file " + stored.paths().data());
    }

    @Override
    public Section open(ResultId id, int from, int to) throws IOException {
        Stored stored = results.get(id);
        if (stored == null) {
            throw new FileNotFoundException(
                    "worker " + self.workerId() + " has no result " + id + ", or no more");
        }
        ResultIndex index = stored.index();
        if (from < 0 || to <= from || to > index.ranges()) {
            throw new IOException(
                    String.format(
                            "result %s has %d ranges, and not %d to %d",
                            id, index.ranges(), from, to - 1));
        }
        Path data = stored.paths().data();
        FileChannel file = FileChannel.open(data, StandardOpenOption.READ);
        try {
            long end = index.offset(to - 1) + index.bytes(to - 1);
            if (file.size() < end) {
                throw new IOException(
                        data
                                + " ends at "
                                + file.size()
                                + ", range "
                                + (to - 1)
                                + " of result "
                                + id
                                + " at "
                                + end);
            }
            return new Section(file, index.offset(from), end - index.offset(from));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void drop(ResultId id) {
        Stored stored = results.remove(id);
        if (stored == null) {
            dropOrphan(id);
            return;
        }
        try {
            Files.deleteIfExists(stored.paths().data());
            FaultPoint.RESULT_HALF_DROPPED.hit();
            Files.deleteIfExists(stored.paths().index());
            layout.onRemoved(stored.paths());
        } catch (IOException e) {
            // It goes with its job's directory.
            LOG.warn("Cannot remove a result: id={} path={}", id, stored.paths().data(), e);
        }
        for (LocalRange reader : readers) {
            if (reader.id().equals(id)) {
                reader.lose("was dropped.", null);
            }
        }
    }

    /** Of a worker of this node that has ended, perhaps. */
    private void dropOrphan(ResultId id) {
        for (Path local : settings.directories()) {
            try {
                layout.removeOrphan(local, id);
            } catch (IOException e) {
                LOG.warn("Cannot remove a result: id={} in={}", id, local, e);
            }
        }
    }

    @Override
    public List<ResultId> held() {
        return List.copyOf(results.keySet());
    }

    @Override
    public void releaseJob(JobId jobId) {
        for (ResultId id : results.keySet()) {
            if (id.jobId().equals(jobId)) {
                drop(id);
            }
        }
        if (jobs.remove(jobId) || layout.outlivesWorker()) {
            for (Path local : settings.directories()) {
                try {
                    layout.removeJob(local, jobId);
                } catch (IOException e) {
                    LOG.warn("Results are left on the disk: job={} in={}", jobId, local, e);
                }
            }
        }
    }

    /** Forgets all results, and removes their files unless others serve them. Idempotent. */
    @Override
    public void close() {
        if (!layout.outlivesWorker()) {
            List.copyOf(jobs).forEach(this::releaseJob);
        }
        readers.forEach(reader -> reader.lose("was closed with its worker.", null));
        threads.shutdown();
        if (nodes.client() != null) {
            nodes.client().close();
        }
    }
}
