package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.api.serialization.Encoder;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkOfFunction;
import java.io.Serializable;

/**
 * A file sink under its older name, for {@code addSink}: the same as {@link FileSink}, which does
 * the work. Buckets may be of any type, and are named by their text. Immutable.
 *
 * @deprecated use {@link FileSink}
 */
@Deprecated
public class StreamingFileSink<IN> extends SinkOfFunction<IN> {
    private static final long serialVersionUID = 1L;

    private final FileSink<IN> sink;

    /**
     * @param bucketCheckInterval milliseconds
     */
    protected StreamingFileSink(
            BucketsBuilder<IN, ?, ? extends BucketsBuilder<IN, ?, ?>> bucketsBuilder,
            long bucketCheckInterval) {
        bucketsBuilder.checkIntervalMs = bucketCheckInterval;
        this.sink = bucketsBuilder.fileSink();
    }

    @Override
    public Sink<IN> sink() {
        return sink;
    }

    /** A sink that encodes record after record into files below a directory. */
    public static <IN> DefaultRowFormatBuilder<IN> forRowFormat(
            Path basePath, Encoder<IN> encoder) {
        return new DefaultRowFormatBuilder<>(basePath, encoder, new DateTimeBucketAssigner<>());
    }

    /** A sink of files whose format holds many records together, below a directory. */
    public static <IN> DefaultBulkFormatBuilder<IN> forBulkFormat(
            Path basePath, BulkWriter.Factory<IN> writerFactory) {
        return new DefaultBulkFormatBuilder<>(
                basePath, writerFactory, new DateTimeBucketAssigner<>());
    }

    /** Settings that all of them share. Not thread-safe. */
    protected abstract static class BucketsBuilder<
                    IN, BucketID, T extends BucketsBuilder<IN, BucketID, T>>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        /** A minute unless set. */
        public static final long DEFAULT_BUCKET_CHECK_INTERVAL =
                FileSinkSettings.DEFAULT_CHECK_INTERVAL_MS;

        final Path output;
        final PartFormat<IN> format;
        BucketAssigner<IN, BucketID> assigner;
        RollingPolicy<IN, BucketID> rolling;
        long checkIntervalMs = DEFAULT_BUCKET_CHECK_INTERVAL;
        OutputFileConfig names = OutputFileConfig.builder().build();

        BucketsBuilder(
                Path output,
                PartFormat<IN> format,
                BucketAssigner<IN, BucketID> assigner,
                RollingPolicy<IN, BucketID> rolling) {
            this.output = output;
            this.format = format;
            this.assigner = assigner;
            this.rolling = rolling;
        }

        @SuppressWarnings("unchecked") // by the declaration of T
        T self() {
            return (T) this;
        }

        FileSink<IN> fileSink() {
            return FileSink.of(
                    new FileSinkSettings<>(
                            output,
                            format,
                            assigner,
                            rolling,
                            checkIntervalMs,
                            names,
                            OutputMode.APPEND,
                            false));
        }
    }

    /** Settings of a row format sink. Not thread-safe. */
    public static class RowFormatBuilder<IN, BucketID, T extends RowFormatBuilder<IN, BucketID, T>>
            extends BucketsBuilder<IN, BucketID, T> {
        private static final long serialVersionUID = 1L;

        protected RowFormatBuilder(
                Path basePath, Encoder<IN> encoder, BucketAssigner<IN, BucketID> bucketAssigner) {
            this(
                    basePath,
                    new PartFormat.Rows<>(encoder),
                    bucketAssigner,
                    DefaultRollingPolicy.builder().build());
        }

        private RowFormatBuilder(
                Path basePath,
                PartFormat<IN> format,
                BucketAssigner<IN, BucketID> assigner,
                RollingPolicy<IN, BucketID> rolling) {
            super(basePath, format, assigner, rolling);
        }

        public long getBucketCheckInterval() {
            return checkIntervalMs;
        }

        /**
         * How often the rolling policy is asked about the time.
         *
         * @param interval milliseconds
         */
        public T withBucketCheckInterval(long interval) {
            this.checkIntervalMs = interval;
            return self();
        }

        /** A directory an hour unless set. */
        public T withBucketAssigner(BucketAssigner<IN, BucketID> assigner) {
            this.assigner = assigner;
            return self();
        }

        /** Buckets of 128 MB or a minute unless set. */
        public T withRollingPolicy(RollingPolicy<IN, BucketID> policy) {
            this.rolling = policy;
            return self();
        }

        public T withOutputFileConfig(OutputFileConfig outputFileConfig) {
            this.names = outputFileConfig;
            return self();
        }

        /** For buckets of another type. */
        public <ID>
                RowFormatBuilder<IN, ID, ? extends RowFormatBuilder<IN, ID, ?>>
                        withNewBucketAssignerAndPolicy(
                                BucketAssigner<IN, ID> assigner, RollingPolicy<IN, ID> policy) {
            OtherRowBuckets<IN, ID> builder =
                    new OtherRowBuckets<>(output, format, assigner, policy);
            builder.checkIntervalMs = checkIntervalMs;
            builder.names = names;
            return builder;
        }

        public StreamingFileSink<IN> build() {
            return new StreamingFileSink<>(this, checkIntervalMs);
        }
    }

    /** A builder for buckets of another type. */
    private static final class OtherRowBuckets<IN, ID>
            extends RowFormatBuilder<IN, ID, OtherRowBuckets<IN, ID>> {
        private static final long serialVersionUID = 1L;

        OtherRowBuckets(
                Path output,
                PartFormat<IN> format,
                BucketAssigner<IN, ID> assigner,
                RollingPolicy<IN, ID> rolling) {
            super(output, format, assigner, rolling);
        }
    }

    /** A builder whose own type its methods return. */
    public static final class DefaultRowFormatBuilder<IN>
            extends RowFormatBuilder<IN, String, DefaultRowFormatBuilder<IN>> {
        private static final long serialVersionUID = 1L;

        private DefaultRowFormatBuilder(
                Path output, Encoder<IN> encoder, BucketAssigner<IN, String> assigner) {
            super(output, encoder, assigner);
        }
    }

    /** Settings of a bulk format sink. Not thread-safe. */
    public static class BulkFormatBuilder<
                    IN, BucketID, T extends BulkFormatBuilder<IN, BucketID, T>>
            extends BucketsBuilder<IN, BucketID, T> {
        private static final long serialVersionUID = 1L;

        protected BulkFormatBuilder(
                Path basePath,
                BulkWriter.Factory<IN> writerFactory,
                BucketAssigner<IN, BucketID> assigner) {
            this(
                    basePath,
                    new PartFormat.Bulk<>(writerFactory),
                    assigner,
                    OnCheckpointRollingPolicy.build());
        }

        private BulkFormatBuilder(
                Path basePath,
                PartFormat<IN> format,
                BucketAssigner<IN, BucketID> assigner,
                RollingPolicy<IN, BucketID> rolling) {
            super(basePath, format, assigner, rolling);
        }

        public long getBucketCheckInterval() {
            return checkIntervalMs;
        }

        /**
         * How often the rolling policy is asked about the time.
         *
         * @param interval milliseconds
         */
        public T withBucketCheckInterval(long interval) {
            this.checkIntervalMs = interval;
            return self();
        }

        /** A directory an hour unless set. */
        public T withBucketAssigner(BucketAssigner<IN, BucketID> assigner) {
            this.assigner = assigner;
            return self();
        }

        /** From checkpoint to checkpoint unless set. */
        public T withRollingPolicy(CheckpointRollingPolicy<IN, BucketID> rollingPolicy) {
            this.rolling = rollingPolicy;
            return self();
        }

        public T withOutputFileConfig(OutputFileConfig outputFileConfig) {
            this.names = outputFileConfig;
            return self();
        }

        /** For buckets of another type; the rolling policy is the default one again. */
        public <ID>
                BulkFormatBuilder<IN, ID, ? extends BulkFormatBuilder<IN, ID, ?>>
                        withNewBucketAssigner(BucketAssigner<IN, ID> assigner) {
            OtherBulkBuckets<IN, ID> builder = new OtherBulkBuckets<>(output, format, assigner);
            builder.checkIntervalMs = checkIntervalMs;
            builder.names = names;
            return builder;
        }

        public StreamingFileSink<IN> build() {
            return new StreamingFileSink<>(this, checkIntervalMs);
        }
    }

    /** A builder for buckets of another type. */
    private static final class OtherBulkBuckets<IN, ID>
            extends BulkFormatBuilder<IN, ID, OtherBulkBuckets<IN, ID>> {
        private static final long serialVersionUID = 1L;

        OtherBulkBuckets(Path output, PartFormat<IN> format, BucketAssigner<IN, ID> assigner) {
            super(output, format, assigner, OnCheckpointRollingPolicy.build());
        }
    }

    /** A builder whose own type its methods return. */
    public static final class DefaultBulkFormatBuilder<IN>
            extends BulkFormatBuilder<IN, String, DefaultBulkFormatBuilder<IN>> {
        private static final long serialVersionUID = 1L;

        private DefaultBulkFormatBuilder(
                Path output,
                BulkWriter.Factory<IN> writerFactory,
                BucketAssigner<IN, String> assigner) {
            super(output, writerFactory, assigner);
        }
    }
}
