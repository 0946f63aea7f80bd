package io.millrace.api.cache;

import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.SupportsCleanup;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;
import java.util.UUID;

/** Writes a stream that is cached; the files are whole when the job has finished. Immutable. */
public final class CacheSink<T> implements Sink<T>, SupportsCommitter<String>, SupportsCleanup {
    private static final long serialVersionUID = 1L;

    private final CacheFiles files;

    /** Null if it is to be found from the records. */
    private final TypeInformation<T> type;

    /**
     * @param type null if it is to be found from the records
     */
    public CacheSink(CacheFiles files, TypeInformation<T> type) {
        this.files = files;
        this.type = type;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        String name =
                "part-" + context.getTaskInfo().getIndexOfThisSubtask() + "-" + UUID.randomUUID();
        return new CacheWriter<>(files, name, context.createValueCodec(type));
    }

    @Override
    public Committer<String> createCommitter(CommitterInitContext context) {
        return new CacheCommitter(files);
    }

    @Override
    public SimpleVersionedSerializer<String> getCommittableSerializer() {
        return new TextForm();
    }

    @Override
    public void cleanUp(io.millrace.api.sink.InitContext context) throws IOException {
        files.removeStaged();
    }
}
