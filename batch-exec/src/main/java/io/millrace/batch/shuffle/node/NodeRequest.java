package io.millrace.batch.shuffle.node;

import io.millrace.batch.shuffle.node.RangeHead.BadAnswerException;
import io.millrace.runtime.message.NodeService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Collectors;

/**
 * One request to a shuffle service, for ranges that come one after the other. Sent once; the HTTP
 * client's threads bring the answer, one call at a time. What ranges and tasks touch is guarded by
 * the {@link NodeReads}.
 */
final class NodeRequest {
    private static final int OK = 200;
    private static final int MOST_ERROR_BYTES = 1_000;

    private final NodeReads reads;
    private final List<NodeRange> ranges;
    private final int attempt;
    private final NodeService service;
    private final int range;
    private final String proof;
    private final URI uri;

    // Of the thread that brings bytes.
    private RangeHead head = new RangeHead();
    private boolean inBody;
    private long leftBytes;
    private long knownBytes;

    // Guarded by the reads.
    private int current;
    private Flow.Subscription subscription;
    private boolean awaitsBytes = true;
    private boolean heard = true;
    private boolean ended;
    private ScheduledFuture<?> watch;

    /**
     * @param range its number, of each of these
     * @param ranges at least one
     * @param attempt 1 at first
     */
    NodeRequest(
            NodeReads reads, NodeService service, int range, List<NodeRange> ranges, int attempt) {
        this.reads = reads;
        this.ranges = ranges;
        this.attempt = attempt;
        this.service = service;
        this.range = range;
        String query =
                "job="
                        + reads.client().application()
                        + "&reduce="
                        + range
                        + "&map="
                        + ranges.stream().map(NodeRange::name).collect(Collectors.joining(","))
                        + "&keepAlive=true";
        String path = "/mapOutput?" + query;
        this.proof = reads.client().key().proofOf(service.port(), path);
        this.uri = URI.create("http://" + service.host() + ":" + service.port() + path);
    }

    NodeService service() {
        return service;
    }

    int range() {
        return range;
    }

    /** The next attempt at some of it. */
    NodeRequest again(List<NodeRange> some) {
        return new NodeRequest(reads, service, range, some, attempt + 1);
    }

    int attempt() {
        return attempt;
    }

    /** The ranges that somebody wants and that are not here as a whole. */
    List<NodeRange> missing() {
        synchronized (reads) {
            return ranges.stream().filter(each -> each.lacks(range)).toList();
        }
    }

    void send() {
        if (missing().isEmpty()) {
            reads.onEnded(this);
            return;
        }
        NodeClient client = reads.client();
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .GET()
                        .timeout(client.patience().silence())
                        .header("name", "mapreduce")
                        .header("version", "1.0.0")
                        .header("UrlHash", proof)
                        .build();
        client.http()
                .sendAsync(request, this::answer)
                .whenComplete((response, error) -> onOver(error));
    }

    private BodySubscriber<String> answer(ResponseInfo info) {
        String refusal = null;
        if (info.statusCode() != OK) {
            refusal = "it answers " + info.statusCode();
        } else if (!info.headers()
                .firstValue("ReplyHash")
                .map(answer -> reads.client().key().answers(proof, answer))
                .orElse(false)) {
            refusal = "its answer does not show that it knows the application's key";
        }
        return new Body(refusal);
    }

    /** The answer is through, or has failed. Any thread of the client. */
    private void onOver(Throwable error) {
        synchronized (reads) {
            if (ended) {
                return;
            }
            ended = true;
            ranges.forEach(each -> each.leaves(this));
            if (watch != null) {
                watch.cancel(false);
            }
        }
        List<NodeRange> missing = missing();
        if (missing.isEmpty()) {
            reads.onEnded(this);
            return;
        }
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        boolean refused = cause instanceof RefusedException;
        String what =
                cause == null
                        ? "the answer ended early"
                        : refused ? cause.getMessage() : cause.toString();
        reads.onFailed(this, what + ", at attempt " + attempt + ".", cause, refused);
    }

    /** The task has taken bytes of the current range, or does not want a range any more. */
    void resume() {
        boolean more;
        boolean over;
        synchronized (reads) {
            over =
                    !ended
                            && subscription != null
                            && current < ranges.size()
                            && ranges.stream().noneMatch(each -> each.lacks(range));
            more = !over && mayAskForMore();
        }
        if (over) {
            // Nobody is told of the end by a subscription that was cancelled.
            subscription.cancel();
            onOver(null);
        } else if (more) {
            subscription.request(1);
        }
    }

    /** Guarded by the reads. */
    private boolean mayAskForMore() {
        if (ended || subscription == null || awaitsBytes) {
            return false;
        }
        if (current < ranges.size() && !ranges.get(current).hasRoom()) {
            return false;
        }
        awaitsBytes = true;
        return true;
    }

    /** The service said no, with a reason. */
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String what) {
            super(what);
        }
    }

    /** Takes the bytes of the answer as they come, one buffer at a time. */
    private final class Body implements BodySubscriber<String> {
        private final CompletableFuture<String> end = new CompletableFuture<>();
        private final String refusal;
        private final StringBuilder refusalText = new StringBuilder();

        /**
         * @param refusal null if ranges come
         */
        Body(String refusal) {
            this.refusal = refusal;
        }

        @Override
        public CompletionStage<String> getBody() {
            return end;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            synchronized (reads) {
                subscription = given;
                ranges.stream()
                        .filter(each -> each.lacks(range))
                        .forEach(each -> each.comesBy(NodeRequest.this));
                watch = reads.client().every(reads.client().patience().silence(), this::look);
            }
            given.request(1);
        }

        /** Of the clock: nothing came for a whole period although it was asked for. */
        private void look() {
            boolean silent;
            synchronized (reads) {
                silent = awaitsBytes && !heard && !ended;
                heard = false;
            }
            if (silent) {
                subscription.cancel();
                end.completeExceptionally(
                        new java.net.SocketTimeoutException(
                                "no byte came for " + reads.client().patience().silence()));
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            boolean more;
            try {
                synchronized (reads) {
                    heard = true;
                    awaitsBytes = false;
                }
                for (ByteBuffer buffer : buffers) {
                    if (refusal == null) {
                        take(buffer);
                    } else if (refusalText.length() < MOST_ERROR_BYTES) {
                        refusalText.append(StandardCharsets.UTF_8.decode(buffer));
                    }
                }
                synchronized (reads) {
                    more = mayAskForMore();
                }
            } catch (BadAnswerException e) {
                subscription.cancel();
                end.completeExceptionally(
                        new RefusedException("it sent something else: " + e.getMessage()));
                return;
            }
            if (more) {
                subscription.request(1);
            }
        }

        private void take(ByteBuffer buffer) {
            while (buffer.hasRemaining()) {
                if (current == ranges.size()) {
                    throw new BadAnswerException(
                            buffer.remaining() + " bytes behind the last range");
                }
                NodeRange next = ranges.get(current);
                if (inBody) {
                    body(next, buffer);
                } else if (head.add(buffer.get())) {
                    begin(next);
                }
            }
        }

        private void begin(NodeRange next) {
            boolean asked = head.name().equals(next.name()) && head.range() == range;
            synchronized (reads) {
                knownBytes = next.rangeBytes();
                asked &= !next.lacks(range) || next.mayHave(head.storedBytes());
            }
            if (!asked || head.storedBytes() < 0) {
                throw new BadAnswerException(
                        "range "
                                + head.range()
                                + " of "
                                + head.name()
                                + " with "
                                + head.storedBytes()
                                + " bytes, where "
                                + range
                                + " of "
                                + next.name()
                                + " was asked for, or it should have another size");
            }
            inBody = true;
            leftBytes = head.storedBytes();
            if (leftBytes == 0) {
                end(next);
            }
        }

        private void body(NodeRange next, ByteBuffer buffer) {
            int known = (int) Math.min(knownBytes, buffer.remaining());
            buffer.position(buffer.position() + known);
            knownBytes -= known;
            leftBytes -= known;
            int limit = buffer.limit();
            buffer.limit(buffer.position() + (int) Math.min(leftBytes, buffer.remaining()));
            leftBytes -= buffer.remaining();
            boolean wake;
            synchronized (reads) {
                next.take(buffer);
                wake = next.takeWaiting();
            }
            buffer.limit(limit);
            if (leftBytes == 0) {
                end(next);
            }
            if (wake) {
                next.wake();
            }
        }

        /** This range is through; the slice may have more of them. */
        private void end(NodeRange next) {
            boolean more;
            synchronized (reads) {
                current++;
                if (next.range() == range) {
                    next.endRange();
                }
                more = next.isMissing();
            }
            inBody = false;
            head = new RangeHead();
            if (more) {
                reads.ask(next);
            }
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            if (refusal == null) {
                end.complete("");
            } else {
                end.completeExceptionally(
                        new RefusedException(
                                refusal
                                        + (refusalText.length() == 0
                                                ? ""
                                                : ": " + refusalText.toString().strip())));
            }
        }
    }
}
