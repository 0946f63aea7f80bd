package io.millrace.batch.shuffle;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.ResultId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Writes one result to local disk. Confined to the producing task. */
/* Chunks are encoded into one open block for each consumer; a full one is sealed: compressed, with its
 * checksum, and kept. When open and sealed blocks take more than the budget, all of them go to the spill
 * file, sorted by consumer. At the end blocks are moved, as they are, into one file of contiguous ranges; a
 * result that was never spilled goes there straight from memory, and one that is in order already (one
 * segment, or one consumer) is not moved at all.
 */
final class DiskWriter implements ResultWriter {
    private static final int LARGEST_OPEN_BYTES = 256 << 10;
    private static final int SMALLEST_OPEN_BYTES = 4 << 10;
    private static final long LEAST_BYTES_EACH = 8 << 10;

    private final ResultId id;
    private final ResultPaths paths;
    private final WorkerAddress self;
    private final Disk disk;
    private final Ending ending;
    private final BlockFormat format;
    private final long budgetBytes;
    private final OpenBlock[] open;
    private final List<byte[]>[] sealed;
    private final long[] records;
    private final long[] rawBytes;
    private long heldBytes;
    private SpillFile spill;
    private int ended;
    private boolean finished;
    private boolean closed;

    /** Hears how the result ends. */
    interface Ending {
        /** It is whole; read from now on. */
        void whole(ResultId id, ResultPaths paths, ResultIndex index) throws IOException;

        /** It will never be, and its files have been removed. */
        void gone(ResultPaths paths) throws IOException;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    DiskWriter(
            ResultId id,
            ResultPaths paths,
            WorkerAddress self,
            int consumers,
            Supplier<ChunkCodec> codecs,
            ShuffleSettings settings,
            Disk disk,
            Ending ending) {
        this.id = id;
        this.paths = paths;
        this.self = self;
        this.disk = disk;
        this.ending = ending;
        this.format = new BlockFormat(settings.compression());
        this.budgetBytes = Math.max(settings.memoryBytes(), consumers * LEAST_BYTES_EACH);
        this.open = new OpenBlock[consumers];
        this.sealed = new List[consumers];
        this.records = new long[consumers];
        this.rawBytes = new long[consumers];
        int fullBytes = openBytes(budgetBytes, consumers);
        for (int i = 0; i < consumers; i++) {
            open[i] = new OpenBlock(codecs, fullBytes);
            sealed[i] = new ArrayList<>(0);
        }
    }

    /** So that open blocks take half of the budget at most; a power of two, as buffers grow. */
    private static int openBytes(long budgetBytes, int consumers) {
        long share = Long.highestOneBit(Math.max(1, budgetBytes / 2 / consumers));
        return (int) Math.max(SMALLEST_OPEN_BYTES, Math.min(LARGEST_OPEN_BYTES, share));
    }

    @Override
    public ChannelWriter channel(int consumer) {
        return new Channel(consumer);
    }

    /** One consumer's end. */
    private final class Channel implements ChannelWriter {
        private final int consumer;

        Channel(int consumer) {
            this.consumer = consumer;
        }

        @Override
        public boolean offer(Item item) {
            if (item instanceof RecordChunk chunk) {
                add(consumer, chunk);
                return true;
            }
            switch (((ControlEvent) item).kind()) {
                case WATERMARK, IDLE, ACTIVE -> {} // a result is read when all time is over
                case END_OF_INPUT -> ended++;
                case BARRIER ->
                        throw new IllegalStateException(
                                "a barrier on the stored edge of result "
                                        + id
                                        + ": jobs in stages take no checkpoints");
            }
            return true;
        }

        @Override
        public boolean hasSpace() {
            return true;
        }

        @Override
        public boolean isReadAtTheEnd() {
            return true;
        }

        @Override
        public void settle() {
            // Nobody waits for it.
        }

        @Override
        public long bytesOut() {
            return rawBytes[consumer] + open[consumer].rawBytes();
        }

        @Override
        public void close() {
            // The result ends as a whole.
        }
    }

    private void add(int consumer, RecordChunk chunk) {
        OpenBlock block = open[consumer];
        heldBytes += block.add(chunk);
        records[consumer] += chunk.size;
        if (block.isFull()) {
            seal(consumer);
        }
        if (heldBytes > budgetBytes) {
            spill();
        }
    }

    /** What open and sealed blocks take now. */
    long heldBytes() {
        return heldBytes;
    }

    private void seal(int consumer) {
        OpenBlock block = open[consumer];
        int heldBefore = block.heldBytes();
        rawBytes[consumer] += block.rawBytes();
        byte[] bytes = block.seal(format);
        sealed[consumer].add(bytes);
        heldBytes += bytes.length + block.heldBytes() - heldBefore;
    }

    private void spill() {
        try {
            if (spill == null) {
                spill = new SpillFile(new ResultFile(paths.spill(), disk));
            }
            spill.beginSegment(open.length);
            for (int consumer = 0; consumer < open.length; consumer++) {
                spill.beginConsumer();
                for (byte[] block : blocksOf(consumer)) {
                    spill.append(block);
                }
                sealed[consumer].clear();
                open[consumer].release();
            }
            spill.endSegment();
            heldBytes = 0;
            FaultPoint.RESULT_SPILLED.hit();
        } catch (IOException e) {
            throw failed("spill to", paths.spill(), e);
        }
    }

    private List<byte[]> blocksOf(int consumer) {
        if (!open[consumer].isEmpty()) {
            seal(consumer);
        }
        return sealed[consumer];
    }

    @Override
    public StoredResult finish() {
        if (ended != open.length) {
            throw new IllegalStateException(
                    "result " + id + " ends after " + ended + " of " + open.length + " ranges");
        }
        ResultIndex index;
        try {
            index = writeData();
        } catch (IOException e) {
            throw failed("write", paths.dataPart(), e);
        }
        try {
            writeIndex(index);
            FaultPoint.RESULT_INDEXED.hit();
            Files.move(paths.dataPart(), paths.data(), StandardCopyOption.ATOMIC_MOVE);
            FaultPoint.RESULT_WHOLE.hit();
            ending.whole(id, paths, index);
        } catch (IOException e) {
            throw failed("name", paths.data(), e);
        }
        finished = true;
        return new StoredResult(id, self, rangesOf(index));
    }

    private List<StoredResult.Range> rangesOf(ResultIndex index) {
        List<StoredResult.Range> ranges = new ArrayList<>(open.length);
        for (int range = 0; range < open.length; range++) {
            ranges.add(new StoredResult.Range(records[range], index.bytes(range)));
        }
        return ranges;
    }

    private ResultIndex writeData() throws IOException {
        boolean inOrder = spill != null && (open.length == 1 || isOneSegment());
        ResultIndex index = inOrder ? endSpill() : merge();
        FaultPoint.RESULT_WRITTEN.hit();
        return index;
    }

    private boolean isOneSegment() {
        return spill.segments() == 1 && heldBytes == 0;
    }

    /** The spill file is the data file already, but for what is in memory of an only consumer. */
    private ResultIndex endSpill() throws IOException {
        long[] offsets = spill.onlySegment();
        if (open.length == 1) {
            for (byte[] block : blocksOf(0)) {
                spill.append(block);
            }
            spill.file().flush();
            offsets = new long[] {0, spill.file().position()};
        }
        spill.close();
        Files.move(paths.spill(), paths.dataPart(), StandardCopyOption.ATOMIC_MOVE);
        spill = null;
        return new ResultIndex(offsets, rawBytes);
    }

    private ResultIndex merge() throws IOException {
        long[] offsets = new long[open.length + 1];
        try (ResultFile data = new ResultFile(paths.dataPart(), disk);
                FileChannel spilled = spill == null ? null : spill.file().reopen()) {
            for (int consumer = 0; consumer < open.length; consumer++) {
                offsets[consumer] = data.position();
                if (spill != null) {
                    spill.copyTo(data, spilled, consumer);
                }
                for (byte[] block : blocksOf(consumer)) {
                    data.append(block);
                }
                sealed[consumer].clear();
                open[consumer].release();
            }
            offsets[open.length] = data.position();
            data.flush();
        }
        heldBytes = 0;
        if (spill != null) {
            spill.close();
            spill = null;
            Files.delete(paths.spill());
        }
        return new ResultIndex(offsets, rawBytes);
    }

    private void writeIndex(ResultIndex index) throws IOException {
        try (ResultFile file = new ResultFile(paths.indexPart(), disk)) {
            file.append(index.toBytes());
            file.flush();
        }
        Files.move(paths.indexPart(), paths.index(), StandardCopyOption.ATOMIC_MOVE);
    }

    private MillraceException failed(String what, Path file, IOException cause) {
        long stored = spill == null ? 0 : spill.file().position();
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "cannot "
                        + what
                        + " "
                        + file
                        + " for result "
                        + id
                        + ": "
                        + cause
                        + ". It has "
                        + stored
                        + " bytes on disk and "
                        + heldBytes
                        + " in memory; "
                        + free(file)
                        + " bytes are free there. Free space, or name directories with more of it"
                        + " in batch.shuffle-directories.",
                cause);
    }

    private static String free(Path file) {
        try {
            return String.valueOf(Files.getFileStore(file.getParent()).getUsableSpace());
        } catch (IOException e) {
            return "unknown many";
        }
    }

    @Override
    public void close() {
        if (closed || finished) {
            return;
        }
        closed = true;
        try (SpillFile unfinished = spill) {
            Files.deleteIfExists(paths.dataPart());
            Files.deleteIfExists(paths.data());
            Files.deleteIfExists(paths.indexPart());
            Files.deleteIfExists(paths.index());
            Files.deleteIfExists(paths.spill());
            ending.gone(paths);
        } catch (IOException e) {
            throw failed("remove", paths.spill(), e);
        }
    }
}
