package io.millrace.batch.shuffle.node;

import io.millrace.runtime.exchange.stored.RangeBytes;
import io.millrace.runtime.exchange.stored.ResultLostException;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.NodeService;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * The bytes of a slice, range by range, that come from a node's shuffle service or, if that fails,
 * from the worker that wrote it. The task polls and closes, threads of the HTTP client bring bytes;
 * what both touch is guarded by the {@link NodeReads}.
 */
final class NodeRange implements RangeBytes {
    private static final int LARGEST_PIECE_BYTES = 128 << 10;
    private static final int SMALLEST_PIECE_BYTES = 16 << 10;

    private final NodeReads reads;
    private final StoredExchange.Input input;
    private final long bytes;
    private final String name;
    private final long windowBytes;
    private final long pieceBytes;
    private final Runnable onBytes;
    private final Supplier<RangeBytes> elsewhere;
    // Of the task: the worker's bytes, and how many of them the node has brought before.
    private RangeBytes ofWorker;
    private long skipBytes;
    // Guarded by the reads.
    private final ArrayDeque<ByteBuffer> pieces = new ArrayDeque<>();
    private ByteBuffer filling;
    private long heldBytes;
    private long receivedBytes;
    private int range;
    private long rangeBytes;
    private boolean waiting;
    private boolean closed;
    private String nodeFailure;
    private Throwable nodeCause;
    private NodeRequest request;

    NodeRange(
            NodeReads reads,
            StoredExchange.Input input,
            long windowBytes,
            Runnable onBytes,
            Supplier<RangeBytes> elsewhere) {
        this.reads = reads;
        this.input = input;
        this.range = input.slice().from();
        this.bytes = input.slice().bytes();
        this.name = NodeFiles.nameOf(input.worker().workerId(), input.id());
        this.windowBytes = windowBytes;
        this.pieceBytes =
                Math.max(SMALLEST_PIECE_BYTES, Math.min(LARGEST_PIECE_BYTES, windowBytes / 4));
        this.onBytes = onBytes;
        this.elsewhere = elsewhere;
    }

    NodeService service() {
        return input.node();
    }

    String name() {
        return name;
    }

    // ---- guarded by the reads: what a request calls

    boolean isClosed() {
        return closed;
    }

    /** The range of the slice that is next. */
    int range() {
        return range;
    }

    /** Whether this range is next, and somebody wants it. */
    boolean lacks(int asked) {
        return range == asked && isMissing();
    }

    boolean isMissing() {
        return !closed && receivedBytes < bytes;
    }

    /** How many bytes of the range that is next have come. */
    long rangeBytes() {
        return rangeBytes;
    }

    /**
     * Whether the range that is next may have so many bytes, as the service says: all together have
     * those that the producer told.
     */
    boolean mayHave(long storedBytes) {
        long before = receivedBytes - rangeBytes;
        return storedBytes >= rangeBytes
                && (range + 1 == input.slice().to()
                        ? before + storedBytes == bytes
                        : before + storedBytes <= bytes);
    }

    /** The range that was next is here. */
    void endRange() {
        range++;
        rangeBytes = 0;
        request = null;
    }

    boolean hasRoom() {
        return closed || heldBytes < windowBytes;
    }

    void comesBy(NodeRequest current) {
        request = current;
    }

    void leaves(NodeRequest ended) {
        if (request == ended) {
            request = null;
        }
    }

    /** Takes bytes in; nothing is kept of a range that was closed. */
    void take(ByteBuffer from) {
        if (closed) {
            from.position(from.limit());
            return;
        }
        while (from.hasRemaining()) {
            if (filling == null) {
                filling = ByteBuffer.allocate((int) Math.min(pieceBytes, bytes - receivedBytes));
            }
            int taken = Math.min(filling.remaining(), from.remaining());
            filling.put(filling.position(), from, from.position(), taken);
            filling.position(filling.position() + taken);
            from.position(from.position() + taken);
            heldBytes += taken;
            receivedBytes += taken;
            rangeBytes += taken;
            if (!filling.hasRemaining()) {
                pieces.add(filling.flip());
                filling = null;
            }
        }
    }

    /** Whether the task waits, and is to be woken outside of the lock; once. */
    boolean takeWaiting() {
        boolean was = waiting;
        waiting = false;
        return was;
    }

    void wake() {
        onBytes.run();
    }

    /** The node will not bring the rest. */
    void onNodeFailed(String what, Throwable cause) {
        synchronized (reads) {
            if (closed) {
                return;
            }
            nodeFailure = where(receivedBytes) + " cannot be got: " + what;
            nodeCause = cause;
            waiting = false;
        }
        onBytes.run();
    }

    // ---- the task's side

    @Override
    public ByteBuffer poll() {
        if (ofWorker != null) {
            return pollWorker();
        }
        ByteBuffer piece;
        NodeRequest resumed = null;
        boolean failed = false;
        synchronized (reads) {
            piece = pieces.poll();
            if (piece == null && filling != null) {
                piece = filling.flip();
                filling = null;
            }
            if (piece != null) {
                heldBytes -= piece.remaining();
                if (request != null && heldBytes <= windowBytes / 2) {
                    resumed = request;
                }
            } else if (nodeFailure == null) {
                waiting = true;
            } else {
                failed = true;
                skipBytes = receivedBytes;
            }
        }
        if (resumed != null) {
            resumed.resume();
        }
        if (failed) {
            return pollWorker();
        }
        return piece;
    }

    private ByteBuffer pollWorker() {
        try {
            if (ofWorker == null) {
                ofWorker = elsewhere.get();
            }
            while (true) {
                ByteBuffer piece = ofWorker.poll();
                if (piece == null || skipBytes == 0) {
                    return piece;
                }
                int skipped = (int) Math.min(skipBytes, piece.remaining());
                piece.position(piece.position() + skipped);
                skipBytes -= skipped;
                if (piece.hasRemaining()) {
                    return piece;
                }
            }
        } catch (ResultLostException e) {
            if (nodeCause != null) {
                e.addSuppressed(nodeCause);
            }
            throw new ResultLostException(
                    input.id(), nodeFailure + " Nor from its worker: " + e.getMessage(), e);
        }
    }

    @Override
    public String where(long position) {
        return "result "
                + input.id()
                + ", "
                + input.slice().describe()
                + ", byte "
                + position
                + " of "
                + bytes
                + ", at the shuffle service "
                + service().host()
                + ":"
                + service().port()
                + " as "
                + name;
    }

    @Override
    public void close() {
        NodeRequest resumed;
        synchronized (reads) {
            if (closed) {
                return;
            }
            closed = true;
            pieces.clear();
            filling = null;
            resumed = request;
        }
        if (resumed != null) {
            resumed.resume();
        }
        if (ofWorker != null) {
            ofWorker.close();
        }
    }
}
