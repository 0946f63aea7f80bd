package io.millrace.api.input;

import io.millrace.api.function.RuntimeContext;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.RichSourceReaderContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.type.JavaForm;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import java.util.Objects;

/**
 * An input format as a source. Made by {@code createInput} and {@code readFile}. Immutable.
 *
 * @param <T> the records
 * @param <S> the splits of the format
 */
public final class InputFormatSource<T, S extends InputSplit>
        implements Source<T, FormatSplit, FormatProgress>, ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    private final InputFormat<T, S> format;
    private final TypeInformation<T> type;
    // 0 for an input that is listed once.
    private final long intervalMs;

    private InputFormatSource(InputFormat<T, S> format, TypeInformation<T> type, long intervalMs) {
        this.format = Objects.requireNonNull(format, "input format");
        this.type = type;
        this.intervalMs = intervalMs;
    }

    /**
     * Reads all splits once.
     *
     * @param type null if it is to be found from the records
     */
    public static <T> InputFormatSource<T, ?> once(
            InputFormat<T, ?> format, TypeInformation<T> type) {
        return new InputFormatSource<>(format, type, 0);
    }

    /**
     * Looks for files that are new or have changed, again and again.
     *
     * @param type null if it is to be found from the records
     * @param intervalMs between two looks, at least 1
     */
    public static <T> InputFormatSource<T, FileInputSplit> watching(
            FileInputFormat<T> format, TypeInformation<T> type, long intervalMs) {
        if (intervalMs < 1) {
            throw new IllegalArgumentException(
                    "Files are looked for at intervals of at least 1 ms, not "
                            + intervalMs
                            + " ms.");
        }
        return new InputFormatSource<>(format, type, intervalMs);
    }

    /** Null if it is to be found from the records. */
    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public Boundedness getBoundedness() {
        return intervalMs == 0 ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<FormatSplit, FormatProgress> createEnumerator(
            SplitEnumeratorContext<FormatSplit> enumContext) {
        return restoreEnumerator(enumContext, FormatProgress.NONE);
    }

    @Override
    public SplitEnumerator<FormatSplit, FormatProgress> restoreEnumerator(
            SplitEnumeratorContext<FormatSplit> enumContext, FormatProgress checkpoint) {
        return new FormatEnumerator(
                enumContext,
                intervalMs == 0
                        ? new SplitsOnce<>(format)
                        : new SplitsOfNewFiles((FileInputFormat<?>) format, checkpoint.seen()),
                intervalMs,
                checkpoint);
    }

    @Override
    public SourceReader<T, FormatSplit> createReader(SourceReaderContext readerContext) {
        RuntimeContext runtime =
                readerContext instanceof RichSourceReaderContext rich
                        ? rich.getRuntimeContext()
                        : null;
        boolean reuse = runtime != null && runtime.isObjectReuseEnabled();
        ValueCodec<T> copier = reuse ? null : readerContext.createValueCodec(type);
        return new FormatReader<>(readerContext, format, runtime, copier);
    }

    @Override
    public SimpleVersionedSerializer<FormatSplit> getSplitSerializer() {
        return new JavaForm<>(FormatSplit.class);
    }

    @Override
    public SimpleVersionedSerializer<FormatProgress> getEnumeratorCheckpointSerializer() {
        return new JavaForm<>(FormatProgress.class);
    }
}
