package io.millrace.connector.file;

import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.time.ProcessingTimeService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one open file for each bucket; sealed files wait for their commit. Confined to its task.
 */
final class FileSinkWriter<IN, BucketID> implements CommittingSinkWriter<IN, FileSinkCommittable> {
    /** At most so many records pass between two looks at the clock. */
    private static final int MAX_RECORDS_TO_CLOCK = 256;

    /** If they took less than this, twice as many may pass; if more, half as many. */
    private static final long CLOCK_STEP_MS = 10;

    private final FileSinkSettings<IN, BucketID> settings;
    private final FileSystem fileSystem;
    private final Path staging;
    private final String unique;
    private final ProcessingTimeService time;
    private final Map<BucketID, PartFile<IN, BucketID>> open = new LinkedHashMap<>();
    private final List<FileSinkCommittable> sealed = new ArrayList<>();
    private final BucketContext bucketContext = new BucketContext();
    private int count;

    /** Records between two looks at the clock, and those that are left of them. */
    private int clockInterval = 1;

    private int recordsToClock;
    private long nowMs;

    /** Whether files will be looked at; only while there are any. */
    private boolean checkRegistered;

    /**
     * @param unique a name that no other attempt of any job has
     */
    FileSinkWriter(
            FileSinkSettings<IN, BucketID> settings,
            FileSystem fileSystem,
            Path staging,
            String unique,
            ProcessingTimeService time) {
        this.settings = settings;
        this.fileSystem = fileSystem;
        this.staging = staging;
        this.unique = unique;
        this.time = time;
    }

    @Override
    public void write(IN element, Context context) throws IOException {
        if (recordsToClock-- == 0) {
            lookAtClock();
        }
        bucketContext.record = context;
        BucketID bucket = settings.assigner().getBucketId(element, bucketContext);
        PartFile<IN, BucketID> part = open.get(bucket);
        if (part == null) {
            part = begin(bucket);
        }
        write(element, part);
        if (settings.rolling().shouldRollOnEvent(part, element)) {
            seal(part);
            open.remove(bucket);
        }
    }

    private void write(IN element, PartFile<IN, BucketID> part) {
        try {
            part.write(element, nowMs);
        } catch (IOException e) {
            throw FileErrors.of(e, part.staged(), "write the output");
        }
    }

    /* Looked at for every record where they are rare, and every 256 records where they are not: the time
     * of a part's last record is at most some 10 ms wrong. */
    private void lookAtClock() {
        long now = time.getCurrentProcessingTime();
        clockInterval =
                now - nowMs < CLOCK_STEP_MS
                        ? Math.min(MAX_RECORDS_TO_CLOCK, 2 * clockInterval)
                        : Math.max(1, clockInterval / 2);
        recordsToClock = clockInterval;
        nowMs = now;
    }

    private PartFile<IN, BucketID> begin(BucketID bucket) {
        nowMs = time.getCurrentProcessingTime();
        String name =
                settings.names().getPartPrefix()
                        + "-"
                        + unique
                        + "-"
                        + count++
                        + settings.names().getPartSuffix();
        String directory = bucket.toString();
        Path target =
                directory.isEmpty()
                        ? new Path(settings.output(), name)
                        : new Path(new Path(settings.output(), directory), name);
        Path staged = new Path(staging, name);
        try {
            PartFile<IN, BucketID> part =
                    new PartFile<>(bucket, fileSystem, staged, target, settings.format(), nowMs);
            open.put(bucket, part);
            registerCheck();
            return part;
        } catch (IOException e) {
            throw FileErrors.of(e, staged, "begin an output file");
        }
    }

    private void registerCheck() {
        if (!checkRegistered && !open.isEmpty()) {
            checkRegistered = true;
            time.registerTimer(
                    time.getCurrentProcessingTime() + settings.checkIntervalMs(), this::rollByTime);
        }
    }

    private void rollByTime(long askedForMs) throws IOException {
        checkRegistered = false;
        nowMs = time.getCurrentProcessingTime();
        for (PartFile<IN, BucketID> part : List.copyOf(open.values())) {
            if (settings.rolling().shouldRollOnProcessingTime(part, nowMs)) {
                seal(part);
                open.remove(part.getBucketId());
            }
        }
        registerCheck();
    }

    private void seal(PartFile<IN, BucketID> part) {
        try {
            sealed.add(part.seal());
        } catch (IOException e) {
            throw FileErrors.of(e, part.staged(), "finish an output file");
        }
    }

    @Override
    public void flush(boolean endOfInput) {
        // Files are made durable when they are sealed, for every commit.
        if (endOfInput && settings.needsEnd()) {
            sealed.add(FileSinkCommittable.end(staging, settings.output()));
        }
    }

    @Override
    public Collection<FileSinkCommittable> prepareCommit() {
        open.values().forEach(this::seal);
        open.clear();
        List<FileSinkCommittable> prepared = List.copyOf(sealed);
        sealed.clear();
        return prepared;
    }

    /** Drops files that were not sealed for a commit. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (PartFile<IN, BucketID> part : open.values()) {
            try {
                part.discard();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }

    /** What bucket assigners may ask, about the record that is being written. */
    private final class BucketContext implements BucketAssigner.Context {
        private Context record;

        @Override
        public long currentProcessingTime() {
            return time.getCurrentProcessingTime();
        }

        @Override
        public long currentWatermark() {
            return record.currentWatermark();
        }

        @Override
        public Long timestamp() {
            return record.timestamp();
        }
    }
}
