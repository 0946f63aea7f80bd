package io.millrace.testutils.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.sink.async.AsyncSinkBase;
import io.millrace.api.sink.async.AsyncSinkBaseBuilder;
import io.millrace.api.sink.async.AsyncSinkWriter;
import io.millrace.api.sink.async.AsyncSinkWriterConfiguration;
import io.millrace.api.sink.async.AsyncSinkWriterStateSerializer;
import io.millrace.api.sink.async.BufferedRequestState;
import io.millrace.api.sink.async.ResultHandler;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.testutils.MiniClusterExtension;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs with a sink that sends batches to a service which takes some entries the second time only.
 */
@Timeout(60)
class AsyncSinkTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

    private static final Set<Long> TAKEN = new ConcurrentSkipListSet<>();
    private static final Set<Long> REFUSED_ONCE = new ConcurrentSkipListSet<>();
    private static final AtomicInteger LARGEST = new AtomicInteger();

    @BeforeEach
    void clear() {
        FailingJob.clear();
        TAKEN.clear();
        REFUSED_ONCE.clear();
        LARGEST.set(0);
    }

    @Test
    void nothingIsLostWhenTheJobFails(@TempDir Path work) throws Exception {
        long numbers = FailingJob.run(new NumberSink(false), work);
        assertAllTaken(numbers);
        assertThat(REFUSED_ONCE).isNotEmpty();
    }

    @Test
    void aBoundedJobSendsAllAtItsEnd() throws Exception {
        FailingJob.runBounded(new NumberSink(false), 1_003);
        assertAllTaken(1_003);
    }

    @Test
    void anEntryThatCanNeverBeTakenFailsTheJob() {
        assertThatThrownBy(() -> FailingJob.runBounded(new NumberSink(true), 100))
                .hasStackTraceContaining("the service is closed for good");
    }

    @Test
    void aBuilderKnowsWhatWasNotSet() {
        Builder builder = new Builder().setMaxBatchSize(7).setMaxTimeInBufferMS(5L);
        assertThat(builder.build().getMaxBatchSize()).isEqualTo(7);
        assertThat(builder.build().getMaxBufferedRequests()).isEqualTo(100);
    }

    private static void assertAllTaken(long numbers) {
        assertThat(TAKEN).containsExactlyElementsOf(LongStream.range(0, numbers).boxed().toList());
        assertThat(LARGEST).hasPositiveValue().hasValueLessThanOrEqualTo(NumberSink.BATCH);
    }

    private static final class Builder extends AsyncSinkBaseBuilder<Long, Long, Builder> {
        @Override
        public NumberSink build() {
            return new NumberSink(getMaxBatchSize() == null ? 1 : getMaxBatchSize());
        }
    }

    private static final class NumberSink extends AsyncSinkBase<Long, Long> {
        private static final long serialVersionUID = 1L;
        private static final int BATCH = 10;

        private final boolean closed;

        NumberSink(boolean closed) {
            this(BATCH, closed);
        }

        NumberSink(int batch) {
            this(batch, false);
        }

        private NumberSink(int batch, boolean closed) {
            super((element, context) -> element, batch, 3, 100, 1_000, 20, 8);
            this.closed = closed;
        }

        // For the test of the builder.
        @Override
        protected int getMaxBatchSize() {
            return super.getMaxBatchSize();
        }

        @Override
        protected int getMaxBufferedRequests() {
            return super.getMaxBufferedRequests();
        }

        @Override
        public NumberWriter createWriter(WriterInitContext context) {
            return restoreWriter(context, List.of());
        }

        @Override
        public NumberWriter restoreWriter(
                WriterInitContext context, Collection<BufferedRequestState<Long>> recoveredState) {
            AsyncSinkWriterConfiguration limits =
                    AsyncSinkWriterConfiguration.builder()
                            .setMaxBatchSize(getMaxBatchSize())
                            .setMaxBatchSizeInBytes(getMaxBatchSizeInBytes())
                            .setMaxInFlightRequests(getMaxInFlightRequests())
                            .setMaxBufferedRequests(getMaxBufferedRequests())
                            .setMaxTimeInBufferMS(getMaxTimeInBufferMS())
                            .setMaxRecordSizeInBytes(getMaxRecordSizeInBytes())
                            .build();
            return new NumberWriter(this, context, limits, recoveredState);
        }

        @Override
        public SimpleVersionedSerializer<BufferedRequestState<Long>> getWriterStateSerializer() {
            return new Numbers();
        }
    }

    private static final class NumberWriter extends AsyncSinkWriter<Long, Long> {
        private final boolean closed;

        NumberWriter(
                NumberSink sink,
                WriterInitContext context,
                AsyncSinkWriterConfiguration limits,
                Collection<BufferedRequestState<Long>> states) {
            super((element, ignored) -> element, context, limits, states);
            this.closed = sink.closed;
        }

        /** The service, which answers on a thread of its own. */
        @Override
        protected void submitRequestEntries(
                List<Long> requestEntries, ResultHandler<Long> resultHandler) {
            LARGEST.accumulateAndGet(requestEntries.size(), Math::max);
            ForkJoinPool.commonPool()
                    .execute(
                            () -> {
                                if (closed) {
                                    resultHandler.completeExceptionally(
                                            new IOException("the service is closed for good"));
                                    return;
                                }
                                List<Long> refused =
                                        requestEntries.stream()
                                                .filter(each -> each % 97 == 0)
                                                .filter(REFUSED_ONCE::add)
                                                .toList();
                                requestEntries.stream()
                                        .filter(each -> !refused.contains(each))
                                        .forEach(TAKEN::add);
                                if (refused.isEmpty()) {
                                    resultHandler.complete();
                                } else {
                                    resultHandler.retryForEntries(refused);
                                }
                            });
        }

        @Override
        protected long getSizeInBytes(Long requestEntry) {
            return Long.BYTES;
        }
    }

    private static final class Numbers extends AsyncSinkWriterStateSerializer<Long> {
        @Override
        protected void serializeRequestToStream(Long request, DataOutputStream out)
                throws IOException {
            out.writeLong(request);
        }

        @Override
        protected Long deserializeRequestFromStream(long requestSize, DataInputStream in)
                throws IOException {
            return in.readLong();
        }

        @Override
        public int getVersion() {
            return 1;
        }
    }
}
