package io.millrace.batch.shuffle;

import io.millrace.runtime.exchange.stored.RangeBytes;
import io.millrace.runtime.exchange.stored.ResultFiles;
import io.millrace.runtime.exchange.stored.ResultLostException;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.plan.ResultId;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The bytes of a slice of a result on this worker's disk, read ahead by a thread of the exchange:
 * one at a time, in large pieces. The task polls; what both touch is guarded by this.
 */
final class LocalRange implements RangeBytes {
    private static final int PIECE_BYTES = 256 << 10;

    private final ResultId id;
    private final ResultSlice slice;
    private final String where;
    private final ResultFiles files;
    private final long bytes;
    private final long windowBytes;
    private final Executor threads;
    private final Runnable onBytes;
    private final Consumer<LocalRange> onClose;
    // All guarded by this.
    private final ArrayDeque<ByteBuffer> ahead = new ArrayDeque<>();
    private long aheadBytes;
    private long readBytes;
    private boolean reading;
    private boolean waiting;
    private boolean closed;
    private ResultLostException lost;
    private FileChannel file;
    private long fileOffset;

    /**
     * @param slice as its producer has told; at least one byte
     * @param where names worker and file
     * @param windowBytes that are read ahead at most
     */
    LocalRange(
            ResultId id,
            ResultSlice slice,
            String where,
            ResultFiles files,
            long windowBytes,
            Executor threads,
            Runnable onBytes,
            Consumer<LocalRange> onClose) {
        this.id = id;
        this.slice = slice;
        this.where = where;
        this.files = files;
        this.bytes = slice.bytes();
        this.windowBytes = windowBytes;
        this.threads = threads;
        this.onBytes = onBytes;
        this.onClose = onClose;
    }

    ResultId id() {
        return id;
    }

    @Override
    public synchronized ByteBuffer poll() {
        ByteBuffer piece = ahead.poll();
        if (piece != null) {
            aheadBytes -= piece.remaining();
        } else if (lost != null) {
            throw lost;
        } else {
            waiting = true;
        }
        readOn();
        return piece;
    }

    private boolean hasRoom() {
        return readBytes < bytes && aheadBytes < windowBytes && !closed && lost == null;
    }

    /** Guarded by this. A thread comes when half of the window is free, so that it does much. */
    private void readOn() {
        if (!reading && hasRoom() && aheadBytes <= windowBytes / 2) {
            reading = true;
            threads.execute(this::read);
        }
    }

    /** On a thread of the exchange. */
    private void read() {
        while (true) {
            ByteBuffer piece;
            FileChannel from;
            long offset;
            synchronized (this) {
                if (!hasRoom()) {
                    reading = false;
                    closeFileIfOver();
                    return;
                }
                piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, bytes - readBytes));
                from = file;
                offset = fileOffset + readBytes;
            }
            try {
                if (from == null) {
                    open();
                } else {
                    readFully(from, offset, piece);
                    take(piece.flip());
                }
            } catch (IOException e) {
                lose("cannot be read: " + e, e);
            }
        }
    }

    private void open() throws IOException {
        ResultFiles.Section section = files.open(id, slice.from(), slice.to());
        synchronized (this) {
            file = section.file();
            fileOffset = section.offset();
        }
        if (section.bytes() != bytes) {
            throw new IOException(
                    "it has " + section.bytes() + " bytes here, its producer told " + bytes);
        }
    }

    private static void readFully(FileChannel from, long offset, ByteBuffer into)
            throws IOException {
        while (into.hasRemaining()) {
            if (from.read(into, offset + into.position()) < 0) {
                throw new EOFException("the file ends at " + from.size());
            }
        }
    }

    private void take(ByteBuffer piece) {
        boolean wake;
        synchronized (this) {
            ahead.add(piece);
            aheadBytes += piece.remaining();
            readBytes += piece.remaining();
            wake = waiting;
            waiting = false;
        }
        if (wake) {
            onBytes.run();
        }
    }

    /** The result is not there any more, or cannot be read. Any thread. */
    void lose(String what, Throwable cause) {
        synchronized (this) {
            if (lost != null || closed) {
                return;
            }
            lost = new ResultLostException(id, where(readBytes) + " " + what, cause);
            waiting = false;
        }
        onBytes.run();
    }

    @Override
    public String where(long position) {
        return "result "
                + id
                + ", "
                + slice.describe()
                + ", byte "
                + position
                + " of "
                + bytes
                + ", in "
                + where
                + place(position);
    }

    private synchronized String place(long position) {
        return file == null ? "" : " at offset " + (fileOffset + position);
    }

    /** Guarded by this, when no thread reads. */
    private void closeFileIfOver() {
        if (file != null && (closed || lost != null || readBytes == bytes)) {
            try {
                file.close();
            } catch (IOException e) {
                // Of a file that was only read.
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            ahead.clear();
            if (!reading) {
                closeFileIfOver();
            }
        }
        onClose.accept(this);
    }
}
