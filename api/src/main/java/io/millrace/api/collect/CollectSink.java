package io.millrace.api.collect;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;

/** Sends records to the server that {@code executeAndCollect} has opened. Immutable. */
final class CollectSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;
    private final byte[] token;

    /** Null if it is to be found from the records. */
    private final TypeInformation<T> type;

    CollectSink(String host, int port, byte[] token, TypeInformation<T> type) {
        this.host = host;
        this.port = port;
        this.token = token;
        this.type = type;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return CollectWriter.connect(
                host,
                port,
                token,
                context.getTaskInfo().getIndexOfThisSubtask(),
                context.getTaskInfo().getAttemptNumber(),
                context.createValueCodec(type));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Collect to " + host + ":" + port;
    }
}
