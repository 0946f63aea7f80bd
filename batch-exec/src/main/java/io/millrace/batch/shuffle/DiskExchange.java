package io.millrace.batch.shuffle;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
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
import java.util.Comparator;
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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results on the local disks of a worker, which serves them to others. They live as long as it
 * does, unless they are dropped. Thread-safe.
 */
public final class DiskExchange implements StoredExchange, ResultFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DiskExchange.class);
    private static final long THREAD_KEEP_ALIVE_S = 10;
    private static final long LARGEST_WINDOW_BYTES = 1 << 20;
    private static final long SMALLEST_WINDOW_BYTES = 16 << 10;

    private final WorkerAddress self;
    private final ShuffleSettings settings;
    private final ResultTransport transport;
    private final Disk disk;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger nextDirectory = new AtomicInteger();
    private final Map<ResultId, Stored> results = new ConcurrentHashMap<>();
    // Those that have directories.
    private final Set<JobId> jobs = ConcurrentHashMap.newKeySet();
    private final Set<LocalRange> readers = ConcurrentHashMap.newKeySet();

    /** A result that is whole. */
    private record Stored(ResultPaths paths, ResultIndex index) {}

    private DiskExchange(
            WorkerAddress self, ShuffleSettings settings, ResultTransport transport, Disk disk) {
        this.self = self;
        this.settings = settings;
        this.transport = transport;
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
        return start(self, settings, transport, Disk.LOCAL);
    }

    static DiskExchange start(
            WorkerAddress self, ShuffleSettings settings, ResultTransport transport, Disk disk) {
        DiskExchange exchange = new DiskExchange(self, settings, transport, disk);
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
        return new DiskWriter(
                id,
                new ResultPaths(directoryFor(id), id),
                self,
                ranges,
                codec,
                settings,
                disk,
                (whole, paths, index) -> results.put(whole, new Stored(paths, index)));
    }

    /** The next one that can be written to. */
    private Path directoryFor(ResultId id) {
        int first = nextDirectory.getAndIncrement();
        IOException failure = null;
        List<Path> locals = settings.directories();
        jobs.add(id.jobId());
        for (int i = 0; i < locals.size(); i++) {
            Path local = locals.get(Math.floorMod(first + i, locals.size()));
            Path job = ResultPaths.ofJob(local, id.jobId(), self.workerId());
            try {
                return Files.createDirectories(job);
            } catch (IOException e) {
                LOG.warn("Cannot make a directory for results: path={} cause={}", job, e);
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
        for (int i = 0; i < inputs.size(); i++) {
            opened.add(reader(inputs.get(i), codec, onItem.apply(i)));
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

    private RangeReader reader(Input input, Supplier<ChunkCodec> codec, Runnable onItem) {
        long window = windowFor(input.slice().bytes());
        Supplier<RangeBytes> bytes =
                input.worker().workerId().equals(self.workerId())
                        ? () -> local(input.id(), input.slice(), window, onItem)
                        : () -> transport.open(input, window, onItem);
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
            return;
        }
        try {
            Files.deleteIfExists(stored.paths().data());
            FaultPoint.RESULT_HALF_DROPPED.hit();
            Files.deleteIfExists(stored.paths().index());
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

    @Override
    public void releaseJob(JobId jobId) {
        for (ResultId id : results.keySet()) {
            if (id.jobId().equals(jobId)) {
                drop(id);
            }
        }
        if (jobs.remove(jobId)) {
            for (Path local : settings.directories()) {
                remove(ResultPaths.ofJob(local, jobId, self.workerId()));
            }
        }
    }

    private static void remove(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(directory)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("Results are left on the disk: path={}", directory, e);
        }
    }

    /** Forgets all results and removes their files. Idempotent. */
    @Override
    public void close() {
        List.copyOf(jobs).forEach(this::releaseJob);
        readers.forEach(reader -> reader.lose("was closed with its worker.", null));
        threads.shutdown();
    }
}
