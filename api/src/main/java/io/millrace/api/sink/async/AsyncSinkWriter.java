package io.millrace.api.sink.async;

import io.millrace.api.metric.SinkWriterMetricGroup;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.StatefulSink;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.time.ProcessingTimeService;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;

/**
 * Sends records in batches and does not wait for the answers. A subclass says how a batch is sent
 * and how large an entry is. A batch goes out when it is full, or when an entry has waited long
 * enough. When too many entries wait, so does the task. Before a checkpoint all requests that are
 * under way are answered; what waits to be sent is part of the checkpoint. Confined to its task.
 *
 * @param <InputT> the records
 * @param <RequestEntryT> what a request consists of
 */
/* Answers come on any thread and are brought back by mail. The task waits by yielding to mail, so an
 * answer that sends entries again may change the buffer in the middle of a wait: what is sent is decided
 * behind the wait. While a checkpoint waits for answers nothing new is sent, so that it ends. */
@SuppressWarnings("deprecation")
public abstract class AsyncSinkWriter<InputT, RequestEntryT extends Serializable>
        implements StatefulSink.StatefulSinkWriter<InputT, BufferedRequestState<RequestEntryT>> {
    private final ElementConverter<InputT, RequestEntryT> elementConverter;
    private final AsyncSinkWriterConfiguration limits;
    private final RateLimitingStrategy rate;
    private final BatchCreator<RequestEntryT> batches;
    private final RequestBuffer<RequestEntryT> buffer;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService clock;
    private final SinkWriterMetricGroup metrics;

    private int inFlight;
    private boolean sending;
    private boolean draining;
    private boolean closed;
    private ScheduledFuture<?> timer; // null if nothing waits
    private long sendTimeMs;

    /**
     * @deprecated use the one with {@link AsyncSinkWriterConfiguration}
     */
    @Deprecated
    public AsyncSinkWriter(
            ElementConverter<InputT, RequestEntryT> elementConverter,
            Sink.InitContext context,
            int maxBatchSize,
            int maxInFlightRequests,
            int maxBufferedRequests,
            long maxBatchSizeInBytes,
            long maxTimeInBufferMS,
            long maxRecordSizeInBytes) {
        this(
                elementConverter,
                context,
                maxBatchSize,
                maxInFlightRequests,
                maxBufferedRequests,
                maxBatchSizeInBytes,
                maxTimeInBufferMS,
                maxRecordSizeInBytes,
                List.of());
    }

    /**
     * @deprecated use the one with {@link AsyncSinkWriterConfiguration}
     */
    @Deprecated
    public AsyncSinkWriter(
            ElementConverter<InputT, RequestEntryT> elementConverter,
            Sink.InitContext context,
            int maxBatchSize,
            int maxInFlightRequests,
            int maxBufferedRequests,
            long maxBatchSizeInBytes,
            long maxTimeInBufferMS,
            long maxRecordSizeInBytes,
            Collection<BufferedRequestState<RequestEntryT>> states) {
        this(
                elementConverter,
                context,
                AsyncSinkWriterConfiguration.builder()
                        .setMaxBatchSize(maxBatchSize)
                        .setMaxBatchSizeInBytes(maxBatchSizeInBytes)
                        .setMaxInFlightRequests(maxInFlightRequests)
                        .setMaxBufferedRequests(maxBufferedRequests)
                        .setMaxTimeInBufferMS(maxTimeInBufferMS)
                        .setMaxRecordSizeInBytes(maxRecordSizeInBytes)
                        .build(),
                states);
    }

    /**
     * @deprecated use the one with {@link WriterInitContext}
     */
    @Deprecated
    public AsyncSinkWriter(
            ElementConverter<InputT, RequestEntryT> elementConverter,
            Sink.InitContext context,
            AsyncSinkWriterConfiguration configuration,
            Collection<BufferedRequestState<RequestEntryT>> states) {
        this(elementConverter, (WriterInitContext) context, configuration, states);
    }

    public AsyncSinkWriter(
            ElementConverter<InputT, RequestEntryT> elementConverter,
            WriterInitContext context,
            AsyncSinkWriterConfiguration configuration,
            Collection<BufferedRequestState<RequestEntryT>> states) {
        this(
                elementConverter,
                context,
                configuration,
                states,
                new SizedBatchCreator<>(configuration.getMaxBatchSizeInBytes()),
                new DequeRequestBuffer<>());
    }

    /**
     * @param states what waited when a checkpoint was taken; sent first
     */
    public AsyncSinkWriter(
            ElementConverter<InputT, RequestEntryT> elementConverter,
            WriterInitContext context,
            AsyncSinkWriterConfiguration configuration,
            Collection<BufferedRequestState<RequestEntryT>> states,
            BatchCreator<RequestEntryT> batchCreator,
            RequestBuffer<RequestEntryT> bufferedRequestEntries) {
        this.elementConverter = Objects.requireNonNull(elementConverter, "no elementConverter");
        this.limits = configuration;
        this.rate = configuration.getRateLimitingStrategy();
        this.batches = Objects.requireNonNull(batchCreator, "no batchCreator");
        this.buffer = Objects.requireNonNull(bufferedRequestEntries, "no bufferedRequestEntries");
        this.mailbox = context.getMailboxExecutor();
        this.clock = context.getProcessingTimeService();
        this.metrics = context.metricGroup();
        metrics.setCurrentSendTimeGauge(() -> sendTimeMs);
        for (BufferedRequestState<RequestEntryT> state : states) {
            for (RequestEntryWrapper<RequestEntryT> entry : state.getBufferedRequestEntries()) {
                wait(entry.getRequestEntry(), entry.getSize(), false);
            }
        }
        elementConverter.open(context);
    }

    /**
     * The older form: says at the end which entries are to be sent again.
     *
     * @param requestToRetry empty if all has been taken
     * @deprecated override {@link #submitRequestEntries(List, ResultHandler)}
     */
    @Deprecated
    protected void submitRequestEntries(
            List<RequestEntryT> requestEntries, Consumer<List<RequestEntryT>> requestToRetry) {
        throw new UnsupportedOperationException(
                getClass().getName()
                        + " sends nothing: a writer overrides"
                        + " submitRequestEntries(List, ResultHandler).");
    }

    /**
     * Begins to send a batch, and does not wait. Called by the task.
     *
     * @param requestEntries at least one; not to be changed
     * @param resultHandler to be told what became of it, by any thread
     */
    protected void submitRequestEntries(
            List<RequestEntryT> requestEntries, ResultHandler<RequestEntryT> resultHandler) {
        submitRequestEntries(
                requestEntries,
                toRetry -> {
                    if (toRetry.isEmpty()) {
                        resultHandler.complete();
                    } else {
                        resultHandler.retryForEntries(toRetry);
                    }
                });
    }

    /** How many bytes of a request an entry takes. */
    protected abstract long getSizeInBytes(RequestEntryT requestEntry);

    @Override
    public void write(InputT element, Context context) throws IOException, InterruptedException {
        while (buffer.size() >= limits.getMaxBufferedRequests()) {
            sendNext();
        }
        RequestEntryT entry = elementConverter.apply(element, context);
        wait(entry, getSizeInBytes(entry), false);
        sendFull();
    }

    private void wait(RequestEntryT entry, long sizeBytes, boolean again) {
        if (sizeBytes > limits.getMaxRecordSizeInBytes()) {
            throw new IllegalArgumentException(
                    "An entry for "
                            + getClass().getName()
                            + " has "
                            + sizeBytes
                            + " bytes; maxRecordSizeInBytes is "
                            + limits.getMaxRecordSizeInBytes()
                            + ". Raise it, or filter such records before the sink.");
        }
        buffer.add(new RequestEntryWrapper<>(entry, sizeBytes), again);
        if (timer == null) {
            startTimer();
        }
    }

    private void startTimer() {
        timer =
                clock.registerTimer(
                        clock.getCurrentProcessingTime() + limits.getMaxTimeInBufferMS(),
                        time -> onWaitedLong());
    }

    private void onWaitedLong() throws InterruptedException {
        timer = null;
        if (closed || buffer.isEmpty()) {
            return;
        }
        if (sending || draining) {
            startTimer(); // in the middle of a wait, which goes on
            return;
        }
        for (int left = buffer.size(); left > 0 && !buffer.isEmpty(); ) {
            left -= sendNext();
        }
        if (!buffer.isEmpty() && timer == null) {
            startTimer();
        }
    }

    /** Sends as long as there is a full batch and no need to wait. */
    private void sendFull() throws InterruptedException {
        while (!draining
                && !sending
                && !buffer.isEmpty()
                && (buffer.size() >= batchLimit()
                        || buffer.totalSizeInBytes() >= limits.getMaxBatchSizeInBytes())
                && !rate.shouldBlock(nextRequest())) {
            sendNext();
        }
    }

    private int batchLimit() {
        return Math.max(1, Math.min(limits.getMaxBatchSize(), rate.getMaxBatchSize()));
    }

    private RequestInfo nextRequest() {
        int size = Math.min(buffer.size(), batchLimit());
        return () -> size;
    }

    /** Sends a batch, when it may be sent; returns how many entries it had. */
    private int sendNext() throws InterruptedException {
        RequestInfo request = nextRequest();
        boolean outer = sending;
        sending = true;
        try {
            while (rate.shouldBlock(request)) {
                mailbox.yield();
                request = nextRequest();
            }
        } finally {
            sending = outer;
        }
        Batch<RequestEntryT> batch = batches.createNextBatch(request, buffer);
        int count = batch.getRecordCount();
        if (count > 0) {
            send(batch, count);
        }
        return count;
    }

    private void send(Batch<RequestEntryT> batch, int count) {
        Request<RequestEntryT> request =
                new Request<>(this, batch, clock.getCurrentProcessingTime());
        inFlight++;
        rate.registerInFlightRequest(() -> count);
        request.startTimer(clock, limits.getRequestTimeoutMS());
        submitRequestEntries(batch.getBatchEntries(), request);
    }

    /** Brings a result to the task's thread. By any thread. */
    void post(Request<RequestEntryT> request, List<RequestEntryT> toRetry) {
        mailbox.execute(() -> onResult(request, toRetry), "the result of a request");
    }

    /** A request has taken too long. By the task. */
    void onTimeout(Request<RequestEntryT> request) throws InterruptedException {
        if (limits.isFailOnTimeout()) {
            throw new IllegalStateException(
                    "A request of "
                            + request.batch().getRecordCount()
                            + " entries of "
                            + getClass().getName()
                            + " had no answer within "
                            + limits.getRequestTimeoutMS()
                            + " ms.");
        }
        onResult(request, request.batch().getBatchEntries());
    }

    private void onResult(Request<RequestEntryT> request, List<RequestEntryT> toRetry)
            throws InterruptedException {
        if (closed) {
            return;
        }
        request.stopTimer();
        inFlight--;
        int count = request.batch().getRecordCount();
        int failed = toRetry.size();
        rate.registerCompletedRequest(new Result(count, failed));
        sendTimeMs = clock.getCurrentProcessingTime() - request.sentAtMs();
        metrics.getNumRecordsSendCounter().inc(Math.max(0, count - failed));
        metrics.getNumRecordsSendErrorsCounter().inc(failed);
        if (failed == 0) {
            metrics.getNumBytesSendCounter().inc(request.batch().getSizeInBytes());
        }
        List<RequestEntryT> again = new ArrayList<>(toRetry);
        for (int i = again.size() - 1; i >= 0; i--) {
            wait(again.get(i), getSizeInBytes(again.get(i)), true);
        }
        sendFull();
    }

    /** Takes what shall fail the task; may be called by any thread. */
    protected Consumer<Exception> getFatalExceptionCons() {
        return failure ->
                mailbox.execute(
                        () -> {
                            throw failure;
                        },
                        "a failure of an asynchronous sink");
    }

    /** Waits for all that is under way; at the end of input also sends all that waits. */
    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        draining = true;
        try {
            while (inFlight > 0 || (endOfInput && !buffer.isEmpty())) {
                if (endOfInput && !buffer.isEmpty()) {
                    sendNext();
                } else {
                    mailbox.yield();
                }
            }
        } finally {
            draining = false;
        }
    }

    @Override
    public List<BufferedRequestState<RequestEntryT>> snapshotState(long checkpointId) {
        return List.of(new BufferedRequestState<>(buffer));
    }

    /** What is still under way is not waited for. */
    @Override
    public void close() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** What became of a request. Immutable. */
    private record Result(int batchSize, int failedMessages) implements ResultInfo {
        @Override
        public int getBatchSize() {
            return batchSize;
        }

        @Override
        public int getFailedMessages() {
            return failedMessages;
        }
    }
}
