package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.serialization.Encoder;
import java.io.Serializable;

/** What a file sink was told. Immutable. */
record FileSinkSettings<IN, BucketID>(
        Path output,
        Encoder<IN> encoder,
        BucketAssigner<IN, BucketID> assigner,
        RollingPolicy<IN, BucketID> rolling,
        OutputFileConfig names,
        OutputMode mode)
        implements Serializable {}
