package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import io.millrace.api.graph.Preflight;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.api.serialization.Encoder;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SupportsCleanup;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsOutputEnd;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.connector.file.compactor.FileCompactStrategy;
import io.millrace.connector.file.compactor.FileCompactor;
import io.millrace.connector.file.compactor.IdenticalFileCompactor;
import io.millrace.connector.file.compactor.OutputStreamBasedFileCompactor;
import io.millrace.connector.file.compactor.RecordWiseFileCompactor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes records to files on any file system. Files become visible when they are committed, whole,
 * under names that no other attempt uses; until then they lie in a staging directory of the job
 * below the output. Immutable.
 */
public class FileSink<IN>
        implements Sink<IN>,
                SupportsCommitter<FileSinkCommittable>,
                SupportsCleanup,
                SupportsOutputEnd,
                SupportsConcurrentExecutionAttempts,
                Preflight {
    private static final long serialVersionUID = 1L;

    private final FileSinkSettings<IN, ?> settings;

    FileSink(FileSinkSettings<IN, ?> settings) {
        this.settings = settings;
    }

    final FileSinkSettings<IN, ?> settings() {
        return settings;
    }

    static <IN> FileSink<IN> of(FileSinkSettings<IN, ?> settings) {
        return new FileSink<>(settings);
    }

    /** A sink that encodes record after record into files below a directory. */
    public static <IN> DefaultRowFormatBuilder<IN> forRowFormat(
            Path basePath, Encoder<IN> encoder) {
        return new DefaultRowFormatBuilder<>(basePath, encoder, new DateTimeBucketAssigner<>());
    }

    /** A sink of files whose format holds many records together, below a directory. */
    public static <IN> DefaultBulkFormatBuilder<IN> forBulkFormat(
            Path basePath, BulkWriter.Factory<IN> bulkWriterFactory) {
        return new DefaultBulkFormatBuilder<>(
                basePath, bulkWriterFactory, new DateTimeBucketAssigner<>());
    }

    /** A builder whose own type its methods return. */
    public static final class DefaultRowFormatBuilder<IN>
            extends RowFormatBuilder<IN, DefaultRowFormatBuilder<IN>> {
        private static final long serialVersionUID = 1L;

        private DefaultRowFormatBuilder(
                Path output, Encoder<IN> encoder, BucketAssigner<IN, String> assigner) {
            super(output, encoder, assigner);
        }
    }

    /** A builder whose own type its methods return. */
    public static final class DefaultBulkFormatBuilder<IN>
            extends BulkFormatBuilder<IN, DefaultBulkFormatBuilder<IN>> {
        private static final long serialVersionUID = 1L;

        private DefaultBulkFormatBuilder(
                Path output,
                BulkWriter.Factory<IN> writerFactory,
                BucketAssigner<IN, String> assigner) {
            super(output, writerFactory, assigner);
        }
    }

    /** Settings of a row format sink. Not thread-safe. */
    public static class RowFormatBuilder<IN, T extends RowFormatBuilder<IN, T>>
            extends BucketsBuilder<IN, T> {
        private static final long serialVersionUID = 1L;

        protected RowFormatBuilder(
                Path basePath, Encoder<IN> encoder, BucketAssigner<IN, String> bucketAssigner) {
            super(
                    basePath,
                    new PartFormat.Rows<>(encoder),
                    bucketAssigner,
                    DefaultRollingPolicy.builder().build());
        }

        // What programs are compiled against names this class.
        @Override
        public T withBucketAssigner(BucketAssigner<IN, String> bucketAssigner) {
            return super.withBucketAssigner(bucketAssigner);
        }

        @Override
        public T withBucketCheckInterval(long interval) {
            return super.withBucketCheckInterval(interval);
        }

        @Override
        public T withOutputFileConfig(OutputFileConfig config) {
            return super.withOutputFileConfig(config);
        }

        @Override
        public T withOutputMode(OutputMode outputMode) {
            return super.withOutputMode(outputMode);
        }

        @Override
        public T enableCompact(FileCompactStrategy strategy, FileCompactor compactor) {
            return super.enableCompact(strategy, compactor);
        }

        @Override
        public T disableCompact() {
            return super.disableCompact();
        }

        /** Buckets of 128 MB or a minute unless set. */
        public T withRollingPolicy(RollingPolicy<IN, String> policy) {
            return rolledBy(policy);
        }
    }

    /** Settings of a bulk format sink. Not thread-safe. */
    public static class BulkFormatBuilder<IN, T extends BulkFormatBuilder<IN, T>>
            extends BucketsBuilder<IN, T> {
        private static final long serialVersionUID = 1L;

        protected BulkFormatBuilder(
                Path basePath,
                BulkWriter.Factory<IN> writerFactory,
                BucketAssigner<IN, String> assigner) {
            super(
                    basePath,
                    new PartFormat.Bulk<>(writerFactory),
                    assigner,
                    OnCheckpointRollingPolicy.build());
        }

        // What programs are compiled against names this class.
        @Override
        public T withBucketAssigner(BucketAssigner<IN, String> bucketAssigner) {
            return super.withBucketAssigner(bucketAssigner);
        }

        @Override
        public T withBucketCheckInterval(long interval) {
            return super.withBucketCheckInterval(interval);
        }

        @Override
        public T withOutputFileConfig(OutputFileConfig config) {
            return super.withOutputFileConfig(config);
        }

        @Override
        public T withOutputMode(OutputMode outputMode) {
            return super.withOutputMode(outputMode);
        }

        @Override
        public T enableCompact(FileCompactStrategy strategy, FileCompactor compactor) {
            return super.enableCompact(strategy, compactor);
        }

        @Override
        public T disableCompact() {
            return super.disableCompact();
        }

        /** Has no effect: files are written where they are committed from in any case. */
        public T disableLocalWriting() {
            return self();
        }

        /** From checkpoint to checkpoint unless set. */
        public T withRollingPolicy(CheckpointRollingPolicy<IN, String> rollingPolicy) {
            return rolledBy(rollingPolicy);
        }

        public BulkFormatBuilder<IN, ? extends BulkFormatBuilder<IN, ?>> withNewBucketAssigner(
                BucketAssigner<IN, String> assigner) {
            return withBucketAssigner(assigner);
        }
    }

    /** Settings that all file sinks share. Not thread-safe. */
    protected abstract static class BucketsBuilder<IN, T extends BucketsBuilder<IN, T>>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Path output;
        private final PartFormat<IN> format;
        private BucketAssigner<IN, String> assigner;
        private RollingPolicy<IN, String> rolling;
        private long checkIntervalMs = FileSinkSettings.DEFAULT_CHECK_INTERVAL_MS;
        private OutputFileConfig names = OutputFileConfig.builder().build();
        private OutputMode mode = OutputMode.APPEND;
        private boolean successMarker;
        private boolean compacting;
        private FileCompactStrategy compactStrategy; // null if files stay as they are
        private FileCompactor compactor;

        BucketsBuilder(
                Path output,
                PartFormat<IN> format,
                BucketAssigner<IN, String> assigner,
                RollingPolicy<IN, String> rolling) {
            this.output = output;
            this.format = format;
            this.assigner = assigner;
            this.rolling = rolling;
        }

        @SuppressWarnings("unchecked") // by the declaration of T
        protected T self() {
            return (T) this;
        }

        T rolledBy(RollingPolicy<IN, String> policy) {
            this.rolling = policy;
            return self();
        }

        /**
         * How often the rolling policy is asked about the time, in milliseconds; a minute unless
         * set.
         */
        public T withBucketCheckInterval(long interval) {
            this.checkIntervalMs = interval;
            return self();
        }

        /** A directory an hour unless set. */
        public T withBucketAssigner(BucketAssigner<IN, String> bucketAssigner) {
            this.assigner = bucketAssigner;
            return self();
        }

        public T withOutputFileConfig(OutputFileConfig config) {
            this.names = config;
            return self();
        }

        /** What to do if the output directory has files; {@link OutputMode#APPEND} unless set. */
        public T withOutputMode(OutputMode outputMode) {
            this.mode = outputMode;
            return self();
        }

        /**
         * Writes an empty file {@code _SUCCESS} into the output when the input has ended and all
         * files are visible; one that is there is removed before anything changes. For jobs whose
         * input ends.
         */
        public T withSuccessMarker() {
            this.successMarker = true;
            return self();
        }

        /**
         * Puts small files of a directory together before they are visible, those of all subtasks.
         * They are visible a checkpoint later, or when the strategy says so.
         *
         * @param compactor an {@code OutputStreamBasedFileCompactor} or a {@code
         *     RecordWiseFileCompactor} of the sink's records
         * @throws IllegalArgumentException if it is neither
         */
        public T enableCompact(FileCompactStrategy strategy, FileCompactor compactor) {
            Objects.requireNonNull(strategy, "compact strategy");
            if (!(compactor instanceof OutputStreamBasedFileCompactor)
                    && !(compactor instanceof RecordWiseFileCompactor<?>)) {
                throw new IllegalArgumentException(
                        (compactor == null ? "null" : compactor.getClass().getName())
                                + " puts no files together: a compactor extends"
                                + " OutputStreamBasedFileCompactor or RecordWiseFileCompactor.");
            }
            boolean identical = compactor instanceof IdenticalFileCompactor;
            this.compacting = true;
            this.compactStrategy = identical ? null : strategy;
            this.compactor = identical ? null : compactor;
            return self();
        }

        /**
         * Puts no files together any more: for a job that starts from a checkpoint in which files
         * wait for that. They become visible one by one.
         */
        public T disableCompact() {
            this.compacting = true;
            this.compactStrategy = null;
            this.compactor = null;
            return self();
        }

        public FileSink<IN> build() {
            FileSinkSettings<IN, String> settings =
                    new FileSinkSettings<>(
                            output,
                            format,
                            assigner,
                            rolling,
                            checkIntervalMs,
                            names,
                            mode,
                            successMarker);
            return compacting
                    ? new CompactingFileSink<>(settings, compactStrategy, compactor)
                    : new FileSink<>(settings);
        }
    }

    @Override
    public CommittingSinkWriter<IN, FileSinkCommittable> createWriter(WriterInitContext context)
            throws IOException {
        return new FileSinkWriter<>(
                settings,
                settings.output().getFileSystem(),
                Staging.directory(settings.output(), context.getJobInfo().getJobId()),
                context.getTaskInfo().getIndexOfThisSubtask() + "-" + UUID.randomUUID(),
                context.getProcessingTimeService());
    }

    @Override
    public Committer<FileSinkCommittable> createCommitter(CommitterInitContext context) {
        return new FileCommitter(
                settings.output(),
                Staging.directory(settings.output(), context.getJobInfo().getJobId()),
                settings.mode(),
                settings.successMarker());
    }

    /** Marks the output as whole, if that is asked for. */
    @Override
    public void outputEnded(CommitterInitContext context) {
        if (!settings.successMarker()) {
            return;
        }
        Path marker = new Path(settings.output(), FileCommitter.SUCCESS);
        try {
            marker.getFileSystem().create(marker, FileSystem.WriteMode.OVERWRITE).close();
        } catch (IOException e) {
            throw FileErrors.of(e, marker, "mark the end of the output");
        }
    }

    @Override
    public SimpleVersionedSerializer<FileSinkCommittable> getCommittableSerializer() {
        return new FileSinkCommittable.Serializer();
    }

    @Override
    public void cleanUp(io.millrace.api.sink.InitContext context) throws IOException {
        settings.output()
                .getFileSystem()
                .delete(
                        Staging.directory(settings.output(), context.getJobInfo().getJobId()),
                        true);
    }

    /** Checks that the output may be written, and is empty if it has to be. Changes nothing. */
    @Override
    public void preflight() {
        Path output = settings.output();
        try {
            FileSystem fileSystem = output.getFileSystem();
            fileSystem.requireWritable(nearestDirectory(fileSystem, output));
            FileStatus status = fileSystem.getFileStatus(output);
            if (!status.isDir()) {
                throw exists(output, "is a file");
            }
            if (settings.mode() == OutputMode.FAIL_IF_EXISTS) {
                int files = 0;
                for (FileStatus child : fileSystem.listStatus(output)) {
                    files += Staging.isStaging(child.getPath().getName()) ? 0 : 1;
                }
                if (files > 0) {
                    throw exists(output, "has " + files + " files or directories");
                }
            }
        } catch (FileNotFoundException | NoSuchFileException absent) {
            // What is not there will be made.
            return;
        } catch (IOException e) {
            throw FileErrors.of(e, output, "check the output");
        }
    }

    /**
     * The output, or the nearest directory above that exists; the one that holds the output if that
     * is a file.
     */
    private static Path nearestDirectory(FileSystem fileSystem, Path output) throws IOException {
        Path path = output.makeQualified(fileSystem);
        while (path.getParent() != null) {
            try {
                if (fileSystem.getFileStatus(path).isDir()) {
                    return path;
                }
            } catch (FileNotFoundException | NoSuchFileException absent) {
                // One step up, then.
            }
            path = path.getParent();
        }
        return path;
    }

    private static MillraceException exists(Path output, String what) {
        return new MillraceException(
                ErrorCode.OUTPUT_EXISTS,
                "the output "
                        + output
                        + " "
                        + what
                        + " already. Remove it or choose another path.");
    }
}
