package io.millrace.connector.file;

import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.serialization.Encoder;
import io.millrace.api.sink.CommittingSinkWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Writes one open file for each bucket; sealed files wait for their commit. Confined to its task.
 */
final class FileSinkWriter<IN, BucketID> implements CommittingSinkWriter<IN, FileSinkCommittable> {
    /** How many records pass between two looks at the clock. */
    private static final int CLOCK_INTERVAL_RECORDS = 256;

    private final FileSinkSettings<IN, BucketID> settings;
    private final FileSystem fileSystem;
    private final Path staging;
    private final String unique;
    private final LongSupplier clockMs;
    private final Map<BucketID, PartFile<BucketID>> open = new LinkedHashMap<>();
    private final List<FileSinkCommittable> sealed = new ArrayList<>();
    private final BucketContext bucketContext = new BucketContext();
    private int count;
    private int recordsToClock;
    private long nowMs;

    /**
     * @param unique a name that no other attempt of any job has
     * @param clockMs milliseconds since the epoch
     */
    FileSinkWriter(
            FileSinkSettings<IN, BucketID> settings,
            FileSystem fileSystem,
            Path staging,
            String unique,
            LongSupplier clockMs) {
        this.settings = settings;
        this.fileSystem = fileSystem;
        this.staging = staging;
        this.unique = unique;
        this.clockMs = clockMs;
    }

    @Override
    public void write(IN element, Context context) throws IOException {
        if (recordsToClock-- == 0) {
            recordsToClock = CLOCK_INTERVAL_RECORDS;
            nowMs = clockMs.getAsLong();
            rollByTime();
        }
        bucketContext.record = context;
        BucketID bucket = settings.assigner().getBucketId(element, bucketContext);
        PartFile<BucketID> part = open.get(bucket);
        if (part == null) {
            part = begin(bucket);
        }
        encode(settings.encoder(), element, part);
        part.touched(nowMs);
        if (settings.rolling().shouldRollOnEvent(part, element)) {
            seal(part);
            open.remove(bucket);
        }
    }

    private static <IN> void encode(Encoder<IN> encoder, IN element, PartFile<?> part) {
        try {
            encoder.encode(element, part);
        } catch (IOException e) {
            throw FileErrors.of(e, part.staged(), "write the output");
        }
    }

    private PartFile<BucketID> begin(BucketID bucket) {
        nowMs = clockMs.getAsLong();
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
            PartFile<BucketID> part = new PartFile<>(bucket, fileSystem, staged, target, nowMs);
            open.put(bucket, part);
            return part;
        } catch (IOException e) {
            throw FileErrors.of(e, staged, "begin an output file");
        }
    }

    private void rollByTime() throws IOException {
        for (PartFile<BucketID> part : List.copyOf(open.values())) {
            if (settings.rolling().shouldRollOnProcessingTime(part, nowMs)) {
                seal(part);
                open.remove(part.getBucketId());
            }
        }
    }

    private void seal(PartFile<BucketID> part) {
        try {
            sealed.add(part.seal());
        } catch (IOException e) {
            throw FileErrors.of(e, part.staged(), "finish an output file");
        }
    }

    @Override
    public void flush(boolean endOfInput) {
        // Files are made durable when they are sealed, for every commit.
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
        for (PartFile<BucketID> part : open.values()) {
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
            return clockMs.getAsLong();
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
