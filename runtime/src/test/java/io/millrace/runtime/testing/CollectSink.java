package io.millrace.runtime.testing;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what was written in this process, under an id, for a test to look at. */
public final class CollectSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;
    private static final AtomicLong IDS = new AtomicLong();
    private static final ConcurrentHashMap<Long, List<Object>> WRITTEN = new ConcurrentHashMap<>();

    private final long id = IDS.incrementAndGet();

    public CollectSink() {
        WRITTEN.put(id, Collections.synchronizedList(new ArrayList<>()));
    }

    /** Everything written so far, in the order of arrival. */
    @SuppressWarnings("unchecked")
    public List<T> written() {
        List<Object> written = WRITTEN.get(id);
        synchronized (written) {
            return (List<T>) List.copyOf(written);
        }
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        List<Object> target = WRITTEN.get(id);
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context context) {
                target.add(element);
            }

            @Override
            public void flush(boolean endOfInput) {
                // Everything is there already.
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
