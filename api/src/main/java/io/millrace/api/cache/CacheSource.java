package io.millrace.api.cache;

import io.millrace.api.file.Path;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.ListSerializer;
import io.millrace.api.source.QueueEnumerator;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.type.TypeInformation;
import java.util.Collection;
import java.util.List;

/** Reads a stream that was cached, file by file. Immutable. */
public final class CacheSource<T> implements Source<T, CacheSplit, Collection<CacheSplit>> {
    private static final long serialVersionUID = 1L;

    private final List<String> files;

    /** Null if it is to be found from the records. */
    private final TypeInformation<T> type;

    /**
     * @param files all of the stream: one that is missing later fails the job
     * @param type null if it is to be found from the records
     */
    public CacheSource(List<Path> files, TypeInformation<T> type) {
        this.files = files.stream().map(Path::toString).toList();
        this.type = type;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<CacheSplit, Collection<CacheSplit>> createEnumerator(
            SplitEnumeratorContext<CacheSplit> enumContext) {
        return new QueueEnumerator<>(
                enumContext, files.stream().map(file -> new CacheSplit(file, 0)).toList());
    }

    @Override
    public SplitEnumerator<CacheSplit, Collection<CacheSplit>> restoreEnumerator(
            SplitEnumeratorContext<CacheSplit> enumContext, Collection<CacheSplit> checkpoint) {
        return new QueueEnumerator<>(enumContext, checkpoint);
    }

    @Override
    public SourceReader<T, CacheSplit> createReader(SourceReaderContext readerContext) {
        return new CacheReader<>(readerContext, readerContext.createValueCodec(type));
    }

    @Override
    public SimpleVersionedSerializer<CacheSplit> getSplitSerializer() {
        return new CacheSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<CacheSplit>> getEnumeratorCheckpointSerializer() {
        return new ListSerializer<>(new CacheSplit.Serializer());
    }
}
