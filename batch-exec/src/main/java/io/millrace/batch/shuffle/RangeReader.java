package io.millrace.batch.shuffle;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.batch.shuffle.BlockFormat.BadBlockException;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.stored.RangeBytes;
import io.millrace.runtime.exchange.stored.ResultLostException;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * Reads a slice of a result: gathers blocks from the bytes that come, checks and opens each, and
 * gives out its chunks. Confined to the reading task.
 */
final class RangeReader implements ChannelReader {
    private static final byte[] NOTHING = new byte[0];
    private static final int LARGEST_KEPT_BYTES = 512 << 10;

    private final ResultId id;
    private final ResultSlice slice;
    private final long windowBytes;
    private final Supplier<RangeBytes> source;
    private final Supplier<ChunkCodec> codecs;
    private final Runnable onItem;
    private ReadShare share;
    private State state = State.WAITING;
    private RangeBytes bytes;

    // What has come and was not used yet, but for what the block has; null if there is nothing.
    private ByteBuffer piece;
    private long usedBytes;
    private final byte[] headBytes = new byte[BlockFormat.HEAD_BYTES];
    private int headFilled;
    private BlockFormat.Head head;
    private byte[] stored;
    private int storedFilled;
    private long blockBegin;

    // The block that is being given out; null between blocks.
    private BinaryReader chunks;
    // Of a block that was compressed, for the next one; records do not point into it.
    private byte[] reusable = NOTHING;
    private ChunkCodec codec;
    private int blockRecords;
    private long records;

    private enum State {
        /** Others have the memory. */
        WAITING,
        ADMITTED,
        READING,
        /** Records are through, the end of time is told. */
        TIME_OVER,
        ENDED
    }

    /**
     * @param windowBytes that it reads ahead
     * @param source opens the bytes, once
     */
    RangeReader(
            ResultId id,
            ResultSlice slice,
            long windowBytes,
            Supplier<RangeBytes> source,
            Supplier<ChunkCodec> codecs,
            Runnable onItem) {
        this.id = id;
        this.slice = slice;
        this.windowBytes = windowBytes;
        this.source = source;
        this.codecs = codecs;
        this.onItem = onItem;
    }

    /** Before the first poll. */
    void shareWith(ReadShare readers) {
        share = readers;
    }

    long windowBytes() {
        return windowBytes;
    }

    boolean isEmpty() {
        return slice.bytes() == 0;
    }

    void admit() {
        state = State.ADMITTED;
    }

    void wake() {
        onItem.run();
    }

    @Override
    public Item poll() {
        return switch (state) {
            case WAITING -> isEmpty() ? endOfTime() : null;
            case ADMITTED -> {
                bytes = source.get();
                state = State.READING;
                yield read();
            }
            case READING -> read();
            case TIME_OVER -> {
                state = State.ENDED;
                yield new ControlEvent.EndOfInput();
            }
            case ENDED -> null;
        };
    }

    private Item endOfTime() {
        state = State.TIME_OVER;
        return new ControlEvent.Watermark(Long.MAX_VALUE);
    }

    private Item read() {
        if (chunks == null && usedBytes == slice.bytes()) {
            return end();
        }
        try {
            while (chunks == null) {
                if (piece == null) {
                    piece = bytes.poll();
                    if (piece == null) {
                        return null;
                    }
                }
                gather();
            }
            return nextChunk();
        } catch (BadBlockException e) {
            throw damaged(e.getMessage(), e);
        }
    }

    private Item end() {
        if (records != slice.records()) {
            throw damaged(
                    "the range has "
                            + records
                            + " records, its producer told "
                            + slice.records()
                            + " of it",
                    null);
        }
        stop();
        return endOfTime();
    }

    /** Takes what the piece has of the block that is next. */
    private void gather() {
        if (head == null) {
            if (headFilled == 0) {
                blockBegin = usedBytes;
                if (slice.bytes() - usedBytes < BlockFormat.HEAD_BYTES) {
                    throw new BadBlockException("the range ends within a block");
                }
            }
            int taken = Math.min(headBytes.length - headFilled, piece.remaining());
            piece.get(headBytes, headFilled, taken);
            headFilled += taken;
            usedBytes += taken;
            if (headFilled == headBytes.length) {
                head = BlockFormat.Head.of(headBytes.clone(), slice.bytes() - usedBytes);
            }
        } else if (stored == null && piece.remaining() >= head.storedLength()) {
            // Whole in what has come: nothing is copied.
            int from = piece.arrayOffset() + piece.position();
            piece.position(piece.position() + head.storedLength());
            usedBytes += head.storedLength();
            open(piece.array(), from);
        } else {
            if (stored == null) {
                stored = new byte[head.storedLength()];
            }
            int taken = Math.min(stored.length - storedFilled, piece.remaining());
            piece.get(stored, storedFilled, taken);
            storedFilled += taken;
            usedBytes += taken;
            if (storedFilled == stored.length) {
                open(stored, 0);
            }
        }
        if (!piece.hasRemaining()) {
            piece = null;
        }
    }

    private void open(byte[] from, int at) {
        ByteBuffer raw = head.open(from, at, reusable);
        if (raw.array() != from) {
            reusable = raw.capacity() <= LARGEST_KEPT_BYTES ? raw.array() : NOTHING;
        }
        chunks = new BinaryReader(raw.array(), raw.arrayOffset() + raw.position(), raw.remaining());
        codec = codecs.get();
        blockRecords = 0;
    }

    private RecordChunk nextChunk() {
        int before = chunks.remaining();
        RecordChunk chunk;
        try {
            chunk = codec.decode(chunks);
        } catch (CorruptDataException e) {
            // Written anew, the bytes would be the same.
            throw new MillraceException(
                    ErrorCode.EXCHANGE_FAILED,
                    bytes.where(blockBegin)
                            + " is as it was written, but its records cannot be read: "
                            + e.getMessage()
                            + ". The serializer of their type reads other than it writes.",
                    e);
        }
        chunk.estimatedBytes = before - chunks.remaining();
        blockRecords += chunk.size;
        records += chunk.size;
        if (chunks.remaining() == 0) {
            endBlock();
        }
        return chunk;
    }

    private void endBlock() {
        if (blockRecords != head.records()) {
            throw new BadBlockException(
                    "a block has " + blockRecords + " records, its head tells " + head.records());
        }
        chunks = null;
        codec = null;
        head = null;
        headFilled = 0;
        stored = null;
        storedFilled = 0;
    }

    private ResultLostException damaged(String what, Throwable cause) {
        return new ResultLostException(
                id, bytes.where(blockBegin) + " is damaged: " + what + ".", cause);
    }

    private void stop() {
        if (bytes != null) {
            bytes.close();
        }
        reusable = NOTHING;
        share.giveBack(windowBytes);
    }

    @Override
    public long bytesIn() {
        return usedBytes;
    }

    @Override
    public void close() {
        switch (state) {
            case WAITING -> share.leave(this);
            case ADMITTED, READING -> stop();
            case TIME_OVER, ENDED -> {}
        }
        state = State.ENDED;
        piece = null;
        chunks = null;
    }
}
