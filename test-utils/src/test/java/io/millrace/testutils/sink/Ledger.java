package io.millrace.testutils.sink;

import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A sink into the memory of the test: its writers stage pages of numbers, its committer makes them
 * visible. A page that is committed again is recognised; one that nobody has staged is lost.
 */
class Ledger implements Sink<Long>, SupportsCommitter<String> {
    private static final long serialVersionUID = 1L;

    static final Map<String, List<Long>> STAGED = new ConcurrentHashMap<>();
    static final Map<String, List<Long>> VISIBLE = new ConcurrentHashMap<>();

    /** So many requests are put off before one is heard. */
    static final AtomicInteger PUT_OFF = new AtomicInteger();

    static void clear() {
        STAGED.clear();
        VISIBLE.clear();
        PUT_OFF.set(0);
    }

    static List<Long> visible() {
        return VISIBLE.values().stream().flatMap(List::stream).sorted().toList();
    }

    static String stage(Long... numbers) {
        String page = UUID.randomUUID().toString();
        STAGED.put(page, List.of(numbers));
        return page;
    }

    @Override
    public CommittingSinkWriter<Long, String> createWriter(WriterInitContext context) {
        return new CommittingSinkWriter<>() {
            private List<Long> page = new ArrayList<>();

            @Override
            public void write(Long element, Context context) {
                page.add(element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public Collection<String> prepareCommit() {
                if (page.isEmpty()) {
                    return List.of();
                }
                String id = UUID.randomUUID().toString();
                STAGED.put(id, page);
                page = new ArrayList<>();
                return List.of(id);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Committer<String> createCommitter(CommitterInitContext context) {
        return new Committer<>() {
            @Override
            public void commit(Collection<CommitRequest<String>> requests) {
                requests.forEach(Ledger::commit);
            }

            @Override
            public void close() {}
        };
    }

    private static void commit(Committer.CommitRequest<String> request) {
        String page = request.getCommittable();
        if (PUT_OFF.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            request.retryLater();
        } else if (VISIBLE.containsKey(page)) {
            request.signalAlreadyCommitted();
        } else if (STAGED.containsKey(page)) {
            VISIBLE.put(page, STAGED.get(page));
        } else {
            request.signalFailedWithKnownReason(new IllegalStateException("no page " + page));
        }
    }

    @Override
    public SimpleVersionedSerializer<String> getCommittableSerializer() {
        return new Text();
    }

    /** UTF-8. */
    static final class Text implements SimpleVersionedSerializer<String> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String deserialize(int version, byte[] serialized) {
            return new String(serialized, StandardCharsets.UTF_8);
        }
    }
}
